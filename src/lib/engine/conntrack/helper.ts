/**
 * Helpers read a flow's data for the flows it announces (`nf_confirm` calls them before a packet
 * leaves). FTP's is the one there is.
 */
import type { Walk } from '../host/walk';
import { transportLength } from '../packet';
import type { Packet, Tcp } from '../packet';
import type { Entry } from './entry';
import { IPS_DYING, IPS_NAT_MASK, IPS_SEQ_ADJUST, ORIGINAL, REPLY, tupleOf } from './entry';
import type { Expectation } from './expectation';
import { clash } from './expectation';
import type { Announcement } from './ftp';
import { FTP_EXPECT_SECONDS, FTP_START, readFtp, writeAnnouncement } from './ftp';

/** Names that `ct helper` and `-j CT --helper` may give. */
export const HELPERS: readonly string[] = ['ftp'];

/** Let the entry's helper look at the packet that is about to leave. */
export function runHelper(walk: Walk, entry: Entry): 'accept' | 'drop' {
	const { packet, journal } = walk;
	if (entry.helper !== 'ftp' || packet.l4.kind !== 'tcp') return 'accept';
	if (walk.relation !== 'established') return 'accept';
	const tcp = packet.l4;
	// It is read in one piece (`skb_linearize`).
	walk.makeWritable(transportLength(tcp));
	const reading = readFtp(entry.ftp ?? FTP_START, entry, walk.direction, tcp);
	if (reading.verdict === 'drop') return 'drop';
	const { announcement } = reading;
	const expected = announcement === null || expect(walk, entry, announcement, tcp);
	journal.set(entry, 'ftp', reading.state);
	return expected ? 'accept' : 'drop';
}

/** Ports that are tried one after the other where the announced one is waited for already. */
const ATTEMPTS = 128;

/** Expect the announced connection; `false` when it cannot be. */
function expect(walk: Walk, entry: Entry, announced: Announcement, tcp: Tcp): boolean {
	const own = tupleOf(entry, walk.direction);
	const otherWay = walk.direction === ORIGINAL ? REPLY : ORIGINAL;
	const other = tupleOf(entry, otherWay);
	// An address that is not the speaker's own might open a hole to somebody else (`loose`).
	if (announced.address !== own.src) return true;
	const translated = (entry.status & IPS_NAT_MASK) !== 0;
	const expectation: Expectation = {
		id: walk.world.nextEntryId(),
		tuple: {
			src: other.src,
			dst: other.dst,
			protocol: own.protocol,
			sport: 0,
			dport: announced.port
		},
		mask: { src: 0xffffffff, dst: 0xffffffff, protocol: 0xff, sport: 0, dport: 0xffff },
		master: entry,
		helper: 'ftp',
		direction: translated ? otherWay : ORIGINAL,
		permanent: false,
		timeout: walk.now + FTP_EXPECT_SECONDS * 1000,
		saved: translated ? { address: own.src, port: announced.port } : null
	};
	if (!translated) return relate(walk, expectation);
	const port = findPort(walk, expectation);
	// Port 0 is what the search for a free one gives when there is none.
	if (port === 0) return false;
	mangle(walk, entry, announced, writeAnnouncement(announced.form, other.dst, port), tcp);
	return true;
}

/**
 * Begin to wait, unless a flow of another master could be waited for twice (`nf_ct_expect_related`).
 *
 * @returns whether it could be done
 */
function relate({ host, journal }: Walk, expectation: Expectation): boolean {
	const { expectations } = host.conntrack;
	const { master } = expectation;
	// With the last packet of a deleted entry goes what was expected of it (`nf_ct_remove_expectations`).
	if (master.status & IPS_DYING) return true;
	if (expectations.some((one) => one.master !== master && clash(one, expectation))) return false;
	// One expectation at a time for a flow: the older gives way (`max_expected`).
	const older = expectations.findIndex((one) => one.master === master);
	if (older >= 0) journal.removeAt(expectations, older);
	journal.push(expectations, expectation);
	return true;
}

/** The announced port, or another that is not waited for (`nf_nat_exp_find_port`); 0 where none was found. */
function findPort(walk: Walk, expectation: Expectation): number {
	const { tuple } = expectation;
	const range = 0xffff - tuple.dport;
	for (let port = tuple.dport, left = Math.min(range, ATTEMPTS); ;) {
		if (relate(walk, { ...expectation, tuple: { ...tuple, dport: port } })) return port;
		if (--left < 0) return 0;
		port = tuple.dport + (walk.world.random() % range);
	}
}

/** Write other bytes into a segment, and remember by how much it grew (`nf_nat_mangle_tcp_packet`). */
function mangle(walk: Walk, entry: Entry, place: Announcement, text: string, tcp: Tcp): void {
	const { journal, packet, direction } = walk;
	const written = Uint8Array.from(text, (c) => c.charCodeAt(0));
	const grown = written.length - place.length;
	const payload = new Uint8Array(tcp.payload.length + grown);
	payload.set(tcp.payload.subarray(0, place.from));
	payload.set(written, place.from);
	payload.set(tcp.payload.subarray(place.from + place.length), place.from + written.length);
	const after: Packet = { ip: packet.ip, l4: { ...tcp, payload } };
	journal.set(walk, 'packet', after);
	if (grown === 0) return;
	const old = entry.shifts[direction] ?? { position: 0, before: 0, after: 0 };
	if (old.before !== old.after && ((old.position - tcp.seq) | 0) >= 0) return;
	const shift = { position: tcp.seq, before: old.after, after: old.after + grown };
	journal.set(
		entry,
		'shifts',
		direction === ORIGINAL ? [shift, entry.shifts[1]] : [entry.shifts[0], shift]
	);
	journal.set(entry, 'status', entry.status | IPS_SEQ_ADJUST);
}
