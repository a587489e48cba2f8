import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Network, NetworkLayout } from '$lib/lab/geometry/network-layout';
import {
	NARROWEST,
	mediumNetwork,
	narrowNetwork,
	portOf,
	wideNetwork
} from '$lib/lab/geometry/network-layout';
import type { Point } from '$lib/lab/geometry/path-layout';

/** Any network of up to 12 hosts: chains, stars, rings, bridges of many ends, hosts without a wire. */
const networks: fc.Arbitrary<Network> = fc
	.tuple(
		fc.integer({ min: 1, max: 12 }),
		fc.array(fc.uniqueArray(fc.integer({ min: 0, max: 11 }), { minLength: 2, maxLength: 7 }), {
			maxLength: 14
		}),
		fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 24, maxLength: 24 })
	)
	.map(([count, wires, addresses]) => {
		const ports = Array.from({ length: count }, () => 0);
		const links = wires
			.map((ends) => [...new Set(ends.map((n) => n % count))])
			.filter((ends) => ends.length > 1)
			.map((ends) => ends.map((n) => `h${n}/eth${ports[n]!++}`));
		return {
			hosts: ports.map((wired, n) => ({
				name: `h${n}`,
				label: `h${n}`,
				kind: 'linux' as const,
				interfaces: Array.from({ length: Math.max(wired, addresses[n]! % 2) }, (_, i) => ({
					name: `eth${i}`,
					addresses: Array.from(
						{ length: addresses[(n + i) % 24]! },
						(_, k) => `198.51.${n}.${k}/24`
					)
				}))
			})),
			links
		};
	});

interface Segment {
	readonly wire: number;
	readonly a: Point;
	readonly b: Point;
}

function segmentsOf(layout: NetworkLayout): Segment[] {
	return layout.wires.flatMap(({ arms }, wire) =>
		[...arms.values()].flatMap((points) =>
			points.slice(1).map((b, i) => ({ wire, a: points[i]!, b }))
		)
	);
}

/** Everything that is wrong with a layout. */
function faults(layout: NetworkLayout, network: Network): string[] {
	const found: string[] = [];
	const must = (right: boolean, what: string) => {
		if (!right) found.push(what);
	};
	const boxes = [...layout.hosts.values()];
	must(boxes.length === network.hosts.length, 'a host is missing');
	must(layout.wires.length === network.links.length, 'a wire is missing');
	const right = layout.kind === 'narrow' ? NARROWEST : 1000;
	for (const [i, a] of boxes.entries()) {
		must(
			a.x - a.width / 2 >= -1e-6 &&
				a.x + a.width / 2 <= right + 1e-6 &&
				a.y - a.height / 2 >= 0 &&
				a.y + a.height / 2 <= layout.height,
			`${a.name} is outside`
		);
		for (const b of boxes.slice(i + 1)) {
			const beside = Math.abs(a.x - b.x) >= (a.width + b.width) / 2 + 5;
			// A packet that stands above one fits between two.
			const below = Math.abs(a.y - b.y) >= (a.height + b.height) / 2 + 20;
			must(beside || below, `${a.name} is at ${b.name}`);
		}
	}
	const segments = segmentsOf(layout);
	for (const { a, b, wire } of segments) {
		must(a.x === b.x || a.y === b.y, `wire ${wire} is askew`);
		for (const { x, y } of [a, b])
			must(x >= 0 && x <= right && y >= 0 && y <= layout.height, `wire ${wire} is outside`);
		// No wire runs through a box, and so through nothing that is written in one.
		for (const box of boxes) {
			const [w, h] = [box.width / 2 - 0.01, box.height / 2 - 0.01];
			must(
				Math.max(a.x, b.x) <= box.x - w ||
					Math.min(a.x, b.x) >= box.x + w ||
					Math.max(a.y, b.y) <= box.y - h ||
					Math.min(a.y, b.y) >= box.y + h,
				`wire ${wire} runs through ${box.name}`
			);
		}
	}
	// Two wires may cross, but never lie on one line.
	const long = segments.filter(({ a, b }) => Math.hypot(a.x - b.x, a.y - b.y) > 1);
	const overlap = (a: number, b: number, c: number, d: number) =>
		Math.min(Math.max(a, b), Math.max(c, d)) - Math.max(Math.min(a, b), Math.min(c, d)) > 1;
	for (const [i, one] of long.entries())
		for (const other of long.slice(i + 1)) {
			if (one.wire === other.wire) continue;
			const flat = one.a.y === one.b.y && other.a.y === other.b.y;
			const upright = one.a.x === one.b.x && other.a.x === other.b.x;
			must(
				!(
					(flat &&
						Math.abs(one.a.y - other.a.y) < 1 &&
						overlap(one.a.x, one.b.x, other.a.x, other.b.x)) ||
					(upright &&
						Math.abs(one.a.x - other.a.x) < 1 &&
						overlap(one.a.y, one.b.y, other.a.y, other.b.y))
				),
				`wires ${one.wire} and ${other.wire} lie on one line`
			);
		}
	// Every end is at its interface's line, on an edge of its host's box.
	network.links.forEach((link, index) => {
		for (const end of link) {
			const [name] = end.split('/');
			const host = network.hosts.find((one) => one.name === name)!;
			const box = layout.hosts.get(name!)!;
			const [at] = layout.wires[index]!.arms.get(end)!;
			const line = box.y - box.height / 2 + portOf(host, end);
			must(
				Math.abs(at!.y - line) < 1e-6 && Math.abs(Math.abs(at!.x - box.x) - box.width / 2) < 1e-6,
				`${end} is not at its line`
			);
		}
	});
	return found;
}

describe.each([
	['wide', wideNetwork],
	['medium', mediumNetwork],
	['narrow', narrowNetwork]
] as const)('any network, %s', (_, layoutOf) => {
	// What fast-check prints of a failure (seed and path) can be given back to it as `{ seed, path }`.
	test('nothing lies over anything else', () => {
		fc.assert(
			fc.property(networks, (network) => {
				expect(faults(layoutOf(network), network)).toEqual([]);
			}),
			{ numRuns: 1500 }
		);
	}, 120_000);
});
