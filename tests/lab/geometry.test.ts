import { describe, expect, test } from 'vitest';
import { bandsOf, marksOf } from '$lib/lab/geometry/marks';
import { columnsOf, narrowNetwork, wideNetwork } from '$lib/lab/geometry/network-layout';
import type { Network } from '$lib/lab/geometry/network-layout';
import { pointOf, travelOver, wayBetween } from '$lib/lab/geometry/packet-place';
import { groundPaths, linePath, walkPoints } from '$lib/lab/geometry/path-line';
import { narrowLayout, wideLayout } from '$lib/lab/geometry/path-layout';
import { cardSpecs, insideOf } from '$lib/lab/model/inside';
import { momentAt } from '$lib/lab/model/moment';
import { insideHistory } from '$lib/lab/model/recording';
import { gateway, lessonScenario, record, syn } from './load';

const recording = record(lessonScenario('reverse-snat'));
const history = insideHistory(recording, 'gateway');
const specs = cardSpecs(insideOf(history.stations[0]!), history.visited);
const both = [wideLayout(specs), narrowLayout(specs)] as const;

describe.each(both)('the hook path, $kind', (layout) => {
	const cards = Object.values(layout.cards);

	test('cards stand apart, within the height', () => {
		for (const [i, a] of cards.entries()) {
			expect(a.y + a.height).toBeLessThanOrEqual(layout.height);
			for (const b of cards.slice(i + 1)) {
				const beside = layout.kind === 'wide' && (a.x + a.width <= b.x || b.x + b.width <= a.x);
				expect(beside || a.y + a.height <= b.y || b.y + b.height <= a.y).toBe(true);
			}
		}
	});

	test('stations stand below one another in their card, dots on one rail', () => {
		for (const card of cards) {
			expect(new Set(card.stations.map(({ dot }) => dot.x)).size).toBeLessThanOrEqual(1);
			card.stations.forEach((station, i) => {
				const before = card.stations[i - 1];
				if (before) expect(station.y).toBe(before.y + before.height);
				expect(station.dot.y).toBeGreaterThan(card.y + station.y);
				expect(station.dot.y).toBeLessThan(card.y + station.y + station.height);
				expect(station.y + station.height).toBeLessThanOrEqual(card.height);
			});
		}
	});

	test('the hooks that nobody visits take one line', () => {
		expect(layout.cards.input.compact).toBe(true);
		expect(layout.cards.input.height).toBeLessThan(layout.cards.prerouting.height / 3);
	});

	test('the walk is one line at right angles, through the dot of every station it passed', () => {
		const { walk } = momentAt(recording, 21, 'gateway');
		const legs = walkPoints(layout, walk!.waypoints);
		const points = legs.flat();
		points.slice(1).forEach((point, i) => {
			const from = points[i]!;
			expect(point.x === from.x || point.y === from.y).toBe(true);
		});
		for (const { key, dot } of cards.flatMap(({ stations }) => stations))
			if (walk!.said.has(key)) expect(points).toContainEqual(dot);
		expect(points[0]).toEqual(layout.ends.in);
		expect(points.at(-1)).toEqual(layout.ends.out);
	});

	test('a walk in its middle ends at the station where the packet stands', () => {
		const moment = momentAt(recording, 7, 'gateway');
		const dots = layout.cards.forward.stations.map(({ dot }) => dot);
		expect(dots).toContainEqual(walkPoints(layout, moment.walk!.waypoints).flat().at(-1));
	});
});

test('where every packet ends at FORWARD, the ground leads through it and up to the next card', () => {
	const drop = 'table ip f {\n chain f { type filter hook forward priority 0; policy drop; }\n}';
	const stopped = record(gateway(drop, [syn('10.0.0.2', 80)]));
	const { stations, visited } = insideHistory(stopped, 'gateway');
	expect([...visited].sort()).toEqual(['forward', 'prerouting']);
	const layout = wideLayout(cardSpecs(insideOf(stations[0]!), visited));
	const [through, aside] = groundPaths(layout, ['prerouting', 'forward']);
	const said = ({ x, y }: { x: number; y: number }) =>
		`${Math.round(x * 100) / 100},${Math.round(y * 100) / 100}`;
	const { forward, input, postrouting } = layout.cards;
	expect(through).toMatch(new RegExp(`^M${said(layout.ends.in)}L`));
	expect(through).toContain(`,${forward.foot.y}`);
	expect(through).toMatch(new RegExp(`L${said(postrouting.entry)}$`));
	expect(aside).toMatch(new RegExp(`L${said(input.entry)}$`));
});

