import { describe, expect, test } from 'vitest';
import type { Entry } from '$lib/engine';
import { momentAt } from '$lib/lab/model/moment';
import { statusBits, tellingBits } from '$lib/lab/model/status-bits';
import { expectationsAt, fullTime, settingsAt, tableUse } from '$lib/lab/model/table-facts';
import { filterPlaces, parseFilter } from '$lib/lab/model/table-filter';
import { detailWords } from '$lib/lab/words/detail';
import { languages } from '$lib/i18n';
import { gateway, record, syn } from './load';

/** Three flows: a web request that is DNATed, a name query with a mark, an echo request. */
const recording = record(
	gateway(
		`table ip n {
chain pre { type nat hook prerouting priority dstnat; tcp dport 80 dnat to 10.0.0.2:8080; }
chain m { type filter hook forward priority 0; udp dport 53 ct mark set 7; }
}`,
		[
			syn('198.51.100.1', 80),
			{
				send: {
					from: 'client/eth0',
					packet: { ip: { src: '198.51.100.10', dst: '10.0.0.2' }, udp: { sport: 5353, dport: 53 } }
				}
			},
			{
				send: {
					from: 'client/eth0',
					packet: {
						ip: { src: '198.51.100.10', dst: '10.0.0.2' },
						icmp: { type: 8, code: 0, id: 77, seq: 1 }
					}
				}
			}
		]
	)
);
const end = recording.stops.at(-1)!.cursor;
const host = recording.timeline.hosts.get('gateway')!;
const now = recording.timeline.at(end);
const entries = now.table(host).map((entry) => now.entry(entry));

/** Ids of the entries that fit. */
function found(text: string): number[] {
	const search = filterPlaces(entries.length, (place) => entries[place]!, parseFilter(text));
	for (;;) {
		const { done, value } = search.next();
		if (done) return value.map((place) => entries[place]!.id);
	}
}

describe('the filter', () => {
	test.each([
		['10.0.0.2:8080', [1]],
		['198.51.100.10', [1, 2, 3]],
		['syn_sent', [1]],
		['SYN 8080', [1]],
		['udp', [2]],
		['unreplied', [1, 2, 3]],
		['dport=80', [1]],
		['dport=8080', []],
		['reply-sport=8080', [1]],
		['port=8080', [1]],
		['src=198.51.100.0/24', [1, 2, 3]],
		['dst=10.0.0.2', [2, 3]],
		['dst=10.0', [2, 3]],
		['addr=10.0.0.2', [1, 2, 3]],
		['proto=icmp', [3]],
		['proto=17', [2]],
		['state=syn', [1]],
		['mark=7', [2]],
		['mark=0x7', [2]],
		['status=dst_nat proto=tcp', [1]],
		['id=3', [3]],
		['dport=', [1, 2, 3]],
		['dport=abc', []],
		['nothing', []]
	])('%s', (text, ids) => {
		expect(found(text)).toEqual(ids);
	});

	test('nothing typed asks for nothing, an unknown key is named', () => {
		expect(parseFilter('  ').empty).toBe(true);
		expect(parseFilter('dport=80').empty).toBe(false);
		expect(parseFilter('colour=red')).toMatchObject({ unknown: 'colour' });
	});

	test.each(languages)('every key that the help names is one: %s', (language) => {
		const [list] =
			/\b[a-z]+(?:(?:, |、)[a-z]+){2,}/.exec(detailWords(language).table.filterHelp) ?? [];
		const keys = list?.split(/, |、/) ?? [];
		expect(keys).toContain('status');
		for (const key of keys) expect(parseFilter(`${key}=1`).unknown, key).toBeNull();
	});

	test('a long table is looked through share by share, and each entry once', () => {
		const looked: number[] = [];
		const at = (place: number): Entry => {
			looked.push(place);
			return entries[place % entries.length]! as Entry;
		};
		const search = filterPlaces(10_000, at, parseFilter('dport=53'));
		let turns = 0;
		for (;;) {
			const { done, value } = search.next();
			if (done) {
				expect(value).toHaveLength(Math.ceil(9_999 / 3));
				break;
			}
			turns++;
		}
		expect(turns).toBeGreaterThan(1);
		expect(looked).toEqual(Array.from({ length: 10_000 }, (_, place) => place));
	});
});

