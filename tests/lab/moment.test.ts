import { describe, expect, test } from 'vitest';
import { momentAt } from '$lib/lab/model/moment';
import { endpoints, headersOf } from '$lib/lab/model/packet-fields';
import { insideHistory } from '$lib/lab/model/recording';
import { sayStation } from '$lib/lab/model/say';
import { statusBits } from '$lib/lab/model/status-bits';
import type { TableView } from '$lib/lab/model/table-rows';
import { labWords } from '$lib/lab/words';
import { gateway, lessonScenario, record, syn } from './load';

const recording = record(lessonScenario('reverse-snat'));

/** The first stop of a step whose event is of this station or kind. */
function stopOf(step: number, what: string): number {
	return (
		1 +
		recording.stops.findIndex((stop) => {
			const event = recording.events[stop.focus]!;
			const name =
				event.kind === 'station' ? `${event.station.hook} ${event.station.kind}` : event.kind;
			return stop.step === step && name === what;
		})
	);
}
const look = (step: number, what: string) => momentAt(recording, stopOf(step, what), 'gateway');

/** All of a table, as plain values. */
const all = ({ rows, unconfirmed, count }: TableView) => ({ rows, unconfirmed, count });
const EMPTY = { rows: [], unconfirmed: [], count: 0 };

describe('the table', () => {
	test('a new entry is on its packet until it is confirmed', () => {
		const before = look(0, 'postrouting nat-rules');
		expect(before.table.rows).toEqual([]);
		expect(before.table.unconfirmed.map(({ id }) => id)).toEqual([1]);
		const after = look(0, 'postrouting confirm');
		expect(after.table.rows.map(({ id }) => id)).toEqual([1]);
		expect(after.table.unconfirmed).toEqual([]);
	});

	test('DNAT is written into the reply tuple, at the end that it turned', () => {
		const [row] = look(0, 'received').table.rows;
		expect(row!.original.src.text).toBe('198.51.100.10:40000');
		expect(row!.original.dst.text).toBe('198.51.100.1:80');
		expect(row!.reply.src).toEqual({ text: '10.0.0.2:8080', translated: true });
		expect(row!.reply.dst).toEqual({ text: '198.51.100.10:40000', translated: false });
		expect(statusBits(row!.status)).toContain('DST_NAT');
		expect(statusBits(row!.status)).not.toContain('SRC_NAT');
		expect(row!.line).toBe(
			'tcp 6 120 SYN_SENT src=198.51.100.10 dst=198.51.100.1 sport=40000 dport=80 [UNREPLIED] src=10.0.0.2 dst=198.51.100.10 sport=8080 dport=40000'
		);
	});

	test('what a row was before this packet is kept beside it', () => {
		const moment = look(1, 'postrouting nat');
		expect(moment.table.rows[0]!.state).toBe('SYN_RECV');
		expect(moment.before.get(1)!.state).toBe('SYN_SENT');
	});

	test('going back shows it as it was', () => {
		const first = all(look(0, 'received').table);
		momentAt(recording, recording.stops.length, 'gateway');
		expect(all(look(0, 'received').table)).toEqual(first);
		expect(all(momentAt(recording, 0, 'gateway').table)).toEqual(EMPTY);
	});

	test('an entry that runs out is shown as gone', () => {
		const timed = record(gateway('', [syn('10.0.0.2', 80), { advance: 200 }]));
		const moment = momentAt(timed, timed.stops.length, 'gateway');
		expect(moment.table.rows).toEqual([]);
		expect(moment.gone.map(({ id }) => id)).toEqual([1]);
	});

	test('a packet that is dropped leaves no entry behind', () => {
		const dropped = record(
			gateway('table ip f {\nchain c {\ntype filter hook forward priority 0; policy drop;\n}\n}', [
				syn('10.0.0.2', 80),
				syn('10.0.0.2', 81)
			])
		);
		const at = dropped.stops.findIndex(({ step }) => step === 1) + 1;
		expect(all(momentAt(dropped, at, 'gateway').table)).toEqual(EMPTY);
	});
});

describe('the packet', () => {
	test('a reply’s source before and after POSTROUTING', () => {
		const before = look(1, 'postrouting nat-rules');
		expect(endpoints(before.packet!).src).toBe('10.0.0.2:8080');
		const after = look(1, 'postrouting nat');
		expect(endpoints(after.packet!).src).toBe('198.51.100.1:80');
		expect(endpoints(after.original!).src).toBe('10.0.0.2:8080');
	});

	test('who receives it can compare it with what was sent', () => {
		const { packet, original } = look(1, 'received');
		expect(endpoints(packet!).src).toBe('198.51.100.1:80');
		expect(endpoints(original!).src).toBe('10.0.0.2:8080');
	});

	test('a new packet has no past', () => {
		const { packet, original } = look(1, 'sent');
		expect(packet).toBe(original);
	});

	test('an ICMP error shows the headers that it quotes', () => {
		const related = record(lessonScenario('four-relations'));
		const at = related.stops.findIndex(({ step }) => step === 1) + 1;
		const headers = headersOf(momentAt(related, at, 'gateway').packet!);
		expect(headers.map(({ name, depth }) => [name, depth])).toEqual([
			['IPv4', 0],
			['ICMP', 0],
			['IPv4', 1],
			['UDP', 1]
		]);
		const quoted = headers[3]!.fields.map(({ label, value }) => [label, value]);
		expect(quoted).toContainEqual(['dport', '53']);
	});
});

describe('the walk', () => {
	const said = (step: number, what: string) => {
		const moment = look(step, 'received');
		const event = [...moment.walk!.said.values()].find(
			({ station }) => `${station.hook} ${station.kind}` === what
		);
		return sayStation(event ?? null, labWords('en'));
	};

	test('NAT chains are not asked for a reply', () => {
		for (const hook of ['prerouting', 'postrouting'])
			expect(said(1, `${hook} nat-rules`)).toMatchObject({
				state: 'passed',
				notes: ['not asked: not the first packet']
			});
	});

	test('the entry turns the source back at POSTROUTING, and has nothing to do at PREROUTING', () => {
		expect(said(1, 'postrouting nat')).toMatchObject({
			state: 'asked',
			notes: ['source, out of entry #1:'],
			rewrite: { before: '10.0.0.2:8080', after: '198.51.100.1:80' }
		});
		expect(said(1, 'prerouting nat').notes).toEqual(['nothing to rewrite at this hook']);
	});

	test('a hook without a station lies on the way all the same', () => {
		const bare = record(gateway('', [syn('10.0.0.2', 80)]));
		const { walk } = momentAt(bare, bare.stops.length, 'gateway');
		expect([...walk!.visited]).toEqual(['prerouting', 'forward', 'postrouting']);
	});

	test('room is kept for every ruleset that a scenario has', () => {
		const history = insideHistory(record(lessonScenario('reverse-snat-without-nat')), 'gateway');
		expect(history.stations).toHaveLength(2);
		expect(history.entries).toBe(1);
	});
});
