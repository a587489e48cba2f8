/** A tree of branches that was written down and read again is the same tree. */
import { describe, expect, test } from 'vitest';
import type { Step } from '../../src/lib/scenario/scenario';
import { checkScenario } from '../../src/lib/scenario/scenario';
import { Branches } from '../../src/lib/timeline/branches';
import { grown, regrow } from '../../src/lib/timeline/grown';
import type { Grown } from '../../src/lib/timeline/grown';
import { runTimeline } from '../../src/lib/timeline/run';
import { gateway, syn } from '../lab/load';

const DROP = 'table ip f { chain c { type filter hook forward priority 0; policy drop; }; }';
const answer: Step = {
	send: { from: 'server/eth0', replyTo: 0, packet: { tcp: { flags: 'SA' } } }
};
const given = gateway('', [syn('10.0.0.2', 80), answer]);
const fresh = () => new Branches(runTimeline(given), runTimeline);
const isWhole = (scenario: unknown) => checkScenario(scenario).ok;
const written = (kept: readonly Grown[]) => JSON.parse(JSON.stringify(kept)) as Grown[];
const shape = ({ all }: Branches) =>
	all.map(({ parent, scenario, at, difference }) => ({
		from: parent && all.indexOf(parent),
		scenario,
		at,
		kind: difference?.kind
	}));

describe('a tree', () => {
	test('grows again as it was, branches of branches too', () => {
		const tree = fresh();
		const dry = tree.branchWithRules(tree.trunk, {
			...given.hosts,
			gateway: { ...given.hosts.gateway!, nft: DROP }
		});
		tree.branchAt(tree.trunk, { at: 1, steps: [{ advance: 5 }], rest: 'left' });
		tree.branchAt(dry, {
			at: 1,
			steps: [{ advance: 7 }],
			meanwhile: { on: 'gateway', hook: 'forward' }
		});
		const again = fresh();
		const made = regrow(again, written(grown(tree.all)), isWhole);
		expect(shape(again)).toEqual(shape(tree));
		expect(made).toEqual(again.all);
		expect(again.timelineOf(again.all[1]!).events).toEqual(tree.timelineOf(dry).events);
	});

	test('does without what was spoilt, and without what came of that', () => {
		const tree = fresh();
		const spoilt = [
			{ from: 0, insertion: { at: 1, steps: [{ advance: 5 }] } },
			{ from: 0, insertion: { at: 1, steps: [{ leap: 5 }] } },
			{ from: 2, insertion: { at: 1, steps: [{ advance: 6 }] } },
			{ from: 0, insertion: { at: 1, steps: 'none' } },
			{ from: 0, hosts: { gateway: { kind: 'linux', nft: 'table ip {' } } },
			{ from: 17 },
			null,
			{ from: 1, insertion: { at: 2, steps: [{ advance: 8 }] } }
		] as unknown as Grown[];
		const made = regrow(tree, spoilt, isWhole);
		expect(made.map((one) => one !== null)).toEqual([
			...[true, true, false, false, false, false, false, false],
			true
		]);
		expect(tree.all).toHaveLength(3);
	});
});
