/** A row of the ladder in one line, for those who do not see where it stands. */
import type { LadderRow } from '../model/ladder';
import { endpoints } from '../model/packet-fields';
import type { LadderWords } from './ladder-en';
import type { LabWords } from '.';

/** @param label what a host is called on the page, by its name */
export function rowSentence(
	row: LadderRow,
	t: LadderWords,
	words: LabWords,
	label: (host: string) => string
): string {
	switch (row.kind) {
		case 'arrow': {
			const { src, dst } = endpoints(row.packet);
			const name = words.packetName(row.packet);
			const told =
				row.to === null
					? t.row.nowhere(name, label(row.from), src, dst)
					: t.row.arrow(name, label(row.from), label(row.to), src, dst);
			return row.copies.length === 0
				? told
				: t.row.withCopies(told, t.copies(row.copies.map(label)));
		}
		case 'loop':
			return t.row.at(label(row.host), `${words.packetName(row.packet)} ${t.loop}`);
		case 'rewrite': {
			const changes = row.changes.map(({ end, before, after }) => t.row.change(end, before, after));
			const all = row.quoted ? [...changes, t.quoted] : changes;
			return t.row.rewrite(label(row.host), row.hook.toUpperCase(), all);
		}
		case 'drop':
			return t.row.at(label(row.host), [t.dropped, row.station ?? ''].join(' ').trim());
		case 'held':
		case 'released':
			return t.row.at(label(row.host), `${words.packetName(row.packet)} ${t[row.kind]}`);
		case 'gathering':
			return t.row.at(label(row.host), t.gathering(row.pieces));
		case 'race':
			return t.row.at(label(row.host), row.outcome === 'merged' ? t.merged(row.entry) : t.beside);
		case 'delivered':
			return t.row.at(label(row.host), t.delivered);
		case 'time':
			return t.time(row.seconds);
		case 'command':
			return t.row.at(label(row.host), row.command);
	}
}
