import { applyIptablesRestore, type RuleEnvironment } from '../../../src/lib/engine/rules/iptables';
import { Journal } from '../../../src/lib/engine/journal';
import type { Ruleset } from '../../../src/lib/engine/rules/ruleset';

export const EMPTY: Ruleset = { tables: [] };

/** A world that counts its handles from 1 and has the named ipsets. */
export function environment(sets: readonly string[] = []): RuleEnvironment {
	let handle = 0;
	let registration = 0;
	return {
		nextHandle: () => ++handle,
		nextRegistration: () => ++registration,
		journal: new Journal(),
		now: 0,
		hasSet: (name) => sets.includes(name)
	};
}

/** The ruleset of a restore text that must be right. */
export function restored(text: string, env = environment(), before = EMPTY): Ruleset {
	const result = applyIptablesRestore(before, text, env);
	if (!result.ok) throw new Error(result.errors.map((error) => error.message).join('\n'));
	return result.ruleset;
}

/** `line:column-endColumn message` of each error of a text that must be wrong. */
export function refused(text: string, env = environment()): string[] {
	const result = applyIptablesRestore(EMPTY, text, env);
	if (result.ok) throw new Error(`taken for right: ${text}`);
	return result.errors.map(
		({ line, column, endColumn, message }) => `${line}:${column}-${endColumn ?? ''} ${message}`
	);
}

/** Runs of blanks as one. */
export const squeeze = (line: string): string => line.replace(/\s+/g, ' ').trim();

/**
 * What the real one saves and does not read again: a pattern as long as can be, in hexadecimal digits, and masks of a
 * cluster's nodes above 0x20.
 */
export const NOT_READ_AGAIN =
	/\|[0-9a-f]{256}\||--cluster-local-nodemask 0x(?!000000[01]|00000020)/;
