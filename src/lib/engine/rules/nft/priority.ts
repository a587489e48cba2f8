/** Chain priorities by name (nftables' wiki, "Netfilter hooks"), and which may stand where. */
import type { HookName } from '../ruleset';

export const PRIORITIES: Readonly<Record<string, number>> = {
	raw: -300,
	mangle: -150,
	dstnat: -100,
	filter: 0,
	security: 50,
	srcnat: 100
};

/** Whether a name means something at this hook: `dstnat` only before routing, `srcnat` only after. */
function fits(name: string, hook: HookName): boolean {
	if (name === 'dstnat') return hook === 'prerouting';
	if (name === 'srcnat') return hook === 'postrouting';
	return true;
}

/** The number of a named priority at a hook; `null` where it has none. */
export function priorityNamed(name: string, hook: HookName): number | null {
	const value = Object.hasOwn(PRIORITIES, name) ? PRIORITIES[name]! : null;
	return value !== null && fits(name, hook) ? value : null;
}

/** As `nft list` prints it: the nearest name within 10, with the distance, or a number. */
export function printPriority(priority: number, hook: HookName): string {
	let best: string | null = null;
	for (const name in PRIORITIES)
		if (fits(name, hook) && Math.abs(priority - PRIORITIES[name]!) <= 10) best ??= name;
	if (best === null) return String(priority);
	const distance = priority - PRIORITIES[best]!;
	if (distance === 0) return best;
	return distance > 0 ? `${best} + ${distance}` : `${best} - ${-distance}`;
}
