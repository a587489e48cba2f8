/**
 * The TCP tracker's transitions (`tcp_conntracks` in nf_conntrack_proto_tcp.c): by direction, by
 * kind of segment, by the state before. The states' order is that of `TCP_STATES`.
 */
import { ACK, FIN, RST, SYN } from '../../packet';

/** Kinds of segment, told apart in this order (`enum tcp_bit_set`). */
export const SYN_SET = 0;
export const SYNACK_SET = 1;
export const FIN_SET = 2;
export const ACK_SET = 3;
export const RST_SET = 4;
export const NONE_SET = 5;
export const SEGMENT_KINDS = ['SYN', 'SYN/ACK', 'FIN', 'ACK', 'RST', 'none'] as const;

/** Kind of a segment by its flags (`get_conntrack_index`). */
export function segmentKind(flags: number): number {
	if (flags & RST) return RST_SET;
	if (flags & SYN) return flags & ACK ? SYNACK_SET : SYN_SET;
	if (flags & FIN) return FIN_SET;
	if (flags & ACK) return ACK_SET;
	return NONE_SET;
}

export const NONE = 0;
export const SYN_SENT = 1;
export const SYN_RECV = 2;
export const ESTABLISHED = 3;
export const FIN_WAIT = 4;
export const CLOSE_WAIT = 5;
export const LAST_ACK = 6;
export const TIME_WAIT = 7;
export const CLOSE = 8;
export const SYN_SENT2 = 9;
/** No state: the segment is invalid here. */
export const INVALID = 10;
/** No state: let it pass and see what the other end says to it. */
export const IGNORE = 11;

const letters: Record<string, number> = {
	'--': INVALID,
	ig: IGNORE,
	SS: SYN_SENT,
	SR: SYN_RECV,
	ES: ESTABLISHED,
	FW: FIN_WAIT,
	CW: CLOSE_WAIT,
	LA: LAST_ACK,
	TW: TIME_WAIT,
	CL: CLOSE,
	S2: SYN_SENT2
};

function row(text: string): readonly number[] {
	return text.split(' ').map((cell) => letters[cell]!);
}

/** `TRANSITIONS[direction][kind][state]`. Columns: NONE SS SR ES FW CW LA TW CL S2. */
export const TRANSITIONS: readonly (readonly (readonly number[])[])[] = [
	[
		row('SS SS ig ig ig ig ig SS SS S2'),
		row('-- -- SR -- -- -- -- -- -- SR'),
		row('-- -- FW FW LA LA LA TW CL --'),
		row('ES -- ES ES CW CW TW TW CL --'),
		row('-- CL CL CL CL CL CL CL CL CL'),
		row('-- -- -- -- -- -- -- -- -- --')
	],
	[
		row('-- S2 -- -- -- -- -- SS -- S2'),
		row('-- SR ig ig ig ig ig ig ig SR'),
		row('-- -- FW FW LA LA LA TW CL --'),
		row('-- ig SR ES CW CW TW TW CL ig'),
		row('-- CL CL CL CL CL CL CL CL CL'),
		row('-- -- -- -- -- -- -- -- -- --')
	]
];

const URG = 32;
const VALID_FLAGS = new Set([
	SYN,
	SYN | URG,
	SYN | ACK,
	RST,
	RST | ACK,
	FIN | ACK,
	FIN | ACK | URG,
	ACK,
	ACK | URG
]);

/** Whether a segment may have these flags at all; PSH, ECE and CWR are always allowed. */
export function validFlags(flags: number): boolean {
	return VALID_FLAGS.has(flags & (FIN | SYN | RST | ACK | URG));
}

/** The flow is on its way out (`tcp_can_early_drop`). */
export function tcpIsClosing(state: number): boolean {
	return (
		state === FIN_WAIT ||
		state === LAST_ACK ||
		state === TIME_WAIT ||
		state === CLOSE ||
		state === CLOSE_WAIT
	);
}
