/** Entries and events laid out as `conntrack` lays them out (libnetfilter_conntrack, snprintf_default.c). */
import { formatListed, type Entry, type EngineEvent } from '../../engine';
import { hostOf, type Played } from './play';

/** `tcp 6 …` with its columns: the name padded to eight. */
function padded(line: string): string {
	return line.replace(
		/^(\S+) (\d+)/,
		(_, name: string, number: string) => `${name.padEnd(8)} ${number}`
	);
}

/** A line of an observation's table as `conntrack -L` prints it: padded, with `mark=` and `use=`. */
export function listingLine(line: string): string {
	const marked = / mark=\d+/.test(line)
		? line
		: line.replace(/( zone=\d+)?( helper=\S+)?$/, ' mark=0$&');
	return `${padded(marked)} use=1`;
}

/** A line of an observation's events as `conntrack -E` prints it. */
export function eventLine(line: string): string {
	const [, tag = '', rest = ''] = /^(\[\w+\]) (.*)$/.exec(line) ?? [];
	return `${tag.padStart(9)} ${padded(rest)}`;
}

/** Entries that have not expired, in the table's own order. */
export function livingEntries(played: Played, host?: string): Entry[] {
	const { now } = played.world;
	return hostOf(played, host)
		.conntrack.table.list()
		.filter((entry) => entry.timeout > now);
}

/** What `conntrack -L` prints after the last step, without its last line. */
export function listing(played: Played, host?: string): string[] {
	return livingEntries(played, host).map((entry) =>
		listingLine(formatListed(entry, played.world.now))
	);
}

/** What `conntrack -E` prints in the course of some events. */
export function eventLines(events: readonly EngineEvent[], host: string): string[] {
	return events.flatMap((event) =>
		event.kind === 'table' && event.host === host ? [eventLine(event.change.line)] : []
	);
}

/** A line of an entry on three: what it says of itself, the original tuple, the reply tuple. */
export function folded(line: string): string {
	return line.replace(/ (?=src=)/g, '\n    ');
}
