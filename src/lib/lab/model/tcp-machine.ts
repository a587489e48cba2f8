/** The TCP tracker's states and transitions, out of the engine's own table. */
import type { Direction, TcpStateName } from '$lib/engine';
import { SEGMENT_KINDS, TCP_IGNORE, TCP_INVALID, TCP_STATES, TCP_TRANSITIONS } from '$lib/engine';

export type SegmentKind = (typeof SEGMENT_KINDS)[number];

/** A segment as the table tells them apart. */
export interface Segment {
	readonly direction: Direction;
	readonly kind: SegmentKind;
}

/** What the table has for a segment in a state: the state after it, or none. */
export type Cell = TcpStateName | 'invalid' | 'ignored';

/** A transition between two states, and the segments that bring it about. */
export interface Transition {
	readonly from: TcpStateName;
	readonly to: TcpStateName;
	readonly by: readonly Segment[];
}

const DIRECTIONS = [0, 1] as const;

function cellOf(state: number): Cell {
	if (state === TCP_INVALID) return 'invalid';
	return state === TCP_IGNORE ? 'ignored' : TCP_STATES[state]!;
}

/** What the table has for a segment in a state. */
export function cellAt(from: TcpStateName, { direction, kind }: Segment): Cell {
	const row = TCP_TRANSITIONS[direction]![SEGMENT_KINDS.indexOf(kind)]!;
	return cellOf(row[TCP_STATES.indexOf(from)]!);
}

/** Segments that there can be: one without any flag is never let in. */
export const KINDS: readonly SegmentKind[] = SEGMENT_KINDS.filter((kind) => kind !== 'none');

/** Every way from one state to another, in the order of the states. */
export const TRANSITIONS: readonly Transition[] = TCP_STATES.flatMap((from) => {
	const found = new Map<TcpStateName, Segment[]>();
	for (const kind of KINDS)
		for (const direction of DIRECTIONS) {
			// A flow begins in the original direction.
			if (from === 'NONE' && direction === 1) continue;
			const to = cellAt(from, { direction, kind });
			if (to === 'invalid' || to === 'ignored' || to === from) continue;
			const by = found.get(to) ?? [];
			by.push({ direction, kind });
			found.set(to, by);
		}
	return [...found].map(([to, by]) => ({ from, to, by }));
});

/** Tells transitions apart. */
export function transitionKey({ from, to }: { from: TcpStateName; to: TcpStateName }): string {
	return `${from}>${to}`;
}

/** What each segment would do in a state: a row for each kind, a cell for each direction. */
export function whatNext(
	from: TcpStateName
): readonly { readonly kind: SegmentKind; readonly cells: readonly [Cell, Cell] }[] {
	return KINDS.map((kind) => ({
		kind,
		cells: [cellAt(from, { direction: 0, kind }), cellAt(from, { direction: 1, kind })]
	}));
}
