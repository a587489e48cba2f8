/** A change of a table, apart from the table: what a run was like can be looked at without the means to run it. */
import type { Change } from '../journal';
import type { Entry } from './entry';
import type { ConntrackTable } from './table';

/** An entry came into a table, or went out of it. */
export class TableChange implements Change {
	constructor(
		readonly table: ConntrackTable,
		readonly entry: Entry,
		/** In both directions; a race's loser stands in the reply direction only. */
		readonly both: boolean,
		readonly inserted: boolean
	) {}
	undo(): void {
		if (this.inserted) this.table.unlink(this.entry, this.both);
		else this.table.link(this.entry, this.both);
	}
	redo(): void {
		if (this.inserted) this.table.link(this.entry, this.both);
		else this.table.unlink(this.entry, this.both);
	}
}
