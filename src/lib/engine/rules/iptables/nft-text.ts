/**
 * How `nft list` shows what iptables put into a table. The matches and targets that iptables-nft
 * writes as its own (`xt`) are shown by iptables' translation of them (`libxtables`, `xlate`),
 * whatever statements they are made of here.
 */
import { formatAddress } from '../../packet';
import type { Statement } from '../ruleset';
import type { RuleHead } from './extension';
import type { AddrtypeMatch, TypeList } from './matches/addrtype';
import type { ConntrackMatch, Numbers, StateMatch } from './matches/conntrack';
import type { HashlimitMatch } from './matches/hashlimit';
import type { IcmpMatch } from './matches/icmp';
import type { AddressRangeMatch, IprangeMatch } from './matches/iprange';
import type { MarkMatch } from './matches/mark';
import type { MultiportMatch } from './matches/multiport';
import type { PortMatch, TcpMatch } from './matches/ports';
import { chunksInNft, type SctpMatch } from './matches/sctp';
import type { StatisticMatch } from './matches/statistic';
import type { TcpmssMatch } from './matches/tcpmss';
import { ICMP_TYPES, TCP_FLAG_LIST, protocolName } from './names';
import type { AddressMatch } from './rule';
import type { LogOptions } from './targets/log';
import type { ConnmarkOptions, MarkOptions } from './targets/mark';
import type { NatOptions } from './targets/nat';
import type { RejectOptions } from './targets/reject';
import type { TcpmssOptions } from './targets/tcpmss';
import { meterText } from './nft-meter';
import { hex, maskText, not, range } from './text';

const texts = new WeakMap<Statement, string>();

/**
 * The text that stands for the statement in `nft list`: '' for one that is part of the one
 * before; `undefined` for one that is shown as any other.
 */
export function nftTextOf(statement: Statement): string | undefined {
	return texts.get(statement);
}

/** Give the statements of one match or target the text they are shown as. */
export function showAs(statements: readonly Statement[], text: string | null): void {
	if (text === null) return;
	statements.forEach((statement, i) => texts.set(statement, i === 0 ? text : ''));
}

const list = (items: readonly string[]): string =>
	items.length === 1 ? items[0]! : `{ ${items.join(', ')} }`;

/** Text of a match; `null` where nft shows its statements themselves. */
export function matchText(name: string, options: unknown, head: RuleHead): string | null {
	switch (name) {
		case 'tcp':
			return isOld(options as TcpMatch) ? oldTcp(options as TcpMatch) : null;
		case 'udp': {
			const { source, destination } = options as TcpMatch;
			return source || destination ? null : '';
		}
		case 'sctp':
			return sctp(options as SctpMatch);
		case 'mark':
		case 'limit':
		case 'comment':
			return null;
		case 'icmp':
			return icmp(options as IcmpMatch);
		case 'conntrack':
			return conntrack(options as ConntrackMatch);
		case 'state':
			return conntrack({ state: options as StateMatch });
		case 'multiport':
			return multiport(options as MultiportMatch, head);
		case 'connmark': {
			const { value, mask, negated } = options as MarkMatch;
			if (mask !== 0xffffffff)
				return `ct mark and ${hex(mask)} ${negated ? '!=' : '=='} ${hex(value)}`;
			return `ct mark ${not(negated)}${hex(value)}`;
		}
		case 'addrtype':
			return addrtype(options as AddrtypeMatch);
		case 'iprange':
			return iprange(options as IprangeMatch);
		case 'statistic':
			return statistic(options as StatisticMatch);
		case 'hashlimit':
			return meterText(options as HashlimitMatch);
		case 'tcpmss': {
			const match = options as TcpmssMatch;
			return `tcp option maxseg size ${not(match.negated)}${range(match)}`;
		}
		default:
			return `xt match ${name}`;
	}
}

function isOld({ option, source, destination, flags }: TcpMatch): boolean {
	return option !== undefined || (!source && !destination && !flags);
}

function flagNames(bits: number): string {
	return TCP_FLAG_LIST.filter(([, bit]) => bits & bit)
		.map(([name]) => name.toLowerCase())
		.join(',');
}

