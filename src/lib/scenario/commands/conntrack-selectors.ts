/** Which entries the options of the `conntrack` command choose. */
import type { Entry } from '../../engine';
import {
	IPS_ASSURED,
	IPS_DST_NAT_DONE,
	IPS_EXPECTED,
	IPS_FIXED_TIMEOUT,
	IPS_SEEN_REPLY,
	IPS_SRC_NAT_DONE,
	SCTP,
	SCTP_STATES,
	TCP_STATES,
	inPrefix,
	maskOf,
	parseAddress,
	parseLooseAddress
} from '../../engine';
import { protocolNumber } from './conntrack-words';
import type { ConntrackRequest } from './conntrack-words';

type Test = (entry: Entry) => boolean;

/** Options that choose entries: for each, the test it stands for, or a word on what is wrong. */
export function selectors(request: ConntrackRequest): Test[] | string {
	const tests: Test[] = [];
	const { command, options } = request;
	for (const [key, value] of options) {
		const test = selector(key, value ?? '', value === null, command, options);
		if (typeof test === 'string') return test;
		if (test) tests.push(test);
	}
	return tests;
}

/**
 * As strtoul(3) reads it: what follows the digits is left out, and no digits are 0.
 *
 * @param base 10, or 0 where octal and hexadecimal numbers are known by how they begin
 */
export function readNumber(text: string, base: 0 | 10 = 0): number {
	if (base === 10) return parseInt(text, 10) || 0;
	const [, hex, octal, decimal] = /^(?:0[xX]([0-9a-fA-F]+)|(0[0-7]*)|(\d+))/.exec(text) ?? [];
	const number = hex ? parseInt(hex, 16) : octal ? parseInt(octal, 8) : Number(decimal ?? 0);
	return Math.min(number, 0xffffffff);
}

/** `VALUE[/MASK]`. */
export function readMark(text: string): { readonly mark: number; readonly mask: number | null } {
	const [mark = '', mask] = text.split('/');
	return { mark: readNumber(mark), mask: mask === undefined ? null : readNumber(mask) };
}

function byAddress(
	text: string,
	pick: (entry: Entry) => number,
	bare = false,
	always: Test = () => true
): Test | string {
	if (bare) return always;
	const [head = '', tail, ...rest] = text.split('/');
	const address = parseLooseAddress(head);
	if (address === null || rest.length > 0) return `Invalid IP address \`${text}'`;
	const length = tail === undefined ? 32 : /^\d{1,2}$/.test(tail) ? Number(tail) : 33;
	if (length > 32) return 'Invalid netmask';
	const prefix = { network: (address & maskOf(length)) >>> 0, length };
	return (entry) => always(entry) && inPrefix(pick(entry), prefix);
}

/** An address to which one end was translated, with or without `:port`. */
function byEnd(
	text: string,
	pick: (entry: Entry) => readonly [address: number, port: number],
	bare: boolean,
	always: Test,
	moved: Test
): Test | string {
	if (bare) return always;
	const [address = '', port] = text.split(':');
	// An address is held against those that were translated, not against a port that was.
	const test = byAddress(address, (entry) => pick(entry)[0], false, moved);
	if (typeof test === 'string' || port === undefined) return test;
	if (port === '') return "No port specified after `:'";
	if (!/^\d+$/.test(port) || Number(port) > 0xffff) return `Invalid port \`${port}'`;
	return (entry) => test(entry) && pick(entry)[1] === Number(port);
}

/** The command knows no name for HEARTBEAT_SENT; what it does not know, it breaks down at. */
function sctpState(name: string, command: string): Test | string | null {
	if (name === 'HEARTBEAT_SENT' || !(SCTP_STATES as readonly string[]).includes(name))
		return `unknown SCTP state \`${name}'`;
	return command === '-U' ? null : (e) => e.sctp?.state === name;
}

