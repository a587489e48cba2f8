/** TCP options by kind (RFC 9293 3.2, RFC 7323, RFC 2018). */
import { get32 } from './codec';

export interface TcpOptions {
	readonly mss?: number;
	readonly sackOk?: boolean;
	readonly ts?: readonly [number, number];
	readonly wscale?: number;
	readonly sack?: readonly (readonly [number, number])[];
}

/** Options as bytes in the order MSS, SACK permitted, timestamps, window scale, SACK; NOPs pad to four. */
export function encodeTcpOptions(options: TcpOptions): Uint8Array {
	const out: number[] = [];
	const word = (value: number): void => {
		out.push((value >>> 24) & 255, (value >>> 16) & 255, (value >>> 8) & 255, value & 255);
	};
	if (options.mss !== undefined) out.push(2, 4, (options.mss >> 8) & 255, options.mss & 255);
	if (options.sackOk) out.push(4, 2);
	if (options.ts) {
		out.push(8, 10);
		word(options.ts[0]);
		word(options.ts[1]);
	}
	if (options.wscale !== undefined) out.push(3, 3, options.wscale);
	if (options.sack && options.sack.length > 0) {
		out.push(5, 2 + 8 * options.sack.length);
		for (const [left, right] of options.sack) {
			word(left);
			word(right);
		}
	}
	while (out.length % 4 !== 0) out.push(NOP);
	return Uint8Array.from(out);
}

/** Kind of the option that does nothing. */
export const NOP = 1;

/** Where the next option begins. Only the header's end ends them for netfilter, not an end of the list (`optlen`). */
export function optionAfter(options: Uint8Array, at: number): number {
	return at + (options[at]! < 2 ? 1 : options[at + 1] || 1);
}

/** Options as far as they can be read; a malformed one ends the reading (as `tcp_options` does). */
export function decodeTcpOptions(bytes: Uint8Array): TcpOptions {
	const found: {
		mss?: number;
		sackOk?: boolean;
		ts?: [number, number];
		wscale?: number;
		sack?: [number, number][];
	} = {};
	let at = 0;
	while (at < bytes.length) {
		const kind = bytes[at]!;
		if (kind === 0) break;
		if (kind === NOP) {
			at++;
			continue;
		}
		const length = bytes[at + 1] ?? 0;
		if (length < 2 || at + length > bytes.length) break;
		if (kind === 2 && length === 4) found.mss = (bytes[at + 2]! << 8) | bytes[at + 3]!;
		else if (kind === 3 && length === 3) found.wscale = bytes[at + 2]!;
		else if (kind === 4 && length === 2) found.sackOk = true;
		else if (kind === 8 && length === 10) found.ts = [get32(bytes, at + 2), get32(bytes, at + 6)];
		else if (kind === 5 && length >= 10 && (length - 2) % 8 === 0) {
			found.sack = [];
			for (let i = at + 2; i < at + length; i += 8)
				found.sack.push([get32(bytes, i), get32(bytes, i + 4)]);
		}
		at += length;
	}
	return found;
}