describe('how full the table is', () => {
	test('an entry on its packet counts, one that was dropped with its packet does not', () => {
		const dropped = record(
			gateway('table ip f {\nchain c {\ntype filter hook forward priority 0; policy drop;\n}\n}', [
				syn('10.0.0.2', 80)
			])
		);
		const created = dropped.stops.find(
			({ focus }) =>
				dropped.events[focus]!.kind === 'station' &&
				JSON.stringify(dropped.events[focus]).includes('"created":true')
		)!;
		expect(tableUse(dropped, created.cursor, 'gateway')).toMatchObject({ count: 1 });
		expect(tableUse(dropped, dropped.events.length, 'gateway')).toMatchObject({ count: 0 });
	});

	test('its bound is the sysctl of that moment', () => {
		const small = record(
			gateway('', [
				syn('10.0.0.2', 80),
				{ run: { on: 'gateway', command: 'sysctl -w net.netfilter.nf_conntrack_max=1' } }
			])
		);
		expect(tableUse(small, 1, 'gateway')!.max).toBe(262144);
		expect(tableUse(small, small.events.length, 'gateway')).toEqual({ count: 1, max: 1 });
	});

	test('a wire host has no table', () => {
		expect(tableUse(recording, end, 'client')).toBeNull();
	});
});

test('the time that a state gives', () => {
	const settings = settingsAt(recording, end, 'gateway')!;
	const { table } = momentAt(recording, recording.stops.length, 'gateway');
	expect(table.rows.map((row) => fullTime(row, settings))).toEqual([120, 30, 30]);
});

test('status bits by name; UNREPLIED is a bit that is not set', () => {
	const [web] = entries;
	expect(statusBits(web!.status)).toEqual(['CONFIRMED', 'DST_NAT', 'SRC_NAT_DONE', 'DST_NAT_DONE']);
	expect(tellingBits(web!.status)).toEqual(['UNREPLIED']);
});

describe('what a helper expects', () => {
	const tcp = (from: string, fields: object, payload?: string) => ({
		send: {
			from,
			packet: {
				ip:
					from === 'client/eth0'
						? { src: '198.51.100.10', dst: '10.0.0.2' }
						: { src: '10.0.0.2', dst: '198.51.100.10' },
				tcp:
					from === 'client/eth0'
						? { sport: 40000, dport: 21, ...fields }
						: { sport: 21, dport: 40000, ...fields },
				...(payload === undefined ? {} : { payload })
			}
		}
	});
	const ftp = record(
		gateway(
			`table ip h {
ct helper f { type "ftp" protocol tcp; }
chain c { type filter hook prerouting priority 0; tcp dport 21 ct helper set "f"; }
}`,
			[
				tcp('client/eth0', { flags: 'S', seq: 1 }),
				tcp('server/eth0', { flags: 'SA', seq: 1, ack: 2 }),
				tcp('client/eth0', { flags: 'A', seq: 2, ack: 2 }),
				// The helper reads whole lines only: it has to have seen one end.
				tcp('server/eth0', { flags: 'PA', seq: 2, ack: 2 }, '220 ready\r\n'),
				tcp(
					'server/eth0',
					{ flags: 'PA', seq: 13, ack: 2 },
					'227 Entering Passive Mode (10,0,0,2,195,80)\r\n'
				),
				{ advance: 10 },
				{ advance: 600 }
			]
		)
	);
	const stepEnd = (step: number) => ftp.stops.findLast((stop) => stop.step === step)!.cursor;

	test('stands there from when it was read of, and its time runs down', () => {
		expect(expectationsAt(ftp, stepEnd(2), 'gateway')).toEqual([]);
		const [expected, ...others] = expectationsAt(ftp, stepEnd(4), 'gateway');
		expect(others).toEqual([]);
		expect(expected).toMatchObject({
			src: '198.51.100.10',
			dst: '10.0.0.2:50000',
			anyPort: true,
			helper: 'ftp',
			master: 1
		});
		const later = expectationsAt(ftp, stepEnd(5), 'gateway')[0]!;
		expect(expected!.seconds - later.seconds).toBe(10);
		expect(expectationsAt(ftp, stepEnd(6), 'gateway')).toEqual([]);
	});
});