function oldTcp({ source, destination, flags, option }: TcpMatch): string {
	const parts: string[] = [];
	const port = (name: string, match: PortMatch | undefined): void => {
		if (match) parts.push(`tcp ${name} ${not(match.negated)}${range(match)}`);
	};
	port('sport', source);
	port('dport', destination);
	if (option) parts.push(`tcp option ${option.kind} ${option.negated ? 'missing' : 'exists'}`);
	if (flags)
		parts.push(
			`tcp flags ${not(flags.negated)}${flagNames(flags.compare)} / ${flagNames(flags.mask)}`
		);
	return parts.join(' ');
}

function sctp({ source, destination, chunks }: SctpMatch): string {
	const asked = chunks && chunksInNft(chunks);
	if (asked === null || (!source && !destination && !chunks)) return 'xt match sctp';
	const port = (name: string, match: PortMatch | undefined): string[] =>
		match ? [`sctp ${name} ${not(match.negated)}${range(match)}`] : [];
	return [...port('sport', source), ...port('dport', destination), ...(asked ? [asked] : [])].join(
		' '
	);
}

/** Types that nft has a name for and iptables translates. */
const SHOWN_TYPES = [0, 3, 4, 5, 8, 9, 10, 11, 12, 13, 14, 17, 18];

function icmp({ type, codes, negated }: IcmpMatch): string {
	if (type === 255) return 'ip protocol icmp';
	const all = codes[0] === 0 && codes[1] === 255;
	if (!all || !SHOWN_TYPES.includes(type)) return 'xt match icmp';
	const name = ICMP_TYPES.find((entry) => entry.type === type && entry.code === null)!.name;
	return `icmp type ${not(negated)}${name}`;
}

const ORDER = ['invalid', 'new', 'related', 'established', 'untracked'];

function conntrack(match: ConntrackMatch): string {
	const parts: string[] = [];
	if (match.direction) parts.push(`ct direction ${match.direction.toLowerCase()}`);
	if (match.protocol)
		parts.push(`ct original protocol ${not(match.protocol.negated)}${match.protocol.number}`);
	if (match.state) {
		const { names, negated } = match.state;
		const lower = names.map((name) => name.toLowerCase());
		// With NAT asked for, the translation says that alone.
		const nat = lower.find((name) => name === 'snat' || name === 'dnat');
		const states = ORDER.filter((name) => lower.includes(name)).join(',');
		parts.push(
			nat ? `ct status ${negated ? '! ' : ''}${nat}` : `ct state ${negated ? '! ' : ''}${states}`
		);
	}
	if (match.status) {
		const { names, negated } = match.status;
		const texts = names
			.filter((name) => name !== 'NONE')
			.map((name) => name.toLowerCase().replace('_', '-'));
		parts.push(`ct status ${negated ? '! ' : ''}${texts.join(',')}`.trimEnd());
	}
	if (match.expires)
		parts.push(`ct expiration ${not(match.expires.negated)}${range(match.expires)}`);
	const address = (name: string, asked: AddressMatch | undefined): void => {
		if (!asked) return;
		const mask = maskText(asked.mask);
		const length = mask === '/32' || mask.includes('.') ? '' : mask;
		parts.push(`ct ${name} ${not(asked.negated)}${formatAddress(asked.address)}${length}`);
	};
	address('original saddr', match.originalSource);
	address('original daddr', match.originalDestination);
	address('reply saddr', match.replySource);
	address('reply daddr', match.replyDestination);
	const port = (name: string, asked: Numbers | undefined): void => {
		if (asked) parts.push(`ct ${name} ${not(asked.negated)}${range(asked)}`);
	};
	port('original proto-src', match.originalSourcePort);
	port('original proto-dst', match.originalDestinationPort);
	port('reply proto-src', match.replySourcePort);
	port('reply proto-dst', match.replyDestinationPort);
	return parts.join(' ');
}

function multiport({ which, ports, negated }: MultiportMatch, head: RuleHead): string {
	const protocol = protocolName(head.protocol?.number ?? 6);
	if (which !== 'ports')
		return `${protocol} ${which.slice(0, -1)} ${not(negated)}${list(ports.map(range))}`;
	// The translation goes by the ends of a range, not by the range.
	const both = ports
		.flatMap(({ from, to }) => (from === to ? [from] : [from, to]))
		.flatMap((port) => [`0-65535 . ${port}`, `${port} . 0-65535`]);
	return `${protocol} sport . ${protocol} dport ${not(negated)}{ ${both.join(', ')} }`;
}

