/** Broken texts and commands: whatever is read, nothing throws, and every error has its place. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
	applyIptablesRestore,
	iptablesSave,
	runIptablesCommand,
	tokenizeIptables
} from '../../../src/lib/engine/rules/iptables';
import { applyIpset, emptyIpSets, runIpsetCommand } from '../../../src/lib/engine/rules/ipset';
import ipsetCommands from '../ipset/recorded.json';
import commands from './commands.json';
import { EMPTY, NOT_READ_AGAIN, environment } from './helpers';
import recorded from './recorded.json';

const seed = Number(process.env.FUZZ_SEED ?? Math.floor(Math.random() * 2 ** 31));
const RUNS = { seed, numRuns: 600 };
const note = `seed ${seed} (FUZZ_SEED=${seed} runs it again)`;

const PIECES = [
	...'! -A -I -j -p -s -d -m -f -i -g -c tcp udp icmp 0 1 80 65536 -1 0x 10.0.0.1 / : , - [0:0]'.split(
		' '
	),
	...'--dport --syn --ctstate NEW DNAT LOG COMMIT *nat *filter :INPUT ACCEPT # INPUT'.split(' '),
	'"',
	"'",
	'\\',
	'\n',
	'\t',
	'é',
	'\u0000'
];

/** A text with pieces of it taken out, doubled, or others put in. */
function mutated(texts: readonly string[]): fc.Arbitrary<string> {
	const edit = fc.record({
		at: fc.nat(),
		cut: fc.nat({ max: 6 }),
		piece: fc.oneof(fc.constantFrom(...PIECES), fc.string({ maxLength: 3 })),
		blank: fc.boolean()
	});
	return fc
		.tuple(fc.constantFrom(...texts), fc.array(edit, { minLength: 1, maxLength: 4 }))
		.map(([text, edits]) =>
			edits.reduce((before, { at, cut, piece, blank }) => {
				const from = at % (before.length + 1);
				const put = blank ? ` ${piece} ` : piece;
				return before.slice(0, from) + put + before.slice(from + cut);
			}, text)
		);
}

const rules = (recorded as { table: string; rule: string }[]).map(
	({ table, rule }) => `*${table}\n:USER - [0:0]\n${rule}\nCOMMIT\n`
);
const lines = (commands as { command: string }[][]).flat().map(({ command }) => command);
const sets = (ipsetCommands as { command: string }[][]).flat().map(({ command }) => command);

describe('mutated', () => {
	it(`restore texts: ${note}`, () => {
		fc.assert(
			fc.property(mutated(rules), (text) => {
				const result = applyIptablesRestore(EMPTY, text, environment());
				tokenizeIptables(text).reduce((end, { from, to }) => {
					expect(from).toBeGreaterThanOrEqual(end);
					expect(to).toBeGreaterThanOrEqual(from);
					return to;
				}, 0);
				if (result.ok) {
					const saved = [...iptablesSave(result.ruleset)].join('\n');
					if (NOT_READ_AGAIN.test(saved)) return;
					const again = applyIptablesRestore(EMPTY, `${saved}\n`, environment());
					expect(again.ok && [...iptablesSave(again.ruleset)].join('\n')).toBe(saved);
					return;
				}
				const ends = text.split('\n').map((line) => line.length);
				expect(result.errors.length).toBeGreaterThan(0);
				for (const { line, column, endColumn, message } of result.errors) {
					expect(message).not.toBe('');
					expect(column).toBeGreaterThan(0);
					expect(column).toBeLessThanOrEqual((ends[line - 1] ?? -1) + 1);
					if (endColumn !== undefined) expect(endColumn).toBeGreaterThan(column);
				}
			}),
			RUNS
		);
	});

	it(`commands: ${note}`, () => {
		fc.assert(
			fc.property(mutated(lines), (line) => {
				const { exit, stderr } = runIptablesCommand(EMPTY, line, environment());
				expect(stderr.length > 0).toBe(exit !== 0);
			}),
			RUNS
		);
	});

	it(`ipset commands and texts: ${note}`, () => {
		fc.assert(
			fc.property(mutated(sets), mutated(sets), (first, second) => {
				const { sets: after } = runIpsetCommand(emptyIpSets(), first, { now: 0 });
				const result = applyIpset(after, `${first}\n${second}\n`, { now: 0 });
				if (!result.ok) expect(result.errors[0]!.line).toBeGreaterThan(0);
			}),
			RUNS
		);
	});
});
