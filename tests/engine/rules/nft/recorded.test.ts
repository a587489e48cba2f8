/**
 * What nft 1.0.6 on Linux 6.18 printed and answered to texts and commands (`record.py` asked it)
 * is what runNftCommand and applyNft print and answer.
 */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { applyNft, emptyRuleset, runNftCommand } from '../../../../src/lib/engine/rules';
import { environment } from './environment';

interface Case {
	readonly name: string;
	readonly text?: readonly string[];
	readonly commands?: readonly string[];
}
interface Said {
	readonly exit: number;
	readonly stdout: readonly string[];
}

const read = <T>(name: string): T =>
	JSON.parse(readFileSync(new URL(name, import.meta.url), 'utf8')) as T;
const cases = read<Case[]>('cases.json');
const recorded = read<Record<string, Said[]>>('recorded.json');

describe('as the real nft', () => {
	for (const { name, text, commands = [] } of cases)
		it(name, () => {
			const env = environment({ hasInterface: (one) => ['lo', 'ext', 'int'].includes(one) });
			let ruleset = emptyRuleset;
			const said = [...recorded[name]!];
			if (text) {
				const { exit } = said.shift()!;
				const result = applyNft(ruleset, text.join('\n') + '\n', env);
				expect(result.ok ? [] : result.errors, 'the text').toEqual([]);
				expect(exit).toBe(0);
				if (result.ok) ruleset = result.ruleset;
			}
			commands.forEach((command, i) => {
				const result = runNftCommand(ruleset, command.replace(/^nft /, ''), env);
				ruleset = result.ruleset;
				expect([command, result.exit, ...result.stdout], result.stderr.join('\n')).toEqual([
					command,
					said[i]!.exit,
					...said[i]!.stdout
				]);
			});
		});
});
