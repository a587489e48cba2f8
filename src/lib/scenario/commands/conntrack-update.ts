/** `conntrack -U`: what it changes in an entry. */
import type { Entry, Host, TcpTracking } from '../../engine';
import { BE_LIBERAL, SACK_PERM, TCP } from '../../engine';
import { readMark, readNumber, statusBits } from './conntrack-selectors';
import { protocolNumber } from './conntrack-words';
import type { ConntrackRequest } from './conntrack-words';

/** Options out of which the command knows the family it speaks of. */
export const FAMILY = ['-s', '-d', '-r', '-q', '-f'];

/** Whether `conntrack -U` has anything to change in an entry; a timeout always counts. */
export function changes(entry: Entry, options: ConntrackRequest['options']): boolean {
	if (options.has('-t')) return true;
	const mark = options.get('-m');
	if (mark && newMark(entry, mark) !== entry.mark) return true;
	const bits = statusBits(options.get('-u') ?? 'UNSET');
	return typeof bits !== 'string' && (entry.status & bits.set) !== bits.set;
}

function newMark(entry: Entry, text: string): number {
	const { mark, mask } = readMark(text);
	const kept = mask === null ? 0 : entry.mark & ~mask;
	return (kept ^ mark) >>> 0;
}

/** `conntrack -U`: mark, timeout and status of the chosen entries. */
export function update(
	host: Host,
	entry: Entry,
	options: ConntrackRequest['options'],
	now: number
): void {
	const { journal, conntrack } = host;
	const mark = options.get('-m');
	if (mark) journal.set(entry, 'mark', newMark(entry, mark));
	const timeout = options.get('-t');
	if (timeout !== undefined && timeout !== null)
		journal.set(entry, 'timeout', now + readNumber(timeout, 10) * 1000);
	const status = options.get('-u');
	if (status !== undefined && status !== null) {
		const bits = statusBits(status);
		if (typeof bits !== 'string') journal.set(entry, 'status', entry.status | bits.set);
	}
	if (entry.tcp && protocolNumber(options.get('-p') ?? '') === TCP)
		journal.set(entry, 'tcp', withoutWindow(entry.tcp));
	conntrack.tellUpdate(entry, now);
}

/**
 * Where it is told the protocol, the command has the kernel look at neither end's window from now on: it sends flags for
 * both (`nlattr_to_tcp`).
 */
function withoutWindow(tcp: TcpTracking): TcpTracking {
	const flags = BE_LIBERAL | SACK_PERM;
	const { original, reply } = tcp;
	return {
		...tcp,
		original: { ...original, flags: original.flags | flags },
		reply: { ...reply, flags: reply.flags | flags }
	};
}
