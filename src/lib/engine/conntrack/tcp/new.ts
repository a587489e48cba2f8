/** The tracking that a flow's first segment begins (`tcp_new`). */
import type { Tcp } from '../../packet';
import { ORIGINAL } from '../entry';
import type { ConntrackSettings } from '../settings';
import { segmentEnd } from './bounds';
import type { TcpDraft, TcpEndDraft } from './draft';
import { readOptions } from './options';
import { BE_LIBERAL, SACK_PERM } from './state';
import { INVALID, NONE, NONE_SET, SYN_SENT, TRANSITIONS, segmentKind } from './transitions';

/**
 * The tracking before its first segment is judged; a string says why none is made. A flow picked
 * up midway (`nf_conntrack_tcp_loose`) is tracked liberally: its window scales were never seen.
 */
export function tcpNew(tcp: Tcp, settings: ConntrackSettings): TcpDraft | string {
	const state = TRANSITIONS[ORIGINAL]![segmentKind(tcp.flags)]![NONE]!;
	if (state === INVALID) return 'no connection can begin with this segment';
	const end = segmentEnd(tcp);
	const maxWindow = tcp.window || 1;
	let first: TcpEndDraft;
	const second: TcpEndDraft = { end: 0, maxEnd: 0, maxWindow: 0, maxAck: 0, scale: 0, flags: 0 };
	if (state === SYN_SENT) {
		first = { end, maxEnd: end, maxWindow, maxAck: 0, scale: 0, flags: 0 };
		readOptions(tcp, first);
	} else if (!settings.tcpLoose) {
		return 'nf_conntrack_tcp_loose is 0: no connection is picked up midway';
	} else {
		const flags = SACK_PERM | BE_LIBERAL;
		first = { end, maxEnd: (end + maxWindow) | 0, maxWindow, maxAck: 0, scale: 0, flags };
		second.flags = flags;
	}
	return {
		state: NONE,
		original: first,
		reply: second,
		lastDir: ORIGINAL,
		lastIndex: NONE_SET,
		lastSeq: 0,
		lastAck: 0,
		lastEnd: 0,
		lastWindow: 0,
		lastScale: 0,
		lastFlags: 0,
		retransmissions: 0
	};
}
