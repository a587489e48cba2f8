/** The wires of hosts that stand one below the other: each in a lane at their left. */
import { hostOf } from './network-columns';
import type { Network, Wire } from './network-layout';
import { portOf } from './network-layout';

const LANE = 13;
const FIRST = 8;

/**
 * Runs each wire down a lane that no other wire needs where it does.
 *
 * @param tops upper edge of each host's box
 * @returns the wires, and where the boxes' left edge is
 */
export function narrowWires(
	{ hosts, links }: Network,
	tops: ReadonlyMap<string, number>
): { wires: Wire[]; left: number } {
	const byName = new Map(hosts.map((host) => [host.name, host]));
	const spans = links.map((link) => {
		const ports = link.map((end) => {
			const host = byName.get(hostOf(end))!;
			return { end, y: tops.get(host.name)! + portOf(host, end) };
		});
		const ys = ports.map(({ y }) => y);
		return { ports, from: Math.min(...ys), to: Math.max(...ys), lane: 0 };
	});
	// Short wires next to the boxes, so that few lines cross.
	const lanes: { from: number; to: number }[][] = [];
	for (const span of spans.toSorted((a, b) => a.to - a.from - (b.to - b.from))) {
		let lane = lanes.findIndex((taken) =>
			taken.every(({ from, to }) => span.to < from || to < span.from)
		);
		if (lane < 0) lane = lanes.push([]) - 1;
		lanes[lane]!.push(span);
		span.lane = lane;
	}
	const left = lanes.length === 0 ? 0 : FIRST + (lanes.length - 1) * LANE + LANE;
	const wires = spans.map(({ ports, lane }): Wire => {
		const x = FIRST + (lanes.length - 1 - lane) * LANE;
		const sorted = ports.toSorted((a, b) => a.y - b.y);
		const middle = sorted[Math.floor((sorted.length - 1) / 2)]?.y ?? 0;
		const next = sorted[Math.floor((sorted.length - 1) / 2) + 1]?.y ?? middle;
		const hub = { x, y: (middle + next) / 2 };
		return {
			hub,
			arms: new Map(ports.map(({ end, y }) => [end, [{ x: left, y }, { x, y }, hub]]))
		};
	});
	return { wires, left };
}
