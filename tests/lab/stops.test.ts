import { describe, expect, test } from 'vitest';
import { firstStopOf } from '$lib/lab/model/stops';
import { gateway, lessonScenario, record, syn } from './load';

/** What a recording's stops of one step are about, in short. */
function about({ stops, events }: ReturnType<typeof record>, step: number): string[] {
	return stops
		.filter((stop) => stop.step === step)
		.map(({ focus }) => {
			const event = events[focus]!;
			return event.kind === 'station'
				? `${event.station.hook} ${event.station.kind}: ${event.outcome.kind}`
				: event.kind;
		});
}

describe('stops', () => {
	const recording = record(lessonScenario('reverse-snat'));

	test('every event belongs to one stop', () => {
		const { stops, events } = recording;
		expect(stops[0]!.from).toBe(0);
		expect(stops.at(-1)!.cursor).toBe(events.length);
		for (const [i, stop] of stops.entries()) {
			expect(stop.from).toBe(stops[i - 1]?.cursor ?? 0);
			expect(stop.focus).toBeGreaterThanOrEqual(stop.from);
			expect(stop.focus).toBeLessThan(stop.cursor);
		}
	});

	test('a first packet stops where something is decided or changed', () => {
		expect(about(recording, 0)).toEqual([
			'sent',
			'begin',
			'prerouting conntrack: conntrack',
			'prerouting nat-rules: nat-rules',
			'prerouting nat: nat',
			'route',
			'forward chain: chain',
			'postrouting nat-rules: nat-rules',
			'postrouting confirm: confirm',
			'out',
			'received'
		]);
	});

	test('a reply stops at NAT chains that are passed over, and where the entry turns its source back', () => {
		expect(about(recording, 1)).toEqual([
			'sent',
			'begin',
			'prerouting conntrack: conntrack',
			'prerouting nat-rules: passed over',
			'route',
			'forward chain: chain',
			'postrouting nat-rules: passed over',
			'postrouting nat: nat',
			'out',
			'received'
		]);
	});

	test('each direction is known from where its packet starts', () => {
		const directions = (step: number) =>
			new Set(recording.stops.filter((one) => one.step === step).map((one) => one.direction));
		expect(directions(0)).toEqual(new Set([0]));
		expect(directions(1)).toEqual(new Set([1]));
	});

	test('a packet has its end before its answer walks', () => {
		const local = record(gateway('', [syn('198.51.100.1', 22)]));
		const kinds = about(local, 0);
		expect(kinds.indexOf('delivered')).toBeGreaterThan(0);
		expect(kinds.slice(kinds.indexOf('delivered') + 1)).toEqual([
			'output conntrack: conntrack',
			'out',
			'received'
		]);
	});

	test('time that passes is one stop with the entries that go', () => {
		const timed = record(gateway('', [syn('10.0.0.2', 80), { advance: 200 }]));
		expect(about(timed, 1)).toEqual(['time']);
	});

	test('the first stop of a step, and none after the last', () => {
		expect(firstStopOf(recording.stops, 0)).toBe(0);
		expect(recording.stops[firstStopOf(recording.stops, 1)]!.step).toBe(1);
		expect(firstStopOf(recording.stops, 99)).toBe(recording.stops.length);
	});
});
