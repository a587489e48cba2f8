/** Names for what was worked out when the site was built, by what it was worked out of. */
import type { Scenario } from '$lib/scenario/scenario';

/** FNV-1a, 32 bits, from an offset of its own. */
function hash(text: string, offset: number): string {
	let sum = offset;
	for (let i = 0; i < text.length; i++) sum = Math.imul(sum ^ text.charCodeAt(i), 0x01000193);
	return (sum >>> 0).toString(16).padStart(8, '0');
}

/** The name of a scenario's timeline among the site's files. */
export function keptKey(scenario: Scenario): string {
	const text = JSON.stringify(scenario);
	return hash(text, 0x811c9dc5) + hash(text, 0x9747b28c);
}
