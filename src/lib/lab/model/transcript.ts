/** The whole walk as a table of steps that stands for the pictures. */
import type { Direction, EngineEvent, HookName, Packet } from '$lib/engine';
import type { LabWords } from '../words';
import { plain } from '../words';
import { wayOf } from '../words/facts';
import { csvText } from './csv';
import type { Recording } from './recording';
import { stationName } from './station-name';
import { tellingAt, timeAt } from './telling';

/** Where a step happened. */
export interface StepPlace {
	readonly host: string | null;
	readonly hook: HookName | null;
	/** Name of the station, as the hook path has it: `conntrack`, `ip nat prerouting`, `confirm` … */
	readonly station: string | null;
}

export interface TranscriptRow {
	/** The stop that it tells of, from 1. */
	readonly at: number;
	/** Scenario step, from 1. */
	readonly step: number;
	/** World time in seconds. */
	readonly seconds: number;
	readonly place: StepPlace;
	readonly direction: Direction | null;
	/** Literal values in backticks. */
	readonly sentence: string;
	/** Both ends of the packet as they were and as they are, `a → b`; `null` where there is no packet. */
	readonly before: string | null;
	readonly after: string | null;
	/** Its walk ends here, and not where it should. */
	readonly dropped: boolean;
}

function placeOf(event: EngineEvent, words: LabWords): StepPlace {
	const host = 'host' in event ? event.host : null;
	if (event.kind === 'station') {
		const { station } = event;
		return { host, hook: station.hook, station: stationName(station, words) };
	}
	const hook = event.kind === 'hook' || event.kind === 'held' ? event.hook : null;
	return { host, hook, station: null };
}

/** A packet in a line: its name, both ends, and its TTL, which forwarding changes. */
function packetLine(packet: Packet, words: LabWords): string {
	return `${words.packetName(packet)} ${wayOf(packet)} TTL ${packet.ip.ttl}`;
}

/** The packet before a stop: as its event says, else as the walk's event before has it. */
function packetBefore({ events }: Recording, from: number, focus: number): Packet | null {
	const event = events[focus]!;
	if ('before' in event) return event.before;
	const forward = events.slice(from, focus + 2).find((one) => one.kind === 'forward');
	if (forward && 'walk' in event && forward.walk === event.walk) return forward.before;
	return 'packet' in event ? event.packet : null;
}

/** The packet after all that is told with the stop. */
function packetAfter({ events }: Recording, cursor: number, focus: number): Packet | null {
	const event = events[focus]!;
	if (!('packet' in event)) return null;
	let { packet } = event;
	if ('walk' in event)
		for (const later of events.slice(focus + 1, cursor))
			if ('walk' in later && later.walk === event.walk) ({ packet } = later);
	return packet;
}

/** One stop (from 1) as a row. */
export function transcriptRow(recording: Recording, at: number, words: LabWords): TranscriptRow {
	const stop = recording.stops[at - 1]!;
	const event = recording.events[stop.focus]!;
	const before = packetBefore(recording, stop.from, stop.focus);
	const after = packetAfter(recording, stop.cursor, stop.focus);
	return {
		at,
		step: stop.step + 1,
		seconds: timeAt(recording, at) / 1000,
		place: placeOf(event, words),
		direction: stop.direction,
		sentence: words.sentence(tellingAt(recording, at)),
		before: before && packetLine(before, words),
		after: after && packetLine(after, words),
		dropped: stop.mark === 'drop'
	};
}

/** `gateway, POSTROUTING, NAT`; empty where nothing has a place. */
function placeText({ host, hook, station }: StepPlace, separator: string): string {
	return [host, hook?.toUpperCase() ?? null, station].filter((one) => one !== null).join(separator);
}

/** Names of the columns, in the order of the cells of a row. */
export interface TranscriptColumns {
	readonly number: string;
	readonly step: string;
	readonly time: string;
	readonly host: string;
	readonly hook: string;
	readonly station: string;
	readonly direction: string;
	readonly sentence: string;
	readonly before: string;
	readonly after: string;
}

/** How the rows up to a stop are asked for; the last one that may be told is `limit`. */
function rowsUpTo(recording: Recording, limit: number, words: LabWords): TranscriptRow[] {
	return recording.stops.slice(0, limit).map((_, i) => transcriptRow(recording, i + 1, words));
}

/** All steps up to a stop as lines of text. */
export function transcriptText(recording: Recording, limit: number, words: LabWords): string {
	const { title } = recording.scenario;
	const lines = rowsUpTo(recording, limit, words).map((row) => {
		const place = placeText(row.place, ' ');
		const head = [`${row.at}.`, `[${words.table.seconds(row.seconds)}]`, place]
			.filter((one) => one !== '')
			.join(' ');
		const change =
			row.before !== null && row.before !== row.after ? ` (${row.before} ⇒ ${row.after})` : '';
		return `${head}: ${plain(row.sentence)}${change}`;
	});
	return `${[...(title ? [title, ''] : []), ...lines].join('\n')}\n`;
}

/** All steps up to a stop as a table for spreadsheets. */
export function transcriptCsv(
	recording: Recording,
	limit: number,
	words: LabWords,
	columns: TranscriptColumns
): string {
	const rows = rowsUpTo(recording, limit, words).map((row) => [
		row.at,
		row.step,
		row.seconds,
		row.place.host ?? '',
		row.place.hook?.toUpperCase() ?? '',
		row.place.station ?? '',
		row.direction === null ? '' : words.direction[row.direction],
		plain(row.sentence),
		row.before ?? '',
		row.after ?? ''
	]);
	const { number, step, time, host, hook, station, direction, sentence, before, after } = columns;
	const head = [number, step, time, host, hook, station, direction, sentence, before, after];
	return csvText([head, ...rows]);
}
