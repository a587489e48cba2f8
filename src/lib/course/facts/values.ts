/** What can be asked of a step: the names that `get` of a fact may begin with. */
import {
	IPS_ASSURED,
	IPS_SEEN_REPLY,
	formatAddress,
	secondsLeft,
	stateName,
	type EngineEvent,
	type Entry,
	type Tuple
} from '../../engine';
import { packetToJson } from '../../scenario/packet-json';
import { traceOf } from '../../scenario/trace';
import { livingEntries } from './conntrack';
import { hostOf, type Played, type PlayedStep } from './play';

function tupleValues({ src, dst, sport, dport }: Tuple): Record<string, unknown> {
	return { src: formatAddress(src), dst: formatAddress(dst), sport, dport };
}

function entryValues(entry: Entry, now: number): Record<string, unknown> {
	return {
		seconds: secondsLeft(entry.timeout, now),
		state: stateName(entry) ?? undefined,
		original: tupleValues(entry.original),
		reply: tupleValues(entry.reply),
		assured: (entry.status & IPS_ASSURED) !== 0,
		unreplied: (entry.status & IPS_SEEN_REPLY) === 0,
		mark: entry.mark,
		zone: entry.zone.id,
		helper: entry.helper ?? undefined
	};
}

/**
 * The values of the last step that was played, as plain data:
 * `out` (packets that arrived, `{at, packet}`), `sent` (as it was put on the wire), `entry` (the first of the table) and
 * `entries`, `count`, `relation`, `rewrites` (`{hook, field, before, after}`), `verdicts` (rules and policies that gave
 * one), `drop` (why it was dropped outside of a chain), `stdout`, `exit`.
 */
export function valuesOf(played: Played, hostName?: string): Record<string, unknown> {
	const host = hostOf(played, hostName);
	const entries = livingEntries(played, host.name).map((entry) =>
		entryValues(entry, played.world.now)
	);
	const step = played.steps.at(-1);
	return {
		entries,
		entry: entries[0],
		count: entries.length,
		...(step && stepValues(step, host.name))
	};
}

function stepValues(step: PlayedStep, host: string): Record<string, unknown> {
	const stations = step.events.filter(
		(event): event is Extract<EngineEvent, { kind: 'station' }> =>
			event.kind === 'station' && event.host === host
	);
	const outcomes = stations.map(({ outcome }) => outcome);
	const tracked = outcomes.find((outcome) => outcome.kind === 'conntrack');
	const dropped = step.events.find((event) => event.kind === 'drop' && event.host === host);
	const sent = step.events.find(
		(event) => event.kind === 'sent' || (event.kind === 'begin' && event.origin === 'sent')
	);
	return {
		out: step.arrivals.map(({ at, packet }) => ({ at, packet: packetToJson(packet) })),
		sent: sent && 'packet' in sent ? packetToJson(sent.packet) : undefined,
		relation: tracked?.kind === 'conntrack' ? tracked.relation.toUpperCase() : undefined,
		rewrites: stations.flatMap(({ station, outcome }) =>
			outcome.kind === 'nat'
				? outcome.rewrites.map((rewrite) => ({ hook: station.hook.toUpperCase(), ...rewrite }))
				: []
		),
		verdicts: outcomes.flatMap((outcome) =>
			outcome.kind === 'chain' || outcome.kind === 'nat-rules' ? traceOf(outcome.steps) : []
		),
		drop: dropped?.kind === 'drop' ? dropped.reason : undefined,
		stdout: step.command?.stdout,
		exit: step.command?.exit
	};
}

/**
 * One value by its path, such as `out[0].packet.ip.src`.
 * @throws Error that says how far the path leads, and which names there are
 */
export function valueAt(values: unknown, path: string): string {
	let value = values;
	let walked = '';
	for (const [part, name, index] of path.matchAll(/\.?([A-Za-z_]\w*)|\[(-?\d+)\]|(.)/g)) {
		const here: unknown = value;
		if (index !== undefined && Array.isArray(here)) value = here.at(Number(index));
		else if (
			name !== undefined &&
			typeof here === 'object' &&
			here !== null &&
			Object.hasOwn(here, name)
		)
			value = (here as Record<string, unknown>)[name];
		else value = undefined;
		if (value === undefined)
			throw new Error(`get="${path}": no ${part} in ${walked || 'the step'}; ${namesIn(here)}`);
		walked += part;
	}
	if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
		return String(value);
	throw new Error(`get="${path}" is not one value; ${namesIn(value)}`);
}

function namesIn(value: unknown): string {
	if (Array.isArray(value)) return `there are ${value.length} items`;
	if (typeof value !== 'object' || value === null) return `it is ${JSON.stringify(value)}`;
	const names = Object.entries(value).filter(([, one]) => one !== undefined);
	return `there are ${names.map(([name]) => name).join(', ')}`;
}
