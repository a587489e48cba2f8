/** Whether packets and table lines look as a condition says. */
import type { PacketJson } from '../../scenario/packet-json';
import type { TableLine } from '../run/table-line';
import type { Amount, EntryMatch, TupleMatch } from '../format/goal';

/** A field that does not fit: its name, what was asked for, what is there. */
export interface Misfit {
	readonly field: string;
	readonly wanted: string;
	readonly found: string;
}

const hex = (text: string): string =>
	[...new TextBytes(text)].map((byte) => byte.toString(16).padStart(2, '0')).join('');

/** UTF-8 without the platform's encoder, which the core does not know. */
class TextBytes {
	constructor(private readonly text: string) {}
	*[Symbol.iterator](): Generator<number> {
		const escaped = encodeURIComponent(this.text);
		for (let i = 0; i < escaped.length; i++)
			if (escaped[i] === '%') {
				yield parseInt(escaped.slice(i + 1, i + 3), 16);
				i += 2;
			} else yield escaped.charCodeAt(i);
	}
}

const shown = (value: unknown): string =>
	value === undefined ? '—' : typeof value === 'object' ? JSON.stringify(value) : String(value);

function payloadHex(payload: unknown): string {
	if (typeof payload === 'string') return hex(payload);
	const bytes = (payload as { hex?: string } | undefined)?.hex;
	return (bytes ?? '').toLowerCase();
}

/** The first field in which a packet is other than asked for; `null` if it looks so. */
export function packetMisfit(wanted: PacketJson, packet: PacketJson): Misfit | null {
	return misfit(wanted, packet, '');
}

function misfit(wanted: unknown, found: unknown, path: string): Misfit | null {
	if (wanted === undefined) return null;
	if (path === 'payload' || path.endsWith('.payload'))
		return payloadHex(wanted) === payloadHex(found)
			? null
			: { field: path, wanted: shown(wanted), found: shown(found) };
	if (typeof wanted === 'object' && wanted !== null) {
		for (const [key, value] of Object.entries(wanted)) {
			const inner =
				typeof found === 'object' && found !== null && Object.hasOwn(found, key)
					? (found as Record<string, unknown>)[key]
					: undefined;
			const wrong = misfit(value, inner, path === '' ? key : `${path}.${key}`);
			if (wrong) return wrong;
		}
		// `"udp": {}` asks for a datagram, whatever its ports.
		if (Object.keys(wanted).length === 0 && found === undefined)
			return { field: path, wanted: path, found: '—' };
		return null;
	}
	// An observation leaves out what is 0, false or empty.
	const empty = wanted === 0 || wanted === false || wanted === '';
	if (wanted === found || (empty && found === undefined)) return null;
	return { field: path, wanted: shown(wanted), found: shown(found) };
}

function tupleMisfit(wanted: TupleMatch, line: TableLine, way: string): Misfit | null {
	for (const [key, value] of Object.entries(wanted) as [string, string | number | undefined][]) {
		if (value === undefined) continue;
		const found = line[`${way}.${key}`];
		if (String(value) !== found)
			return { field: `${way}.${key}`, wanted: String(value), found: found ?? '—' };
	}
	return null;
}

/** The first field in which an entry is other than asked for; `null` if it looks so. */
export function entryMisfit(wanted: EntryMatch, line: TableLine): Misfit | null {
	for (const key of ['protocol', 'state', 'helper'] as const) {
		const value = wanted[key];
		if (value !== undefined && line[key] !== value)
			return { field: key, wanted: value, found: line[key] ?? '—' };
	}
	for (const way of ['original', 'reply'] as const) {
		const wrong = wanted[way] ? tupleMisfit(wanted[way], line, way) : null;
		if (wrong) return wrong;
	}
	for (const key of ['mark', 'zone'] as const) {
		const value = wanted[key];
		if (value !== undefined && Number(line[key] ?? 0) !== value)
			return { field: key, wanted: String(value), found: line[key] ?? '0' };
	}
	if (wanted.assured !== undefined && (line.assured === 'yes') !== wanted.assured)
		return wanted.assured
			? { field: 'flags', wanted: '[ASSURED]', found: '—' }
			: { field: 'flags', wanted: '—', found: '[ASSURED]' };
	if (wanted.replied !== undefined && (line.unreplied !== 'yes') !== wanted.replied)
		return wanted.replied
			? { field: 'flags', wanted: '—', found: '[UNREPLIED]' }
			: { field: 'flags', wanted: '[UNREPLIED]', found: '—' };
	if (wanted.seconds && !isAmount(wanted.seconds, Number(line.seconds ?? 0)))
		return {
			field: 'seconds',
			wanted: amountText(wanted.seconds),
			found: line.seconds ?? '—'
		};
	return null;
}

/** Whether a number is as asked for; nothing asked for is one at least. */
export function isAmount({ is, atLeast, atMost }: Amount, found: number): boolean {
	if (is === undefined && atLeast === undefined && atMost === undefined) return found >= 1;
	return (
		(is === undefined || found === is) &&
		(atLeast === undefined || found >= atLeast) &&
		(atMost === undefined || found <= atMost)
	);
}

/** `3`, `≥ 1`, `≤ 5`, `1–5`. */
export function amountText({ is, atLeast, atMost }: Amount): string {
	if (is !== undefined) return String(is);
	if (atLeast !== undefined && atMost !== undefined) return `${atLeast}–${atMost}`;
	if (atMost !== undefined) return `≤ ${atMost}`;
	return `≥ ${atLeast ?? 1}`;
}