test('a packet for the host ends at the host, and its answer begins there', () => {
	const local = record(gateway('', [syn('198.51.100.1', 22)]));
	const seen = insideHistory(local, 'gateway');
	expect([...seen.visited].sort()).toEqual(['input', 'output', 'postrouting', 'prerouting']);
	const layout = wideLayout(cardSpecs(insideOf(seen.stations[0]!), seen.visited));
	const at = local.stops.findIndex(({ focus }) => local.events[focus]!.kind === 'delivered') + 1;
	const { walk } = momentAt(local, at, 'gateway');
	expect(walkPoints(layout, walk!.waypoints).flat().at(-1)).toEqual(layout.ends.to);
	const answer = momentAt(local, at + 1, 'gateway').walk!;
	expect(walkPoints(layout, answer.waypoints).flat()[0]).toEqual(layout.ends.from);
});

test('a line turns its corners round and drops points on the way', () => {
	const straight = linePath([
		{ x: 0, y: 0 },
		{ x: 5, y: 0 },
		{ x: 10, y: 0 }
	]);
	expect(straight).toBe('M0,0L10,0');
	const corner = linePath(
		[
			{ x: 0, y: 0 },
			{ x: 10, y: 0 },
			{ x: 10, y: 10 }
		],
		2
	);
	expect(corner).toMatch(/^M0,0L8,0A2,2,0,0,1,10,2L10,10$/);
});

const host = (name: string, ...interfaces: string[]) => ({
	name,
	label: name,
	kind: 'linux' as const,
	interfaces: interfaces.map((one) => ({ name: one, addresses: ['10.0.0.1/24'] }))
});

const chain: Network = {
	hosts: [host('a', 'e'), host('r1', 'l', 'r'), host('r2', 'l', 'r'), host('z', 'e')],
	links: [
		['a/e', 'r1/l'],
		['r1/r', 'r2/l'],
		['r2/r', 'z/e']
	]
};
const star: Network = {
	hosts: [host('hub', '1', '2', '3', '4'), ...[1, 2, 3, 4].map((n) => host(`leaf${n}`, 'e'))],
	links: [1, 2, 3, 4].map((n) => [`hub/${n}`, `leaf${n}/e`])
};
const shared: Network = {
	hosts: [host('pc1', 'e'), host('pc2', 'e'), host('gw', 'in', 'out'), host('web', 'e')],
	links: [
		['pc1/e', 'pc2/e', 'gw/in'],
		['gw/out', 'web/e']
	]
};
const alone: Network = { hosts: [host('only')], links: [] };
const dozen: Network = {
	hosts: [
		...Array.from({ length: 5 }, (_, n) => host(`c${n}`, 'e')),
		host('gw', 'in', 'out'),
		...Array.from({ length: 6 }, (_, n) => host(`s${n}`, 'e'))
	],
	links: [
		[...Array.from({ length: 5 }, (_, n) => `c${n}/e`), 'gw/in'],
		['gw/out', ...Array.from({ length: 6 }, (_, n) => `s${n}/e`)]
	]
};

