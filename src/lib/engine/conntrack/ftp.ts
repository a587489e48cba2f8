/**
 * The FTP helper (nf_conntrack_ftp.c, nf_nat_ftp.c): it reads PORT, EPRT and the answers to PASV
 * and EPSV (RFC 959, RFC 2428), expects the data connection they announce, and, where the
 * control connection is translated, writes the translated address into them.
 */
import type { Tcp } from '../packet';
import { formatAddress } from '../packet';
import type { Direction, Entry } from './entry';
import { tupleOf } from './entry';

/** Sequence numbers at which a line of the control connection begins, by direction. */
export interface FtpState {
	readonly lineStarts: readonly [readonly number[], readonly number[]];
}

export const FTP_START: FtpState = { lineStarts: [[], []] };
/** How many line beginnings are remembered in each direction (`NUM_SEQ_TO_REMEMBER`). */
const REMEMBERED = 2;
/** An expectation of the helper lives so long, in seconds. */
export const FTP_EXPECT_SECONDS = 300;

type Form = 'port' | 'eprt' | 'pasv' | 'epsv';

/** An announced data connection. */
export interface Announcement {
	readonly form: Form;
	readonly address: number;
	readonly port: number;
	/** Where in the payload the address and port are written. */
	readonly from: number;
	readonly length: number;
}

interface Numbers {
	readonly address: number;
	readonly port: number;
	readonly from: number;
	readonly length: number;
}

/** Four numbers as an address; what does not fit into a byte is in the next one, too. */
const addressOf = ([a, b, c, d]: readonly number[]): number =>
	((a! << 24) | (b! << 16) | (c! << 8) | d!) >>> 0;

/** `count` decimal numbers parted by `separator`; ends at `end`, or at anything when `end` is ''. */
function readNumbers(
	text: string,
	count: number,
	separator: string,
	end: string
): { values: number[]; length: number } | null {
	const values = [0];
	for (let i = 0; i < text.length; i++) {
		const c = text[i]!;
		const last = values.length - 1;
		if (c >= '0' && c <= '9') values[last] = (Math.imul(values[last]!, 10) + Number(c)) >>> 0;
		else if (c === separator && values.length < count) values.push(0);
		else return (c === end || end === '') && values.length === count ? { values, length: i } : null;
	}
	return null;
}

function readSix(text: string, end: string): Numbers | null {
	const found = readNumbers(text, 6, ',', end);
	if (!found) return null;
	const [high, low] = found.values.slice(4);
	return {
		address: addressOf(found.values),
		port: ((high! << 8) | low!) & 0xffff,
		from: 0,
		length: found.length
	};
}

function readPort(
	text: string,
	from: number,
	delimiter: string
): [port: number, end: number] | null {
	let port = 0;
	for (let i = from; i < text.length; i++) {
		const c = text[i]!;
		if (c === delimiter) return port === 0 ? null : [port, i + 1];
		if (c < '0' || c > '9') return null;
		port = (port * 10 + Number(c)) & 0xffff;
	}
	return null;
}

/** What may part the words of RFC 2428: a printable sign that is no digit. */
const PARTS = /^[!-/:-~]$/;

function readExtended(text: string): Numbers | null {
	const delimiter = text[0] ?? '';
	if (text.length <= 3 || !PARTS.test(delimiter) || text[2] !== delimiter || text[1] !== '1')
		return null;
	const address = readNumbers(text.slice(3), 4, '.', delimiter);
	if (!address) return null;
	const port = readPort(text, 3 + address.length + 1, delimiter);
	if (!port) return null;
	return {
		address: addressOf(address.values),
		port: port[0],
		from: 0,
		length: port[1]
	};
}

function readExtendedPassive(text: string, own: number): Numbers | null {
	const delimiter = text[0] ?? '';
	if (text.length <= 3 || text[1] !== delimiter || text[2] !== delimiter) return null;
	if (!PARTS.test(delimiter)) return null;
	const port = readPort(text, 3, delimiter);
	return port && { address: own, port: port[0], from: 0, length: port[1] };
}

