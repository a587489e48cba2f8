/** SCTP as a person reads it: ports, tag and chunks, with the bytes that they stand in. */
import { SCTP_HEADER_LENGTH, chunksOf, get32, hasRightChecksum, initiateTag } from '$lib/engine';
import type { Chunk } from '$lib/engine';
import type { Field } from './packet-fields';

/** RFC 9260, section 3.2. */
const CHUNKS: Readonly<Record<number, string>> = {
	0: 'DATA',
	1: 'INIT',
	2: 'INIT ACK',
	3: 'SACK',
	4: 'HEARTBEAT',
	5: 'HEARTBEAT ACK',
	6: 'ABORT',
	7: 'SHUTDOWN',
	8: 'SHUTDOWN ACK',
	9: 'ERROR',
	10: 'COOKIE ECHO',
	11: 'COOKIE ACK',
	14: 'SHUTDOWN COMPLETE'
};

type MakeField = (
	label: string,
	value: string | number,
	from: number,
	to: number,
	more?: Partial<Field>
) => Field;

const hex32 = (value: number): string => `0x${value.toString(16).padStart(8, '0')}`;

/** What is told of a chunk: the tag that one end wants to see from now on, or how long it is. */
function chunkText(bytes: Uint8Array, chunk: Chunk): string {
	const asked = chunk.type === 1 || chunk.type === 2 ? initiateTag(bytes, chunk) : null;
	return asked === null ? `${chunk.length} B` : `tag ${hex32(asked)}`;
}

/**
 * The header and the chunks after the ports.
 *
 * @param bytes what follows the IP header, at least a header of SCTP
 * @param whole whether nothing of the packet is missing, so that its checksum can be reckoned
 */
export function sctpFields(bytes: Uint8Array, field: MakeField, whole: boolean): Field[] {
	const taken = new Map<string, number>();
	const found = chunksOf(bytes);
	const chunks = found.map((chunk, i) => {
		const name = CHUNKS[chunk.type] ?? `chunk ${chunk.type}`;
		const count = (taken.get(name) ?? 0) + 1;
		taken.set(name, count);
		// With what pads it; the last has all that is left.
		const end = found[i + 1]?.at ?? bytes.length;
		return field(count > 1 ? `${name} ${count}` : name, chunkText(bytes, chunk), chunk.at, end);
	});
	if (found.length === 0 && bytes.length > SCTP_HEADER_LENGTH)
		chunks.push(
			field('rest', `${bytes.length - SCTP_HEADER_LENGTH} B`, SCTP_HEADER_LENGTH, bytes.length)
		);
	const good = !whole || hasRightChecksum(bytes);
	return [
		field('tag', hex32(get32(bytes, 4)), 4, 8),
		...chunks,
		field('checksum', hex32(get32(bytes, 8)), 8, SCTP_HEADER_LENGTH, {
			minor: good,
			checksum: good ? 'good' : 'bad'
		})
	];
}
