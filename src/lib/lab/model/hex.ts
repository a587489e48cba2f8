/** A packet's bytes as a grid, each with the field that it belongs to. */
import type { Field, Header } from './packet-fields';

export interface Cell {
	/** Place in the packet, from 0. */
	readonly at: number;
	/** Two digits. */
	readonly text: string;
	/** Key of its field; `null` for bytes that no field names. */
	readonly field: string | null;
	/** The field goes on in the next cell of the row. */
	readonly joined: boolean;
}

const hexByte = (byte: number): string => byte.toString(16).padStart(2, '0');

/** The key of the field of each byte. */
function fieldOfBytes(headers: readonly Header[], length: number): (string | null)[] {
	const keys: (string | null)[] = new Array<string | null>(length).fill(null);
	const fields: Field[] = headers.flatMap((header) => header.fields);
	// Headers of a quoted packet come last and stand where else would be a payload.
	for (const { key, from, to } of fields)
		for (let at = from; at < Math.min(to, length); at++) keys[at] = key;
	return keys;
}

/** Rows of `columns` bytes; no more than `limit` bytes in all. */
export function hexRows(
	bytes: Uint8Array,
	headers: readonly Header[],
	columns: number,
	limit = Infinity
): Cell[][] {
	const shown = bytes.subarray(0, Math.min(bytes.length, limit));
	const keys = fieldOfBytes(headers, shown.length);
	const rows: Cell[][] = [];
	shown.forEach((byte, at) => {
		if (at % columns === 0) rows.push([]);
		const field = keys[at]!;
		rows.at(-1)!.push({
			at,
			text: hexByte(byte),
			field,
			joined: field !== null && (at + 1) % columns !== 0 && keys[at + 1] === field
		});
	});
	return rows;
}

/** `45 00 00 3c`, at most `limit` bytes of it. */
export function hexText(bytes: Uint8Array, limit = 16): string {
	const text = [...bytes.subarray(0, limit)].map(hexByte).join(' ');
	return bytes.length > limit ? `${text} …` : text;
}

/** As `xxd -g1` and Wireshark's own import read it: an offset, then sixteen bytes. */
export function hexDump(bytes: Uint8Array): string {
	const lines: string[] = [];
	for (let at = 0; at < bytes.length; at += 16)
		lines.push(`${at.toString(16).padStart(4, '0')}  ${hexText(bytes.subarray(at, at + 16))}`);
	return lines.map((line) => `${line}\n`).join('');
}
