import { readFileSync, readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ListChange } from '../../src/lib/engine';
import { parseScenario } from '../../src/lib/scenario/scenario';
import type { Scenario } from '../../src/lib/scenario/scenario';
import { keep } from '../../src/lib/timeline/keep';
import { restore } from '../../src/lib/timeline/restore';
import { runTimeline } from '../../src/lib/timeline/run';
import type { Timeline } from '../../src/lib/timeline/timeline';

const folder = new URL('../kernel/scenarios/', import.meta.url);

function load(name: string): Scenario {
	const parsed = parseScenario(readFileSync(new URL(name, folder), 'utf8'));
	if (!parsed.ok) throw new Error(JSON.stringify(parsed.errors));
	return parsed.scenario;
}

/** All that can be looked at of a moment, piece by piece. */
function seen(timeline: Timeline, cursor: number): Record<string, unknown>[] {
	const instant = timeline.at(cursor);
	return [
		{ now: instant.now, step: instant.step },
		...[...timeline.hosts].map(([name, host]) => ({
			name,
			interfaces: instant.value(host, 'interfaces'),
			routes: instant.value(host, 'routes'),
			ruleset: instant.ruleset(host),
			stations: instant.stations(host),
			table: instant.table(host).map((entry) => instant.entry(entry)),
			loose: instant.loose(host).map((entry) => instant.entry(entry)),
			settings: instant.value(host.conntrack, 'settings'),
			statistics: instant.value(host.conntrack, 'statistics'),
			count: instant.value(host.conntrack.table, 'count'),
			expected: timeline
				.changesOf(cursor - 1)
				.filter(
					(change) =>
						change instanceof ListChange && (change.list as unknown) === host.conntrack.expectations
				)
				.map((change) => (change as ListChange).item)
		}))
	];
}

/** What the parts of a thing are called, and what they are. */
function partsOf(thing: object): [name: string, part: unknown][] {
	if (thing instanceof Map || thing instanceof Set || ArrayBuffer.isView(thing))
		return [...(thing as unknown as Iterable<unknown>)].map((part, i) => [String(i), part]);
	return Object.entries(thing).filter(([, part]) => part !== undefined);
}

/**
 * Where two things differ, each of whose parts may be part of many others: a pair that was gone through once is not gone
 * through again.
 */
class Comparison {
	private readonly pairs = new WeakMap<object, object>();

	/** @returns the way to the first difference, or `null` */
	difference(restored: unknown, original: unknown, way = ''): string | null {
		if (Object.is(restored, original)) return null;
		if (typeof restored !== 'object' || typeof original !== 'object' || !restored || !original)
			return `${way}: ${String(restored)}, not ${String(original)}`;
		if (this.pairs.get(original) === restored) return null;
		this.pairs.set(original, restored);
		const [kind, other] = [restored, original].map((one) => Object.prototype.toString.call(one));
		if (kind !== other) return `${way}: ${kind}, not ${other}`;
		const [parts, others] = [partsOf(restored), new Map(partsOf(original))];
		for (const [name, part] of parts) {
			const found = this.difference(part, others.get(name), `${way}/${name}`);
			if (found) return found;
		}
		return parts.length === others.size ? null : `${way}: not all of ${[...others.keys()].join()}`;
	}
}

// One of each kind, races, held packets, helpers and rules that change among them.
const names = readdirSync(folder).filter((name, i) =>
	process.env.TEST_FULL
		? name.endsWith('.json')
		: /^(race|reverse-snat|ftp|rules-changed|ipset|rules-while)/.test(name) || i % 40 === 0
);

describe('a timeline that was kept and restored', () => {
	it('is tried with scenarios of many kinds', () => expect(names.length).toBeGreaterThan(8));

	it.each(names)('%s: looks the same at every moment', (name) => {
		const scenario = load(name);
		const timeline = runTimeline(scenario);
		const { timeline: restored } = restore(keep(timeline));
		const comparison = new Comparison();
		expect(timeline.events.length).toBeGreaterThan(0);
		expect(comparison.difference(restored.events, timeline.events)).toBeNull();
		for (let cursor = 0; cursor <= timeline.events.length; cursor++)
			expect(
				comparison.difference(seen(restored, cursor), seen(timeline, cursor)),
				`at ${cursor}`
			).toBeNull();
	});

	it('knows one thing as one thing: an entry of an event is the one of the table', () => {
		const scenario = load('reverse-snat.json');
		const { timeline: restored } = restore(keep(runTimeline(scenario)));
		const host = [...restored.hosts.values()].find(
			(one) => restored.at(1e9).table(one).length > 0
		)!;
		const [entry] = restored.at(1e9).table(host);
		const told = restored.events.flatMap(({ event }) =>
			event.kind === 'table' ? [event.change.entry] : []
		);
		expect(told).toContain(entry);
	});

	it('cannot be gone on from', () => {
		const scenario = load('reverse-snat.json');
		const { timeline: restored } = restore(keep(runTimeline(scenario)));
		expect(restored.restored).toBe(true);
		expect(() => restored.world).toThrow(/looked at only/);
	});
});
