/** What the view of the TCP tracker says, in English. Keys of `rules` are `FROM>TO`. */
import type { TcpStateName } from '$lib/engine';
import type { SegmentKind } from '../model/tcp-machine';

const WAY = ['original', 'reply'] as const;
const REUSED =
	'A new SYN with the same addresses and ports: a new connection. The old entry is deleted, and another one is made.';

/** Whatever state a RST meets. */
const RESET = 'A RST: the connection is over at once.';

export const en = {
	comma: ', ',
	colon: ': ',
	region: 'TCP machine',
	entry: (id: number) => `entry #${id}`,
	nothing: 'No packet has come to connection tracking on this host yet.',
	other: (name: string) =>
		`The last packet (${name}) is not TCP. In connection tracking only TCP has windows. SCTP has states of its own, which are not drawn here; other protocols have timeouts alone.`,
	untracked:
		'The last packet was kept out of connection tracking, so no state and no window changes.',
	gone: (id: number) => `Entry #${id} is gone: there is no state any more.`,
	/** The segment in words. */
	segment: (kind: SegmentKind, direction: 0 | 1) => `${kind} in the ${WAY[direction]} direction`,
	states: {
		NONE: 'nothing seen yet',
		SYN_SENT: 'a SYN has been seen',
		SYN_RECV: 'SYN and SYN/ACK have been seen',
		ESTABLISHED: 'the handshake is complete',
		FIN_WAIT: 'a FIN has been seen',
		CLOSE_WAIT: 'an ACK has been seen after the FIN',
		LAST_ACK: 'a second FIN has been seen',
		TIME_WAIT: 'the last ACK has been seen',
		CLOSE: 'a RST has been seen',
		SYN_SENT2: 'SYNs have been seen from both ends'
	} satisfies Record<TcpStateName, string> as Record<TcpStateName, string>,
	rules: {
		'NONE>SYN_SENT': 'The first SYN. The tracker now waits for an answer.',
		'NONE>ESTABLISHED':
			'An ACK that no SYN came before: the connection is picked up midway (nf_conntrack_tcp_loose), and the windows are learnt from what passes.',
		'SYN_SENT>SYN_SENT2': 'The other end sends a SYN of its own: both ends open at once.',
		'SYN_SENT>SYN_RECV': 'The SYN is answered. The third part of the handshake is still missing.',
		'SYN_SENT2>SYN_RECV': 'One end has answered the SYN of the other.',
		'SYN_RECV>ESTABLISHED': 'The ACK that completes the handshake.',
		'SYN_RECV>FIN_WAIT': 'A FIN right after the handshake: one end has nothing more to send.',
		'ESTABLISHED>FIN_WAIT': 'A FIN: one end has nothing more to send.',
		'FIN_WAIT>CLOSE_WAIT': 'An ACK after the FIN. The other end may still send.',
		'FIN_WAIT>LAST_ACK': 'A second FIN, before any ACK to the first. Only the last ACK is missing.',
		'CLOSE_WAIT>LAST_ACK': 'A second FIN. Only the last ACK is missing.',
		'LAST_ACK>TIME_WAIT': 'The last ACK. The entry stays a while, for segments that are late.',
		'TIME_WAIT>SYN_SENT': REUSED,
		'CLOSE>SYN_SENT': REUSED,
		'SYN_SENT>CLOSE': 'A RST refuses the connection.',
		'SYN_RECV>CLOSE': RESET,
		'ESTABLISHED>CLOSE': RESET,
		'FIN_WAIT>CLOSE': RESET,
		'CLOSE_WAIT>CLOSE': RESET,
		'LAST_ACK>CLOSE': RESET,
		'TIME_WAIT>CLOSE': RESET,
		'SYN_SENT2>CLOSE': RESET
	} as Readonly<Record<string, string>>,
	/** A transition that the table does not have. */
	followed:
		'The answer to a SYN that had been let pass: both ends agree on a new connection, so the tracker follows them.',
	stayed: 'The state stays. The segment moves the windows and renews the time that is left.',
	repeated: 'The SYN comes again. The state stays, and the time that is left is not renewed.',
	ignored: (reason: string) =>
		`Let pass without any effect: ${reason}. Whether the other end takes it, its answer will tell.`,
	invalid: (reason: string) =>
		`INVALID: ${reason}. The entry stays as it was, and the segment goes on without it, untranslated.`,
	refused: (reason: string) => `INVALID: ${reason}. There is no entry, and none is made.`,
	closeHint: 'a RST leads here',
	seconds: (count: number) => `${count} s`,
	days: (count: number) => `${count} d`,
	next: (state: string) => `From ${state}`,
	nextLead: 'What each segment would do now',
	kind: 'Segment',
	invalidCell: 'INVALID',
	ignoredCell: 'let pass',
	staysCell: 'stays',
	windows: 'Windows',
	windowOf: (direction: 0 | 1) => `Sent in the ${WAY[direction]} direction`,
	unheard: 'Nothing has been heard from this end yet.',
	sent: 'sent',
	open: 'may be sent',
	inside: 'in the window',
	outside: 'outside the window',
	segmentAt: (from: number, to: number) =>
		from === to ? `segment at ${from}, without data` : `segment ${from} up to ${to}`,
	ackAt: (ack: number) => `the other end acknowledges up to ${ack}`,
	ackOutside: 'more than was sent, or long past',
	ends: { end: 'sent so far', maxEnd: 'allowed so far', maxWindow: 'largest window it offered' },
	scale: 'Distances from td_end in bytes, on a logarithmic scale.'
};

export type TcpWords = typeof en;
