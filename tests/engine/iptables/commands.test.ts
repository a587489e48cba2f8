/**
 * Commands given to the real iptables 1.8.9 (nf_tables), one after the other in a network
 * namespace of their own: exit status and output of each.
 */
import { describe, expect, it } from 'vitest';
import { runIptablesCommand } from '../../../src/lib/engine/rules/iptables';
import { EMPTY, environment, squeeze } from './helpers';
import recorded from './commands.json';

interface Step {
	command: string;
	exit: number;
	stdout?: string[];
}

describe.each((recorded as Step[][]).map((steps, i) => ({ i, steps })))(
	'sequence $i',
	({ steps }) => {
		it(`${steps[0]!.command} … (${steps.length} commands)`, () => {
			const env = environment();
			let ruleset = EMPTY;
			for (const { command, exit, stdout = [] } of steps) {
				const result = runIptablesCommand(ruleset, command, env);
				expect({ command, exit: result.exit }).toEqual({ command, exit });
				const lines = result.stdout.map(squeeze).filter((line) => line !== '');
				expect({ command, stdout: lines }).toEqual({ command, stdout });
				expect(result.stderr.length > 0, command).toBe(exit !== 0);
				ruleset = result.ruleset;
			}
		});
	}
);
