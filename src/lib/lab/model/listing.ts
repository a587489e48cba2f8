/**
 * What `conntrack -L` prints of a table. It goes by the original direction (`ctnetlink_dump_table`), and passes over
 * what lost a race and was put in beside the winner: that stands in the table under its reply tuple alone.
 */
import { IPS_NAT_CLASH } from '$lib/engine';
import type { HostIndex } from './recording-index';
import type { EntryRow, TableView } from './table-rows';

const listed = ({ status }: EntryRow): boolean => !(status & IPS_NAT_CLASH);

/** The first `most` of its lines, oldest first. */
export function listedLines(table: TableView, most = Infinity): string[] {
	const lines: string[] = [];
	for (let place = 0; place < table.count && lines.length < most; place++) {
		const row = table.row(place);
		if (listed(row)) lines.push(row.line);
	}
	return lines;
}

/** How many lines it prints; looks at none of the entries but those that lost a race. */
export function listedCount(table: TableView, beside: HostIndex['beside'] = []): number {
	return table.count - beside.filter((id) => table.placeOf(id) >= 0).length;
}
