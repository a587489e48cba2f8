/** How long packets stay in hosts, between the rows of a ladder. */
import type { Direction } from '$lib/engine';

/** A packet's stay in a host, from one row to another. */
export interface Stay {
	readonly host: string;
	/** Rows, by their place in the ladder. */
	readonly from: number;
	readonly to: number;
	readonly direction: Direction | null;
	/** It was held and others went on meanwhile. */
	readonly held: boolean;
	/** From 0; packets that are in a host at once stand side by side. */
	readonly lane: number;
}

/** Stays of packets in hosts: from the row of a walk's coming to that of its going. */
export class Stays {
	readonly found: Stay[] = [];
	private readonly open = new Map<
		number,
		{ host: string; from: number; held: boolean; lane: number }
	>();

	begin(walk: number, host: string, from: number): void {
		const taken = new Set(
			[...this.open.values()].flatMap((other) => (other.host === host ? [other.lane] : []))
		);
		let lane = 0;
		while (taken.has(lane)) lane++;
		this.open.set(walk, { host, from, held: false, lane });
	}

	/** The walk has come to a row, where one way of staying ends and, unless it is over, another begins. */
	turn(walk: number, to: number, direction: Direction | null, next: 'held' | 'on' | 'over'): void {
		const open = this.open.get(walk);
		if (!open) return;
		if (to > open.from) this.found.push({ ...open, to, direction });
		if (next === 'over') this.open.delete(walk);
		else this.open.set(walk, { ...open, from: to, held: next === 'held' });
	}

	/** Walks that have not ended by the last row. */
	finish(last: number, direction: (walk: number) => Direction | null): Stay[] {
		for (const walk of [...this.open.keys()]) this.turn(walk, last, direction(walk), 'over');
		return this.found;
	}
}