describe('the network', () => {
	test('a chain has a column for each host', () => {
		expect(Object.fromEntries(columnsOf(chain))).toEqual({ a: 0, r1: 1, r2: 2, z: 3 });
	});

	test('hosts on one wire stand in one column, the gateway in the next', () => {
		expect(Object.fromEntries(columnsOf(shared))).toEqual({ pc1: 0, pc2: 0, gw: 1, web: 2 });
	});

	test('the middle of a star stands between its points', () => {
		const columns = columnsOf(star);
		expect(columns.get('hub')).toBe(1);
		expect(new Set(columns.values())).toEqual(new Set([0, 1, 2]));
	});

	test.each([
		['chain', chain],
		['star', star],
		['shared', shared],
		['alone', alone],
		['dozen', dozen]
	])('%s: boxes stand apart and within the picture, every wire end on its host', (_, network) => {
		for (const layout of [wideNetwork(network), narrowNetwork(network)]) {
			const boxes = [...layout.hosts.values()];
			expect(boxes).toHaveLength(network.hosts.length);
			for (const [i, a] of boxes.entries()) {
				expect(a.x - a.width / 2).toBeGreaterThanOrEqual(-1e-6);
				expect(a.x + a.width / 2).toBeLessThanOrEqual(1000 + 1e-6);
				expect(a.y + a.height / 2).toBeLessThanOrEqual(layout.height);
				for (const b of boxes.slice(i + 1))
					expect(
						Math.abs(a.x - b.x) >= (a.width + b.width) / 2 - 1e-6 ||
							Math.abs(a.y - b.y) >= (a.height + b.height) / 2 - 1e-6
					).toBe(true);
			}
			for (const [end, arm] of layout.wires.flatMap(({ arms }) => [...arms])) {
				const box = layout.hosts.get(end.split('/')[0]!)!;
				expect(Math.abs(arm[0]!.x - box.x)).toBeLessThanOrEqual(box.width / 2 + 1e-6);
				expect(Math.abs(arm[0]!.y - box.y)).toBeLessThanOrEqual(box.height / 2 + 1e-6);
			}
		}
	});
});

describe('the packet on its way', () => {
	const layout = wideNetwork(shared);
	const at = { at: 'host', host: 'pc1' } as const;
	const on = { at: 'wire', from: 'pc1/e', to: 'gw/in' } as const;
	const there = { at: 'host', host: 'gw' } as const;

	test('it goes along the wire and arrives', () => {
		for (const [a, b] of [
			[at, on],
			[on, there],
			[there, on],
			[on, at]
		] as const) {
			const travel = travelOver(wayBetween(layout, a, b));
			const [from, to] = [pointOf(layout, a), pointOf(layout, b)];
			expect(travel.at(0)).toEqual({ share: 0, x: from.x - to.x, y: from.y - to.y });
			expect(travel.at(-1)).toEqual({ share: 1, x: 0, y: 0 });
		}
		// On the line that the wire's ends have in common, half way from the one to the other.
		const { hub, arms } = layout.wires[0]!;
		const [from, to] = [arms.get('pc1/e')![1]!, arms.get('gw/in')![1]!];
		expect(pointOf(layout, on)).toEqual({ x: hub.x, y: (from.y + to.y) / 2 });
	});

	test('it is as quick on each part of its way, and does not stand still', () => {
		const travel = travelOver([
			{ x: 0, y: 0 },
			{ x: 0, y: 0 },
			{ x: 8, y: 0 },
			{ x: 8, y: 2 }
		]);
		expect(travel.map(({ share }) => share)).toEqual([0, 0, 0.8, 1]);
		expect(travel[2]).toMatchObject({ x: 0, y: -2 });
		expect(travelOver([{ x: 3, y: 4 }])).toEqual([]);
	});
});

describe('the timeline', () => {
	const { stops } = recording;

	test('a mark for each stop, in order, the last at the end', () => {
		const marks = marksOf(stops);
		expect(marks.map(({ at }) => at)).toEqual(stops.map((_, i) => i + 1));
		expect(marks.at(-1)!.x).toBe(100);
		for (const [i, { x }] of marks.slice(1).entries()) expect(x).toBeGreaterThan(marks[i]!.x);
	});

	test('what a question locks away is not given away by its marks', () => {
		const locked = marksOf(stops, 12).filter(({ at }) => at >= 12);
		expect(new Set(locked.map(({ kind }) => kind))).toEqual(new Set(['hook']));
		expect(new Set(locked.map(({ direction }) => direction))).toEqual(new Set([null]));
	});

	test('bands lie side by side, one for each step', () => {
		const bands = bandsOf(stops);
		expect(bands.map(({ step }) => step)).toEqual([...new Set(stops.map(({ step }) => step))]);
		expect(bands[0]!.from).toBe(0);
		expect(bands.at(-1)!.to).toBe(100);
		for (const [i, { from }] of bands.slice(1).entries()) expect(from).toBe(bands[i]!.to);
	});
});
