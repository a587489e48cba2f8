import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { listTable } from '../../src/lib/scenario/observe';
import { parseScenario } from '../../src/lib/scenario/scenario';
import type { Scenario } from '../../src/lib/scenario/scenario';
import { ScenarioFault } from '../../src/lib/timeline/fault';
import { runTimeline } from '../../src/lib/timeline/run';
import type { Timeline } from '../../src/lib/timeline/timeline';

function load(name: string): Scenario {
	const url = new URL(`../kernel/scenarios/${name}.json`, import.meta.url);
	const parsed = parseScenario(readFileSync(url, 'utf8'));
	if (!parsed.ok) throw new Error(JSON.stringify(parsed.errors));
	return parsed.scenario;
}

/** All that a view could show of the world, as text. */
function picture(timeline: Timeline): string {
	const { world } = timeline;
	return JSON.stringify({
		now: world.now,
		queue: world.queue.map((walk) => [walk.id, walk.hook, walk.at, walk.phase]),
		held: world.held.map((walk) => walk.id),
		hosts: [...world.hosts].map(([name, host]) => ({
			name,
			table: listTable(host, world.now),
			entries: host.conntrack.table.list().map((e) => [e.id, e.status, e.tcp]),
			hidden: [...host.conntrack.table.hidden.keys()],
			count: host.conntrack.table.count,
			log: host.conntrack.log.map((change) => change.line),
			statistics: host.conntrack.statistics,
			rules: host.ruleset.tables.length,
			handles: host.handles,
			settings: host.conntrack.settings
		}))
	});
}

/** Where two pictures part, with a little around it; '' when they are the same. */
function firstDifference(a: string, b: string): string {
	if (a === b) return '';
	let at = 0;
	while (a[at] === b[at]) at++;
	return `${a.slice(Math.max(0, at - 40), at + 40)} ≠ ${b.slice(Math.max(0, at - 40), at + 40)}`;
}

describe('going back and forth in time', () => {
	for (const name of [
		'reverse-snat',
		'race',
		'fuzz-7',
		'fuzz-11',
		'rules-changed',
		'udp-timeouts',
		'table-full-two-hosts'
	]) {
		it(`${name}: every point looks the same whichever way it is reached`, () => {
			const timeline = runTimeline(load(name));
			expect(timeline.cursor).toBe(0);
			const pictures: string[] = [];
			for (let at = 0; at <= timeline.events.length; at++) {
				timeline.goTo(at);
				pictures.push(picture(timeline));
			}
			expect(new Set(pictures).size).toBeGreaterThan(timeline.events.length / 8);
			for (let at = timeline.events.length; at >= 0; at--) {
				timeline.goTo(at);
				expect(firstDifference(picture(timeline), pictures[at]!), `back at ${at}`).toBe('');
			}
			// Jumps of every length, in an order that covers all points.
			const prime = 7919;
			for (let i = 0; i <= timeline.events.length; i++) {
				const at = (i * prime) % (timeline.events.length + 1);
				timeline.goTo(at);
				expect(firstDifference(picture(timeline), pictures[at]!), `jump to ${at}`).toBe('');
			}
		});
	}

	it('two runs of one scenario tell the same events', () => {
		const scenario = load('fuzz-7');
		const kinds = (t: Timeline): string[] =>
			t.events.map(({ event, step }) => `${step} ${event.kind}`);
		expect(kinds(runTimeline(scenario))).toEqual(kinds(runTimeline(scenario)));
	});

	it('stays within its ends', () => {
		const timeline = runTimeline(load('reverse-snat'));
		timeline.goTo(1e9);
		expect(timeline.cursor).toBe(timeline.events.length);
		timeline.goTo(-5);
		expect(timeline.cursor).toBe(0);
		expect(timeline.current).toBeNull();
	});

	it('says what is wrong with rules that cannot be read', () => {
		const scenario = structuredClone(load('reverse-snat'));
		const gateway = scenario.hosts['gateway']!;
		const lines = [gateway.nft].flat() as string[];
		lines[2] = '    tcp dport eighty drop';
		gateway.nft = lines;
		expect(() => runTimeline(scenario)).toThrow(ScenarioFault);
		expect(() => runTimeline(scenario)).toThrow(/hosts\.gateway\.nft: line 3, column 15: /);
	});
});