function selector(
	key: string,
	value: string,
	bare: boolean,
	command: string,
	options: ConntrackRequest['options']
): Test | string | null {
	const number = readNumber(value, 10) & 0xffff;
	const zone = readNumber(value) & 0xffff;
	switch (key) {
		case '-p': {
			const protocol = protocolNumber(value);
			if (protocol === null) return `\`${value}' unsupported protocol`;
			return (e) => e.original.protocol === protocol;
		}
		case '-s':
			return byAddress(masked(value, options.get('--mask-src')), (e) => e.original.src);
		case '-d':
			return byAddress(masked(value, options.get('--mask-dst')), (e) => e.original.dst);
		case '-r':
			return byAddress(value, (e) => e.reply.src);
		case '-q':
			return byAddress(value, (e) => e.reply.dst);
		case '-n':
			return byEnd(
				value,
				(e) => [e.reply.dst, e.reply.dport],
				bare,
				isSourceTranslated,
				(e) => e.reply.dst !== e.original.src
			);
		case '-g':
			return byEnd(
				value,
				(e) => [e.reply.src, e.reply.sport],
				bare,
				isDestinationTranslated,
				(e) => e.reply.src !== e.original.dst
			);
		case '-j': {
			const source = selector('-n', value, bare, command, options) as Test | string;
			const target = selector('-g', value, bare, command, options) as Test | string;
			if (typeof source === 'string') return source;
			if (typeof target === 'string') return target;
			return (e) => source(e) || target(e);
		}
		case '--orig-port-src':
			return (e) => e.original.sport === number;
		case '--orig-port-dst':
			return (e) => e.original.dport === number;
		case '--reply-port-src':
			return (e) => e.reply.sport === number;
		case '--reply-port-dst':
			return (e) => e.reply.dport === number;
		case '--icmp-type':
			return (e) => e.original.dport >> 8 === number;
		case '--icmp-code':
			return (e) => (e.original.dport & 255) === number;
		case '--icmp-id':
			return (e) => e.original.sport === number;
		case '--state': {
			if (protocolNumber(options.get('-p') ?? '') === SCTP) return sctpState(value, command);
			// The command has a name of old for the last one, too (`TCP_CONNTRACK_LISTEN`).
			const name = value === 'LISTEN' ? 'SYN_SENT2' : value;
			const state = (TCP_STATES as readonly string[]).indexOf(name);
			if (state < 0) return `unknown TCP state \`${value}'`;
			return command === '-U' ? null : (e) => e.tcp?.state === state;
		}
		case '-m': {
			if (command === '-U' || command === '-I') return null;
			const { mark, mask } = readMark(value);
			return (e) => (e.mark & (mask ?? 0xffffffff)) >>> 0 === mark;
		}
		case '-u': {
			const wanted = statusBits(value);
			if (typeof wanted === 'string') return wanted;
			if (command === '-U' || command === '-I') return null;
			// Deleting is done by the command's own comparison, which knows no bit that is not set.
			const unset = command === '-D' ? 0 : wanted.unset;
			return (e) => (e.status & wanted.set) === wanted.set && (e.status & unset) === 0;
		}
		case '-w':
			return (e) => (e.zone.direction === 'both' ? e.zone.id : 0) === zone;
		case '--orig-zone':
			return (e) => (e.zone.direction === 'original' ? e.zone.id : 0) === zone;
		case '--reply-zone':
			return (e) => (e.zone.direction === 'reply' ? e.zone.id : 0) === zone;
		case '-f':
			if (value !== 'ipv4' && value !== 'ipv6') return `Unknown family \`${value}'`;
			return value === 'ipv4' ? null : () => false;
		case '--mask-src':
		case '--mask-dst':
		case '-t':
		case '-o':
		case '-z':
			return null;
		default:
			return `unknown option \`${key}'`;
	}
}

/** An address with the mask that another option gives. */
function masked(address: string, mask: string | null | undefined): string {
	if (mask === undefined || mask === null) return address;
	const bits = parseAddress(mask);
	for (let length = 0; length <= 32; length++)
		if (bits === maskOf(length)) return `${address}/${length}`;
	return `${address}/${mask}`;
}

/**
 * What the command takes for source translation (libnetfilter_conntrack, NFCT_GOPT_IS_SNAT and
 * IS_SPAT): it compares ports even where a protocol has none, so that an ICMP query's id is held
 * against the type and code of its reply, and nearly every one of them counts.
 */
function isSourceTranslated({ status, original, reply }: Entry): boolean {
	return (
		(status & IPS_SRC_NAT_DONE) !== 0 &&
		(reply.dst !== original.src || reply.dport !== original.sport)
	);
}

function isDestinationTranslated({ status, original, reply }: Entry): boolean {
	return (
		(status & IPS_DST_NAT_DONE) !== 0 &&
		(reply.src !== original.dst || reply.sport !== original.dport)
	);
}

/** Flows in a flowtable: there are none. */
const OFFLOAD = 1 << 14;

/** Status bits that must be set, and that must not; a string says what is wrong. */
export function statusBits(text: string): { set: number; unset: number } | string {
	let set = 0;
	let unset = 0;
	for (const one of text.toUpperCase().split(',')) {
		if (one === 'ASSURED') set |= IPS_ASSURED;
		else if (one === 'SEEN_REPLY') set |= IPS_SEEN_REPLY;
		else if (one === 'UNREPLIED') unset |= IPS_SEEN_REPLY;
		else if (one === 'FIXED_TIMEOUT') set |= IPS_FIXED_TIMEOUT;
		else if (one === 'EXPECTED') set |= IPS_EXPECTED;
		else if (one === 'OFFLOAD') set |= OFFLOAD;
		else if (one !== 'UNSET') return `Bad parameter \`${text}'`;
	}
	return { set, unset };
}