interface Pattern {
	readonly form: Form;
	readonly word: string;
	/** What follows the word is passed over up to and with this. */
	readonly skip: string;
	read(text: string, own: number): Numbers | null;
}

const PATTERNS: readonly [readonly Pattern[], readonly Pattern[]] = [
	[
		{ form: 'port', word: 'PORT', skip: ' ', read: (text) => readSix(text, '\r') },
		{ form: 'eprt', word: 'EPRT', skip: ' ', read: (text) => readExtended(text) }
	],
	[
		{
			form: 'pasv',
			word: '227 ',
			skip: '',
			read: (text) => {
				const from = text.search(/[0-9]/);
				const found = from < 0 ? null : readSix(text.slice(from), '');
				return found && { ...found, from };
			}
		},
		{ form: 'epsv', word: '229 ', skip: '(', read: readExtendedPassive }
	]
];

/** What a line announces: nothing, something that cannot be read whole, or a connection. */
function search(text: string, direction: Direction, own: number): Announcement | 'partial' | null {
	for (const pattern of PATTERNS[direction]) {
		const { word, skip } = pattern;
		const start = text.slice(0, word.length).toUpperCase();
		if (text.length <= word.length) {
			if (word.startsWith(start)) return 'partial';
			continue;
		}
		if (start !== word) continue;
		let at = word.length;
		if (skip !== '') {
			while (at < text.length && text[at] !== skip) at++;
			if (at >= text.length - 1) return 'partial';
			at++;
		}
		const found = pattern.read(text.slice(at), own);
		if (!found) return 'partial';
		return { form: pattern.form, ...found, from: at + found.from };
	}
	return null;
}

export interface FtpReading {
	/** `drop`: an announcement cut in two, which could not be tracked. */
	readonly verdict: 'accept' | 'drop';
	readonly announcement: Announcement | null;
	readonly state: FtpState;
}

/** Read one segment of a control connection. */
export function readFtp(state: FtpState, entry: Entry, direction: Direction, tcp: Tcp): FtpReading {
	const length = tcp.payload.length;
	if (length === 0) return { verdict: 'accept', announcement: null, state };
	const next = afterLine(state, direction, tcp);
	// Only what stands at the beginning of a line is looked at, and only if that is known.
	if (!state.lineStarts[direction].includes(tcp.seq))
		return { verdict: 'accept', announcement: null, state: next };
	const text = String.fromCharCode(...tcp.payload);
	const found = search(text, direction, tupleOf(entry, direction).src);
	if (found === 'partial') return { verdict: 'drop', announcement: null, state };
	return { verdict: 'accept', announcement: found, state: next };
}

/** A segment that ends in a newline tells where the next line begins (`update_nl_seq`). */
function afterLine(state: FtpState, direction: Direction, tcp: Tcp): FtpState {
	const { payload } = tcp;
	if (payload[payload.length - 1] !== 10) return state;
	const at = (tcp.seq + payload.length) >>> 0;
	const known = state.lineStarts[direction];
	if (known.includes(at)) return state;
	let starts: number[];
	if (known.length < REMEMBERED) starts = [...known, at];
	else {
		// The older of the two gives way, unless the new one is older still.
		const older = ((known[0]! - known[1]!) | 0) < 0 ? 0 : 1;
		if (((at - known[older]!) | 0) <= 0) return state;
		starts = known.map((one, i) => (i === older ? at : one));
	}
	return {
		lineStarts: direction === 0 ? [starts, state.lineStarts[1]] : [state.lineStarts[0], starts]
	};
}

/** The announcement written anew for a translated address (`nf_nat_ftp_fmt_cmd`). */
export function writeAnnouncement(form: Form, address: number, port: number): string {
	switch (form) {
		case 'port':
		case 'pasv':
			return `${formatAddress(address).replaceAll('.', ',')},${port >> 8},${port & 255}`;
		case 'eprt':
			return `|1|${formatAddress(address)}|${port}|`;
		case 'epsv':
			return `|||${port}|`;
	}
}
