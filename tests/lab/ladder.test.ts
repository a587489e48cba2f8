import { describe, expect, test } from 'vitest';
import { arrowLine, ladderLayout, rowsBetween, stayBars } from '$lib/lab/geometry/ladder-layout';
import type { Ladder } from '$lib/lab/model/ladder';
import { ladderOf, rowsUpTo } from '$lib/lab/model/ladder';
import { labWords } from '$lib/lab/words';
import { ladderWords } from '$lib/lab/words/ladder';
import { rowSentence } from '$lib/lab/words/ladder-row';
import { gateway, lessonScenario, record, syn } from './load';

const DROP =
	'table ip f {\nchain forward {\ntype filter hook forward priority 0; policy drop;\n}\n}';
const held = (name: string) => ({
	send: { ...syn('10.0.0.2', 80).send, hold: { on: name, hook: 'forward' } }
});
const kinds = ({ rows }: Ladder) => rows.map(({ kind }) => kind);
const told = (ladder: Ladder) =>
	ladder.rows.map((row) =>
		rowSentence(row, ladderWords('en'), labWords('en'), (host) => host.toUpperCase())
	);

describe('a DNATed request and its reply', () => {
	const recording = record(lessonScenario('reverse-snat'));
	const ladder = ladderOf(recording);

	test('goes in, is rewritten, goes out; the reply the other way', () => {
		expect(ladder.hosts).toEqual(['client', 'gateway', 'server']);
		expect(told(ladder).slice(0, 6)).toEqual([
			'SYN from CLIENT to GATEWAY: 198.51.100.10:40000 → 198.51.100.1:80',
			'GATEWAY, PREROUTING: destination 198.51.100.1:80 becomes 10.0.0.2:8080',
			'SYN from GATEWAY to SERVER: 198.51.100.10:40000 → 10.0.0.2:8080',
			'SYN,ACK from SERVER to GATEWAY: 10.0.0.2:8080 → 198.51.100.10:40000',
			'GATEWAY, POSTROUTING: source 10.0.0.2:8080 becomes 198.51.100.1:80',
			'SYN,ACK from GATEWAY to CLIENT: 198.51.100.1:80 → 198.51.100.10:40000'
		]);
		expect(ladder.rows.slice(0, 6).map(({ direction }) => direction)).toEqual([0, 0, 0, 1, 1, 1]);
	});

	test('an arrow marks the end that was rewritten on the way', () => {
		const marked = ladder.rows.flatMap((row) => (row.kind === 'arrow' ? [row.changed] : []));
		expect(marked.slice(0, 4)).toEqual([[], ['dst'], [], ['src']]);
	});

	test('a row is gone to at the stop that tells of it, and has not happened before', () => {
		ladder.rows.forEach((row, i) => {
			const stop = recording.stops[row.at - 1]!;
			expect(stop.from).toBeLessThanOrEqual(row.index);
			expect(stop.cursor).toBeGreaterThan(row.index);
			expect(rowsUpTo(ladder, row.at)).toBeGreaterThan(i);
			expect(rowsUpTo(ladder, row.at - 1)).toBeLessThanOrEqual(i);
		});
	});

	test('a packet is in the gateway from the arrow that brings it to the one that takes it away', () => {
		const [first] = ladder.stays;
		expect(first).toMatchObject({ host: 'gateway', from: 0, to: 2, held: false, lane: 0 });
	});
});

test('a drop is the end of a packet’s rows, at its host', () => {
	const ladder = ladderOf(record(gateway(DROP, [syn('10.0.0.2', 80)])));
	expect(kinds(ladder)).toEqual(['arrow', 'drop']);
	expect(ladder.rows[1]).toMatchObject({ host: 'gateway', hook: 'forward' });
	expect(ladder.stays).toMatchObject([{ from: 0, to: 1 }]);
});

test('a held packet waits beside the one that goes on, and loses the race', () => {
	const ladder = ladderOf(
		record(gateway('', [held('gateway'), syn('10.0.0.2', 80), { release: 0 }]))
	);
	expect(kinds(ladder)).toEqual(['arrow', 'held', 'arrow', 'arrow', 'released', 'drop']);
	const waiting = ladder.stays.filter((stay) => stay.held);
	expect(waiting).toMatchObject([{ from: 1, to: 4, lane: 0 }]);
	expect(ladder.stays.find(({ from }) => from === 2)).toMatchObject({ lane: 1 });
});