function addrtype({ source, destination, limit }: AddrtypeMatch): string {
	// Of two, the translation gives the first.
	const [select, asked] = source ? ['saddr', source] : ['daddr', destination as TypeList];
	const types = asked.types.filter((type) => type !== 'THROW').map((type) => type.toLowerCase());
	const on = limit ? ` . ${limit === 'in' ? 'iif' : 'oif'}` : '';
	return `fib ${select}${on} type ${not(asked.negated)}${types.length > 0 ? list(types) : ''}`.trimEnd();
}

function iprange({ source, destination }: IprangeMatch): string {
	const one = (field: string, asked: AddressRangeMatch): string =>
		`ip ${field} ${not(asked.negated)}${formatAddress(asked.from)}-${formatAddress(asked.to)}`;
	return [
		...(source ? [one('saddr', source)] : []),
		...(destination ? [one('daddr', destination)] : [])
	].join(' ');
}

function statistic(match: StatisticMatch): string {
	if (match.mode === 'random')
		return `meta random & 2147483647 ${match.negated ? '>=' : '<'} ${match.probability}`;
	return `numgen inc mod ${match.every} ${not(match.negated)}${match.packet}`;
}

/** Text of a target; `null` where nft shows its statements themselves. */
export function targetText(
	name: string,
	options: unknown,
	statements: readonly Statement[]
): string | null {
	switch (name) {
		case 'REJECT': {
			const { name: how } = options as RejectOptions;
			if (how === 'tcp-reset') return 'reject with tcp reset';
			const kind = how.replace('icmp-', '').replace('proto-', 'prot-');
			return kind === 'port-unreachable' ? 'reject' : `reject with icmp type ${kind}`;
		}
		case 'MARK':
			return `meta mark set ${marks('mark', options as MarkOptions, false)}`;
		case 'CONNMARK':
			return connmark(options as ConnmarkOptions);
		case 'LOG':
			return log(options as LogOptions);
		case 'SNAT':
		case 'DNAT':
			return (options as NatOptions).base === undefined ? null : `xt target ${name}`;
		case 'TCPMSS':
			return `tcp option maxseg size set ${(options as TcpmssOptions).mss ?? 'rt mtu'}`;
		case 'CT':
			return (options as { notrack: boolean }).notrack ? 'notrack' : 'xt target CT';
		default:
			return statements.some(({ kind }) => kind === 'xt') ? `xt target ${name}` : null;
	}
}

function marks(of: string, { value, mask }: MarkOptions, entry: boolean): string {
	if (mask === 0xffffffff) return hex(value);
	const rest = ~mask >>> 0;
	if (value === 0) return `${of} and ${hex(rest)}`;
	if (value === mask) return `${of} or ${hex(value)}`;
	if (mask === 0) return `${of} xor ${hex(value)}`;
	return entry
		? `${of} xor ${hex(value)} and ${hex(rest)}`
		: `${of} and ${hex(rest)} xor ${hex(value)}`;
}

function connmark(options: ConnmarkOptions): string {
	const { shift } = options;
	const moved = (text: string): string =>
		shift ? `( ${text} ) ${shift.direction === 'left' ? '<<' : '>>'} ${shift.bits}` : text;
	if (options.mode === 'set') {
		// With a blank too many after a number.
		const text = marks('ct mark', options, true);
		return `ct mark set ${moved(shift && options.mask === 0xffffffff ? `${text} ` : text)}`;
	}
	const { mode, packetMask, entryMask } = options;
	if (packetMask !== entryMask) return 'xt target CONNMARK';
	const masked = packetMask === 0xffffffff ? '' : ` and ${hex(packetMask)}`;
	return mode === 'save'
		? `ct mark set ${moved(`mark${masked}`)}`
		: `meta mark set ${moved(`ct mark${masked}`)}`;
}

const LEVELS = ['emerg', 'alert', 'crit', 'err', 'warn', 'notice', 'info', 'debug'];

function log({ prefix, level, flags }: LogOptions): string {
	const parts = ['log'];
	if (prefix) parts.push(`prefix "${prefix}"`);
	if (level !== 4) parts.push(`level ${LEVELS[level]}`);
	if (flags.length === 5) parts.push('flags all');
	else if (flags.length > 0) {
		const tcp = ['sequence', 'options'].filter((flag) => flags.includes(`tcp-${flag}`));
		if (tcp.length > 0) parts.push(`flags tcp ${tcp.join(',')}`);
		if (flags.includes('ip-options')) parts.push('flags ip options');
		if (flags.includes('uid')) parts.push('flags skuid');
		if (flags.includes('macdecode')) parts.push('flags ether');
	}
	return parts.join(' ');
}
