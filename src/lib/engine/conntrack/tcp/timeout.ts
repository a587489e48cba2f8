/** How long a TCP flow's entry lives on after a segment. */
import type { Direction, Entry } from '../entry';
import { IPS_ASSURED, IPS_FIXED_TIMEOUT } from '../entry';
import type { ConntrackSettings } from '../settings';
import type { TcpDraft } from './draft';
import { DATA_UNACKNOWLEDGED } from './state';
import { CLOSE, FIN_SET, RST_SET } from './transitions';

/** Lifetime in seconds after an accepted segment (the choice in `nf_conntrack_tcp_packet`). */
export function timeoutAfter(
	draft: TcpDraft,
	kind: number,
	state: number,
	settings: ConntrackSettings
): number {
	const t = settings.tcpTimeouts;
	const normal = t.byState[state]!;
	if (draft.retransmissions >= settings.tcpMaxRetrans && normal > t.maxRetrans) return t.maxRetrans;
	if (kind === RST_SET) return t.byState[CLOSE]!;
	if ((draft.original.flags | draft.reply.flags) & DATA_UNACKNOWLEDGED && normal > t.unacknowledged)
		return t.unacknowledged;
	if (draft.lastWindow === 0 && normal > t.maxRetrans) return t.maxRetrans;
	return normal;
}

/** An entry with less than this left, in seconds, is not shortened any more. */
const SHORT_ALREADY = 120;

/**
 * A FIN or RST outside the window (`nf_tcp_handle_invalid`): when both ends sent one, the entry
 * need not be kept for days.
 *
 * @param remaining seconds the entry has left
 * @returns the new lifetime in seconds, or `null` to leave it
 */
export function timeoutAfterInvalid(
	draft: TcpDraft,
	entry: Entry,
	direction: Direction,
	kind: number,
	settings: ConntrackSettings,
	remaining: number
): number | null {
	if (!(entry.status & IPS_ASSURED) || entry.status & IPS_FIXED_TIMEOUT) return null;
	if (kind !== RST_SET && kind !== FIN_SET) return null;
	if (draft.lastDir !== direction && (draft.lastIndex === FIN_SET || draft.lastIndex === RST_SET)) {
		const limit = settings.tcpTimeouts.unacknowledged;
		return remaining >= SHORT_ALREADY && remaining > limit ? limit : null;
	}
	draft.lastIndex = kind;
	draft.lastDir = direction;
	return null;
}