test('what ends in the host itself, what nobody takes, time, and commands have rows', () => {
	const ladder = ladderOf(
		record(
			gateway('', [
				syn('198.51.100.1', 22),
				syn('10.0.0.77', 80),
				{ advance: 3 },
				{ run: { on: 'gateway', command: 'conntrack -F' } }
			])
		)
	);
	expect(kinds(ladder)).toContain('delivered');
	expect(told(ladder)).toContain('SYN from GATEWAY to nobody: 198.51.100.10:40000 → 10.0.0.77:80');
	expect(told(ladder).slice(-2)).toEqual(['3 seconds', 'GATEWAY: conntrack -F']);
});

test('copies for everybody on the wire stand with the arrow, not as arrows', () => {
	const one = gateway('', [syn('10.0.0.2', 80)]);
	const other = { kind: 'wire' as const, interfaces: { eth0: { address: '10.0.0.3/24' } } };
	const ladder = ladderOf(
		record({
			...one,
			hosts: { ...one.hosts, other },
			links: [one.links[0]!, ['gateway/int', 'server/eth0', 'other/eth0']]
		})
	);
	const arrows = ladder.rows.filter((row) => row.kind === 'arrow');
	expect(arrows.map(({ from, to, copies }) => [from, to, copies])).toEqual([
		['client', 'gateway', []],
		['gateway', 'server', ['other']]
	]);
});

describe('geometry', () => {
	const ladder = ladderOf(record(lessonScenario('reverse-snat')));

	test.each([336, 700, 1240])('at %i units rows follow each other and never overlap', (width) => {
		const layout = ladderLayout(ladder, width);
		layout.boxes.forEach(({ y, height, line }, i) => {
			const next = layout.boxes[i + 1];
			if (next) expect(y + height).toBeLessThanOrEqual(next.y);
			expect(line).toBeGreaterThan(0);
			expect(line).toBeLessThan(height);
		});
		const last = layout.boxes.at(-1)!;
		expect(layout.height).toBeGreaterThanOrEqual(last.y + last.height);
	});

	test('columns keep the order of the network and stay within', () => {
		const { columns, form } = ladderLayout(ladder, 336);
		expect(form).toBe('narrow');
		const places = ladder.hosts.map((host) => columns.get(host)!);
		expect(places.toSorted((a, b) => a - b)).toEqual(places);
		expect(places[0]).toBeGreaterThan(0);
		expect(places.at(-1)).toBeLessThan(100);
	});

	test('an arrow goes from host to host, and its words stay within the picture', () => {
		const layout = ladderLayout(ladder, 336);
		const there = arrowLine(layout, 'client', 'gateway');
		const back = arrowLine(layout, 'gateway', 'client');
		expect(there).toMatchObject({ points: 'right', left: layout.columns.get('client') });
		expect(back).toEqual({ ...there, points: 'left' });
		const half = (76 / 336) * 100;
		expect(there.label - half).toBeGreaterThanOrEqual(0);
		expect(arrowLine(layout, 'server', null).width).toBeLessThan(there.width);
	});

	test('of thousands of rows only those in sight are drawn', () => {
		const many: Ladder = {
			...ladder,
			rows: Array.from({ length: 5000 }, (_, i) => ladder.rows[i % ladder.rows.length]!)
		};
		const layout = ladderLayout(many, 1240);
		const [from, to] = rowsBetween(layout, 50_000, 50_600);
		expect(to - from).toBeGreaterThan(5);
		expect(to - from).toBeLessThan(30);
		expect(layout.boxes[from]!.y).toBeLessThanOrEqual(50_000);
		expect(layout.boxes[to - 1]!.y).toBeLessThanOrEqual(50_600);
		expect(layout.boxes[to]!.y).toBeGreaterThan(50_600);
	});

	test('a stay that spans what is in sight is drawn', () => {
		const layout = ladderLayout(ladder, 1240);
		const long = { ...ladder.stays[0]!, from: 0, to: ladder.rows.length - 1 };
		expect(stayBars(layout, [long], [10, 12])).toHaveLength(1);
		expect(stayBars(layout, [{ ...long, to: 5 }], [10, 12])).toHaveLength(0);
	});
});
