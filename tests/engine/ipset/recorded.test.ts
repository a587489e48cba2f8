/**
 * Commands given to the real ipset 7.17, one after the other in a network namespace of their
 * own, and what it said. Its random `initval` (and with it the order of a hash's members) and
 * the size in memory are left out.
 */
import { describe, expect, it } from 'vitest';
import { emptyIpSets, runIpsetCommand } from '../../../src/lib/engine/rules/ipset';
import recorded from './recorded.json';

interface Step {
	command: string;
	exit: number;
	stdout?: string[];
}

/** Lines with each run of members, or of `add` lines, sorted. */
function unordered(lines: readonly string[]): string[] {
	const blocks: string[][] = [];
	let kind = '';
	for (const line of lines) {
		const now = /^(Name|Type|Revision|Header|References|Number|Members|create)\b/.test(line)
			? 'head'
			: 'member';
		if (now !== kind || now === 'head') blocks.push([]);
		kind = now;
		blocks.at(-1)!.push(line);
	}
	return blocks.flatMap((block) => block.toSorted());
}

const squeeze = (line: string): string => line.replace(/\s+/g, ' ').trim();

describe.each((recorded as Step[][]).map((steps, i) => ({ i, steps })))(
	'sequence $i',
	({ steps }) => {
		it(`${steps[0]!.command} … (${steps.length} commands)`, () => {
			let sets = emptyIpSets();
			for (const { command, exit, stdout = [] } of steps) {
				const result = runIpsetCommand(sets, `ipset ${command}`, { now: 0 });
				expect({ command, exit: result.exit }).toEqual({ command, exit });
				const lines = result.stdout
					.map(squeeze)
					.filter((line) => line !== '' && !line.startsWith('Size in memory:'));
				expect({ command, stdout: unordered(lines) }).toEqual({
					command,
					stdout: unordered(stdout)
				});
				sets = result.sets;
			}
		});
	}
);
