/** Wires that run down one gap between columns: each trunk gets a lane of its own where it needs one. */
import type { Wire } from './network-layout';

export interface End {
	/** `host/interface`. */
	readonly end: string;
	/** Side of its host's box. */
	readonly side: 'left' | 'right';
	readonly x: number;
	readonly y: number;
}

export interface Span {
	/** Place of the wire among all. */
	readonly index: number;
	readonly ends: readonly End[];
}

interface Trunk {
	readonly span: Span;
	readonly from: number;
	readonly to: number;
	/** Middle of the ends at the left of the gap, and of those at its right. */
	readonly left: number;
	readonly right: number;
}

const APART = 4;

const mean = (list: readonly number[], otherwise: number): number =>
	list.length === 0 ? otherwise : list.reduce((sum, one) => sum + one, 0) / list.length;

function trunkOf(span: Span): Trunk {
	const ys = span.ends.map(({ y }) => y);
	const all = mean(ys, 0);
	// Ends on the right side of their boxes are at the left of the gap.
	const left = span.ends.filter(({ side }) => side === 'right').map(({ y }) => y);
	const right = span.ends.filter(({ side }) => side === 'left').map(({ y }) => y);
	return {
		span,
		from: Math.min(...ys),
		to: Math.max(...ys),
		left: mean(left, all),
		right: mean(right, all)
	};
}

/** Whether a trunk has to be left of another: an end of each lies on one line. */
function mustPrecede(a: Trunk, b: Trunk): boolean {
	return a.span.ends.some(
		(one) =>
			one.side === 'right' &&
			b.span.ends.some((other) => other.side === 'left' && Math.abs(other.y - one.y) < APART)
	);
}

/** An order, from the left, in which few trunks are crossed. */
function inOrder(trunks: readonly Trunk[]): Trunk[] {
	const isDown = ({ left, right }: Trunk): boolean => right > left;
	const sorted = trunks.toSorted((a, b) => {
		if (isDown(a) !== isDown(b)) return isDown(a) ? 1 : -1;
		// Those that go down make room for each other when the upper ones turn later; up, the other way round.
		return isDown(a) ? b.left - a.left : a.left - b.left;
	});
	const rest = [...sorted];
	const order: Trunk[] = [];
	while (rest.length > 0) {
		const free = rest.findIndex((one) =>
			rest.every((other) => other === one || !mustPrecede(other, one))
		);
		order.push(...rest.splice(Math.max(0, free), 1));
	}
	return order;
}

/**
 * @param from where the gap begins
 * @param to and ends, in thousandths of the width
 */
export function channelWires(
	spans: readonly Span[],
	from: number,
	to: number
): { index: number; wire: Wire }[] {
	const trunks = spans.map(trunkOf);
	const straight = trunks.filter((one) => one.to - one.from < 1);
	const bent = inOrder(trunks.filter((one) => one.to - one.from >= 1));
	// Those that come near each other nowhere can share a lane.
	const lanes: Trunk[][] = [];
	const laneOf = new Map<Trunk, number>();
	for (const trunk of bent) {
		const before = bent
			.slice(0, bent.indexOf(trunk))
			.filter(
				(one) =>
					mustPrecede(one, trunk) || (trunk.from - APART <= one.to && one.from - APART <= trunk.to)
			)
			.map((one) => laneOf.get(one)!);
		const lane = before.length === 0 ? 0 : Math.max(...before) + 1;
		(lanes[lane] ??= []).push(trunk);
		laneOf.set(trunk, lane);
	}
	const middle = (from + to) / 2;
	const step = Math.min(26, (to - from) / (lanes.length + 1));
	const xOf = (trunk: Trunk): number =>
		middle + ((laneOf.get(trunk) ?? 0) - (lanes.length - 1) / 2) * step;
	return [...straight, ...bent].map((trunk) => {
		const x = laneOf.has(trunk) ? xOf(trunk) : middle;
		const ys = trunk.span.ends.map(({ y }) => y).sort((a, b) => a - b);
		const half = Math.floor((ys.length - 1) / 2);
		const hub = { x, y: (ys[half]! + (ys[half + 1] ?? ys[half]!)) / 2 };
		return {
			index: trunk.span.index,
			wire: {
				hub,
				arms: new Map(
					trunk.span.ends.map((one) => [one.end, [{ x: one.x, y: one.y }, { x, y: one.y }, hub]])
				)
			}
		};
	});
}
