import { describe, expect, test } from 'vitest';
import { travellersAt } from '$lib/lab/model/travellers';
import { gateway, lessonScenario, record, syn } from './load';

const query = (payload: string, hold?: object) => ({
	send: {
		from: 'client/eth0',
		packet: {
			ip: { src: '198.51.100.10', dst: '10.0.0.2' },
			udp: { sport: 5000, dport: 53 },
			payload
		},
		...(hold ? { hold } : {})
	}
});
const rules = 'table ip f {\nchain c {\ntype filter hook forward priority 0; policy accept;\n}\n}';

describe('packets that stand in a host', () => {
	const race = record(
		gateway(rules, [
			query('one', { on: 'gateway', hook: 'forward' }),
			query('two', { on: 'gateway', hook: 'forward' }),
			syn('10.0.0.2', 80),
			{ release: 0 },
			{ release: 1 }
		])
	);
	const endOf = (step: number) => race.stops.findLast((stop) => stop.step === step)!.cursor;
	const at = (step: number) =>
		travellersAt(race, endOf(step), null).map(({ host, hook, held, packet, entry }) => ({
			host,
			hook,
			held,
			entry,
			payload: packet.l4.kind === 'udp' ? String.fromCharCode(...packet.l4.payload) : packet.l4.kind
		}));

	test('are there from when they were held until they are released, each with its entry', () => {
		const one = { host: 'gateway', hook: 'forward', held: true, entry: 1, payload: 'one' };
		const two = { ...one, entry: 2, payload: 'two' };
		expect(at(0)).toEqual([one]);
		expect(at(1)).toEqual([one, two]);
		expect(at(2)).toEqual([one, two]);
		expect(at(3)).toEqual([two]);
		expect(at(4)).toEqual([]);
	});

	test('the packet at hand is not among them', () => {
		const [held] = travellersAt(race, endOf(0), null);
		expect(travellersAt(race, endOf(0), held!.walk)).toEqual([]);
	});
});

test('where packets go one after the other nobody stands about', () => {
	const recording = record(lessonScenario('reverse-snat'));
	for (const { cursor, focus } of recording.stops) {
		const event = recording.events[focus]!;
		const current = 'walk' in event ? event.walk : null;
		expect(travellersAt(recording, cursor, current)).toEqual([]);
	}
});
