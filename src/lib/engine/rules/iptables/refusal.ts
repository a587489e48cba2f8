/**
 * Thrown inside the iptables reader where a text says something that iptables would refuse, and
 * caught at its doors (`applyIptablesRestore`, `runIptablesCommand`), which never throw.
 */

import type { Ruleset } from '../ruleset';

/** Exit status of the real command: usage (2), not found (1), refused by the kernel (4) … */
export type ExitStatus = 1 | 2 | 3 | 4;

export class Refusal extends Error {
	/** What was printed before. */
	printed: readonly string[] = [];
	/** The rules after it, where they are not quite those before. */
	ruleset: Ruleset | null = null;

	constructor(
		override readonly message: string,
		/** Offsets into the text; `null` where the refusal is about the command as a whole. */
		readonly from: number | null,
		readonly to: number | null,
		readonly exit: ExitStatus = 2
	) {
		super(message);
	}
}
