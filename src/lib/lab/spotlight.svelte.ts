/**
 * What the reader points at, shared by the views of one Lab: a field of the packet, an entry of
 * the table. Pointing changes nothing of what happened.
 */
import type { LabState } from './lab-state.svelte';

export class Spotlight {
	/** Key of the packet's field that is pointed at or has the focus. */
	field = $state<string | null>(null);
	/** Key of a field that was pressed: it stays when nothing is pointed at. */
	pinned = $state<string | null>(null);
	/** Entry that is pointed at. */
	entry = $state<number | null>(null);
	/** The entry whose row was asked for, and how often one was: the table goes there. */
	asked = $state.raw<{ readonly entry: number; readonly count: number } | null>(null);
	/** How many tables of this Lab are shown: without one a link to a row leads nowhere. */
	tables = $state(0);

	/** Go to an entry's row. */
	ask(entry: number): void {
		this.asked = { entry, count: (this.asked?.count ?? 0) + 1 };
	}

	/** The field to tell of. */
	get shown(): string | null {
		return this.field ?? this.pinned;
	}
}

/** The spotlight of a Lab. */
export function spotlightOf(lab: LabState): Spotlight {
	return lab.spotlight;
}
