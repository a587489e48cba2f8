import { describe, expect, it } from 'vitest';
import { utf8 } from '../../../src/lib/engine';
import { crc32c } from '../../../src/lib/engine/packet/crc32c';
import { chunksOf, hasRightChecksum, putChecksum } from '../../../src/lib/engine/packet/sctp';

describe('SCTP', () => {
	it.each([
		// The check value of the CRC catalogue, and RFC 3720, appendix B.4.
		[utf8('123456789'), 0xe3069283],
		[new Uint8Array(32), 0x8a9136aa],
		[new Uint8Array(32).fill(0xff), 0x62a8ab43],
		[Uint8Array.from({ length: 32 }, (_, i) => i), 0x46dd794e]
	])('sums %j', (bytes, sum) => expect(crc32c(bytes)).toBe(sum));

	it('knows a packet by its sum, in whichever byte it is changed', () => {
		const bytes = Uint8Array.from([3, 232, 19, 136, 0, 0, 0, 0, 0, 0, 0, 0, 6, 0, 0, 4]);
		putChecksum(bytes);
		expect(hasRightChecksum(bytes)).toBe(true);
		for (let at = 0; at < bytes.length; at++) {
			const changed = bytes.with(at, bytes[at]! ^ 1);
			expect(hasRightChecksum(changed), `byte ${at}`).toBe(false);
		}
	});

	it('finds chunks by their lengths, padded to four bytes, and no other behind one that has none', () => {
		const header = new Array<number>(12).fill(0);
		const found = chunksOf(
			Uint8Array.from([...header, 9, 1, 0, 5, 7, 0, 0, 0, 4, 0, 0, 0, 3, 0, 0, 4])
		);
		expect(found.map(({ type, flags, length, at }) => [type, flags, length, at])).toEqual([
			[9, 1, 5, 12],
			[4, 0, 0, 20]
		]);
	});
});
