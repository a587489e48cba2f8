// Each claim about behaviour in the lesson "Five hooks", held against the engine.
import { describe, expect, test } from 'vitest';
import type { LabStep } from './lesson-lab';
import { lessonScenario, walk } from './lesson-lab';

/** The hooks that each of the gateway's walks in a step passed, in order. */
function hooks({ events }: LabStep): string[] {
	const walks = new Map<number, string[]>();
	for (const event of events)
		if (event.kind === 'hook' && event.host === 'gateway')
			walks.set(event.walk, [...(walks.get(event.walk) ?? []), event.hook]);
	return [...walks.values()].map((passed) => passed.join(' '));
}

/** The chains that were asked in a step, and what they said. */
function chains({ stations }: LabStep): string[] {
	return stations.flatMap(({ station, outcome }) =>
		outcome.kind === 'chain' ? [`${station.chain}: ${outcome.verdict}`] : []
	);
}

describe('through, to and from the gateway', () => {
	const steps = walk(lessonScenario('five-hooks'));

	test('a packet for another machine goes by FORWARD, and no other filter chain is asked', () => {
		expect(hooks(steps[0]!)).toEqual(['prerouting forward postrouting']);
		expect(chains(steps[0]!)).toEqual(['forward: accept']);
		expect(steps[0]!.out).toEqual(['server/eth0 192.0.2.10:40000 > 10.0.0.2:22']);
	});

	test('its TTL is one less when it arrives', () => {
		const ttls = steps[0]!.events.flatMap((event) =>
			event.kind === 'sent' || event.kind === 'received' ? [event.packet.ip.ttl] : []
		);
		expect(ttls).toEqual([64, 63]);
	});

	test('a packet for the gateway goes to INPUT, where the rule drops it', () => {
		expect(hooks(steps[1]!)).toEqual(['prerouting input']);
		expect(chains(steps[1]!)).toEqual(['input: drop']);
		expect(steps[1]!.out).toEqual([]);
	});

	test('the address of the other interface is the gateway too; its answer begins at OUTPUT', () => {
		const began = steps[2]!.events.find((event) => event.kind === 'begin');
		expect(began).toMatchObject({ interface: 'lan' });
		expect(hooks(steps[2]!)).toEqual(['prerouting input', 'output postrouting']);
		expect(steps[2]!.out).toEqual(['client/eth0 10.0.0.1 > 192.0.2.10']);
	});

	test('its own ping begins at OUTPUT, and the answer ends at INPUT', () => {
		expect(hooks(steps[3]!)).toEqual(['output postrouting']);
		expect(hooks(steps[4]!)).toEqual(['prerouting input']);
	});

	test('no walk passes all five hooks', () => {
		for (const step of steps)
			for (const passed of hooks(step)) expect(passed.split(' ').length).toBeLessThan(5);
	});
});

describe('forwarding is off', () => {
	const steps = walk(lessonScenario('five-hooks-no-forwarding'));

	test('the SYN dies at the routing decision, before any chain is asked', () => {
		expect(steps[0]!.events).toContainEqual(
			expect.objectContaining({ kind: 'drop', reason: 'forwarding is off' })
		);
		expect(chains(steps[0]!)).toEqual([]);
		expect(steps[0]!.out).toEqual([]);
	});

	test('the pings to and from the gateway go on', () => {
		expect(steps[1]!.out).toEqual(['client/eth0 10.0.0.1 > 192.0.2.10']);
		expect(steps[2]!.out).toEqual(['server/eth0 10.0.0.1 > 10.0.0.2']);
		expect(hooks(steps[3]!)).toEqual(['prerouting input']);
	});
});
