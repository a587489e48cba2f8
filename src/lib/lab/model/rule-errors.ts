import type { RuleLanguage } from './ruleset-lines';

/** Something wrong in a rules text. Lines and columns count from 1; 0 where the place is unknown. */
export interface RuleError {
	readonly language: RuleLanguage | null;
	readonly line: number;
	readonly column: number;
	readonly message: string;
}

/** Reads places out of a scenario's errors, `line 3, column 5: …`. */
export function ruleErrors(errors: readonly { path: string; message: string }[]): RuleError[] {
	return errors.map(({ path, message }) => {
		const place = /^line (\d+), column (\d+): ([\s\S]*)$/.exec(message);
		const language = path.endsWith('.iptables') ? 'iptables' : path.endsWith('.nft') ? 'nft' : null;
		return {
			language,
			line: Number(place?.[1] ?? 0),
			column: Number(place?.[2] ?? 0),
			message: place?.[3] ?? `${path}: ${message}`
		};
	});
}
