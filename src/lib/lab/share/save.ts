import type { Scenario } from '$lib/scenario/scenario';

/** A file name that every system takes, out of a title in any language. */
export function fileName(title: string | undefined, ending: string): string {
	const plain = (title ?? '')
		.normalize('NFC')
		.replace(/[^\p{L}\p{N}]+/gu, '-')
		.replace(/^-+|-+$/g, '')
		.toLowerCase();
	return `${[...plain].slice(0, 60).join('') || 'scenario'}.${ending}`;
}

/** Hands a text over as a file. */
export function saveText(text: string, name: string, type = 'application/json'): void {
	const address = URL.createObjectURL(new Blob([text], { type: `${type};charset=utf-8` }));
	const link = document.createElement('a');
	link.href = address;
	link.download = name;
	link.click();
	// Once the download has begun; browsers differ in when that is.
	setTimeout(() => URL.revokeObjectURL(address), 10_000);
}

export function saveScenario(scenario: Scenario): void {
	saveText(`${JSON.stringify(scenario, null, '\t')}\n`, fileName(scenario.title, 'json'));
}
