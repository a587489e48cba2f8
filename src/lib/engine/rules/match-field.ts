/**
 * Functions that ask one thing of a packet, made once for each expression of a rule. A number is
 * unsigned; `ABSENT` says that there is nothing to be asked, which ends the rule (`NFT_BREAK`).
 */
import { IPS_CONFIRMED, ORIGINAL, REPLY } from '../conntrack/entry';
import { zoneIn } from '../conntrack/zone';
import type { Direction, Entry, Relation } from '../conntrack/entry';
import { IP_HEADER_LENGTH, packetLength } from '../packet';
import { encodePacket, transportBytes } from '../packet/codec';
import type { Packet } from '../packet';
import type { RuleContext } from './context';
import { ADDRESS_TYPE } from './address-types';
import { FIELDS } from './nft/selectors';
import { kindOf, optionField } from './nft/tcp-options';
import { askHash } from './evaluate-hash';
import { askRaw } from './raw-payload';
import { hasOption, optionValue } from './tcp-option';
import type { CtKey, Expression, MetaKey, PayloadProtocol, Scalar } from './ruleset';

export const ABSENT = -1;
/** A number, a name, or `ABSENT`. */
export type Ask = (ctx: RuleContext) => Scalar;

/** IPv4 as an EtherType and as an `NFPROTO_*`. */
const ETHERTYPE_IP = 0x0800;
const NFPROTO_IPV4 = 2;

// --- Header fields --------------------------------------------------------------------------

/** Up to 32 bits of some bytes; `ABSENT` when they are not all there. */
export function readBits(bytes: Uint8Array, offset: number, bits: number): number {
	const first = offset >> 3;
	const last = (offset + bits - 1) >> 3;
	if (last >= bytes.length) return ABSENT;
	let value = 0;
	for (let i = first; i <= last; i++) value = value * 256 + bytes[i]!;
	const spare = (last + 1) * 8 - offset - bits;
	return Math.floor(value / 2 ** spare) % 2 ** bits;
}

/**
 * Bits of what follows the IP header, whatever the protocol. Of a later fragment too: the kernel
 * takes its first bytes for a header (`nft_payload_fast_eval` does not look at the offset; seen on
 * 6.18), which only chains before the gathering at priority -400 can meet.
 */
function readTransport(packet: Packet, offset: number, bits: number): number {
	return readBits(transportBytes(packet), offset, bits);
}

const IP_FIELDS: Readonly<Record<string, Ask>> = {
	version: () => 4,
	hdrlength: () => IP_HEADER_LENGTH / 4,
	dscp: (ctx) => ctx.packet.ip.tos >> 2,
	ecn: (ctx) => ctx.packet.ip.tos & 3,
	length: (ctx) => packetLength(ctx.packet),
	id: (ctx) => ctx.packet.ip.id,
	'frag-off': ({ packet: { ip } }) =>
		(ip.df ? 0x4000 : 0) | (ip.mf ? 0x2000 : 0) | (ip.offset >> 3),
	ttl: (ctx) => ctx.packet.ip.ttl,
	protocol: (ctx) => ctx.packet.ip.protocol,
	checksum: (ctx) => readBits(encodePacket(ctx.packet), 80, 16),
	saddr: (ctx) => ctx.packet.ip.src,
	daddr: (ctx) => ctx.packet.ip.dst
};

/** Fields that are read without making bytes of the header. */
const QUICK: Readonly<Record<string, Ask>> = {
	sport: ({ packet }) => {
		const { l4 } = packet;
		return l4.kind === 'tcp' || l4.kind === 'udp' ? l4.sport : readTransport(packet, 0, 16);
	},
	dport: ({ packet }) => {
		const { l4 } = packet;
		return l4.kind === 'tcp' || l4.kind === 'udp' ? l4.dport : readTransport(packet, 16, 16);
	},
	'tcp sequence': ({ packet }) =>
		packet.l4.kind === 'tcp' ? packet.l4.seq : readTransport(packet, 32, 32),
	'tcp ackseq': ({ packet }) =>
		packet.l4.kind === 'tcp' ? packet.l4.ack : readTransport(packet, 64, 32),
	'tcp flags': ({ packet }) =>
		packet.l4.kind === 'tcp' ? packet.l4.flags : readTransport(packet, 104, 8),
	'tcp window': ({ packet }) =>
		packet.l4.kind === 'tcp' ? packet.l4.window : readTransport(packet, 112, 16),
	'icmp type': ({ packet }) =>
		packet.l4.kind === 'icmp' ? packet.l4.type : readTransport(packet, 0, 8),
	'icmp code': ({ packet }) =>
		packet.l4.kind === 'icmp' ? packet.l4.code : readTransport(packet, 8, 8)
};

function askPayload(protocol: PayloadProtocol, field: string): Ask {
	if (protocol === 'ip') return IP_FIELDS[field]!;
	// A match on the family comes before it, and that fails already.
	if (protocol === 'ip6') return () => ABSENT;
	const quick = QUICK[field] ?? QUICK[`${protocol} ${field}`];
	if (quick) return quick;
	const { offset, bits } = FIELDS[protocol][field]!;
	return (ctx) => readTransport(ctx.packet, offset, bits);
}

// --- meta -----------------------------------------------------------------------------------

const ARPHRD_ETHER = 1;
const ARPHRD_LOOPBACK = 772;

function interfaceType(name: string): number {
	if (name === '') return ABSENT;
	return name === 'lo' ? ARPHRD_LOOPBACK : ARPHRD_ETHER;
}

/** What a scenario has a host send, a process of root sends; a socket of the kernel's own has nobody. */
function socketOwner({ sender }: RuleContext): number {
	return sender === 'process' ? 0 : ABSENT;
}

/** No host here has put an interface into another group. */
function interfaceGroup(name: string): number {
	return name === '' ? ABSENT : 0;
}

const META: Readonly<Record<MetaKey, Ask>> = {
	mark: (ctx) => ctx.mark,
	// Interfaces by index are compared by name: in a ruleset they are names.
	iif: (ctx) => ctx.inName,
	oif: (ctx) => ctx.outName,
	iifname: (ctx) => ctx.inName,
	oifname: (ctx) => ctx.outName,
	l4proto: (ctx) => ctx.packet.ip.protocol,
	protocol: () => ETHERTYPE_IP,
	nfproto: () => NFPROTO_IPV4,
	length: (ctx) => packetLength(ctx.packet),
	// Every frame of the model is for one neighbour, whatever the packet's destination (`skb->pkt_type`).
	pkttype: () => 0,
	priority: (ctx) => ctx.priority,
	nftrace: () => 0,
	skuid: socketOwner,
	skgid: socketOwner,
	iiftype: (ctx) => interfaceType(ctx.inName),
	oiftype: (ctx) => interfaceType(ctx.outName),
	iifgroup: (ctx) => interfaceGroup(ctx.inName),
	oifgroup: (ctx) => interfaceGroup(ctx.outName)
};

// --- ct -------------------------------------------------------------------------------------

const STATE_BIT: Readonly<Record<Relation, number>> = {
	invalid: 1,
	established: 2,
	related: 4,
	new: 8,
	untracked: 64
};

function ofEntry(get: (entry: Entry, ctx: RuleContext) => Scalar): Ask {
	return (ctx) => (ctx.entry === null ? ABSENT : get(ctx.entry, ctx));
}

/** Packets (0) or bytes (1) of an entry in one direction, or in both. */
function counted(entry: Entry, direction: Direction | null, byte: 0 | 1): number {
	const counts = entry.accounting;
	if (counts === null) return 0;
	if (direction === null) return counts[byte] + counts[(2 + byte) as 2 | 3];
	return counts[(direction * 2 + byte) as 0 | 1 | 2 | 3];
}

/** `nft_ct_get_eval`: but for the state, all need an entry. */
function askCt(key: CtKey, direction: 'original' | 'reply' | undefined): Ask {
	const way: Direction | null =
		direction === 'original' ? ORIGINAL : direction === 'reply' ? REPLY : null;
	const tuple = (entry: Entry) => (way === REPLY ? entry.reply : entry.original);
	switch (key) {
		case 'state':
			return (ctx) => STATE_BIT[ctx.relation];
		case 'direction':
			return ofEntry((_, ctx) => ctx.direction);
		case 'status':
			return ofEntry((entry) => entry.status);
		case 'mark':
			return ofEntry((entry) => entry.mark);
		case 'expiration':
			return ofEntry((entry, ctx) =>
				entry.status & IPS_CONFIRMED ? Math.max(0, entry.timeout - ctx.now) : 0
			);
		case 'helper':
			// The helper of the flow that foretold this one, not of this flow.
			return ofEntry((entry) => entry.master?.helper ?? ABSENT);
		case 'zone':
			return ofEntry((entry) => (way === null ? entry.zone.id : zoneIn(entry.zone, way)));
		case 'id':
			return ofEntry((entry) => entry.id);
		case 'l3proto':
			return ofEntry(() => NFPROTO_IPV4);
		case 'protocol':
			return ofEntry((entry) => entry.original.protocol);
		case 'saddr':
			return ofEntry((entry) => tuple(entry).src);
		case 'daddr':
			return ofEntry((entry) => tuple(entry).dst);
		// Of an entry of the other family they cannot be had.
		case 'ip6 saddr':
		case 'ip6 daddr':
			return () => ABSENT;
		case 'proto-src':
			return ofEntry((entry) => tuple(entry).sport);
		case 'proto-dst':
			return ofEntry((entry) => tuple(entry).dport);
		case 'packets':
			return ofEntry((entry) => counted(entry, way, 0));
		case 'bytes':
			return ofEntry((entry) => counted(entry, way, 1));
		case 'avgpkt':
			return ofEntry((entry) => {
				const packets = counted(entry, way, 0);
				return packets === 0 ? 0 : Math.floor(counted(entry, way, 1) / packets);
			});
	}
}

// --- fib ------------------------------------------------------------------------------------

/** `nft_fib4_eval` and `nft_fib4_eval_type`. */
/** Whether a host that has no address yet asks its link for one (`ipv4_is_zeronet`). */
export function asksForAddress({ src, dst }: Packet['ip']): boolean {
	return src === 0 && (dst === 0xffffffff || dst >>> 8 === 0xe00000);
}

function askFib(fib: Extract<Expression, { kind: 'fib' }>): Ask {
	const source = fib.select.includes('saddr');
	const iif = fib.select.includes('iif');
	const oif = fib.select.includes('oif');
	const mark = fib.select.includes('mark');
	if (fib.result === 'type')
		return (ctx) => {
			const address = source ? ctx.packet.ip.src : ctx.packet.ip.dst;
			const on = iif ? ctx.inName : oif ? ctx.outName : '';
			const kind = on === '' ? ctx.addressType(address) : ctx.addressType(address, on);
			return ADDRESS_TYPE[kind];
		};
	const name: Ask = (ctx) => {
		const { src, dst } = ctx.packet.ip;
		if (ctx.hook === 'prerouting' && ctx.inName === 'lo') return ctx.inName;
		if (asksForAddress(ctx.packet.ip)) return ctx.inName;
		const address = source ? src : dst;
		// Broadcast and multicast addresses are looked up like any other (`nft_fib4_eval`).
		if (ctx.addressType(address) === 'local') return '';
		const found = ctx.routeOut(address, mark ? ctx.mark : 0, iif ? ctx.inName : undefined);
		if (!found) return '';
		const wanted = iif ? ctx.inName : oif ? ctx.outName : '';
		return wanted === '' || found.name === wanted ? found.name : '';
	};
	return fib.present ? (ctx) => (name(ctx) === '' ? 0 : 1) : name;
}

// --- All ------------------------------------------------------------------------------------

/** The function for one expression that is no concatenation and no map. */
export function ask(expression: Expression): Ask {
	switch (expression.kind) {
		case 'payload':
			return askPayload(expression.protocol, expression.field);
		case 'meta':
			return META[expression.key];
		case 'ct':
			return askCt(expression.key, expression.direction);
		case 'fib':
			return askFib(expression);
		case 'tcp option':
			return askTcpOption(expression);
		case 'rt':
			return (ctx) => ctx.pathMss();
		case 'numgen': {
			const { modulus, offset, state } = expression;
			if (expression.mode === 'random')
				// `reciprocal_scale`
				return (ctx) => Math.floor((ctx.random() * modulus) / 2 ** 32) + offset;
			return (ctx) => {
				const value = state.count % modulus;
				ctx.journal.set(state, 'count', (value + 1) % modulus);
				return value + offset;
			};
		}
		case 'raw':
			return askRaw(expression);
		case 'hash':
			return askHash(expression);
		case 'binary':
			return askBinary(expression);
		case 'constant': {
			const value = expression.value as Scalar;
			return () => value;
		}
		case 'concat':
		case 'map':
			throw new Error(`a ${expression.kind} is no single value`);
	}
}

function askTcpOption({ option, field }: Extract<Expression, { kind: 'tcp option' }>): Ask {
	const kind = kindOf(option);
	if (!field) return (ctx) => (hasOption(ctx.packet, kind) ? 1 : 0);
	const { at, bytes } = optionField(option, field)!;
	return (ctx) => optionValue(ctx.packet, kind, at, bytes);
}

function askBinary(expression: Extract<Expression, { kind: 'binary' }>): Ask {
	const left = ask(expression.left);
	const right = ask(expression.right);
	const both =
		(combine: (a: number, b: number) => number): Ask =>
		(ctx) => {
			const a = left(ctx);
			const b = right(ctx);
			if (typeof a !== 'number' || typeof b !== 'number' || a < 0 || b < 0) return ABSENT;
			return combine(a, b) >>> 0;
		};
	switch (expression.op) {
		case '&':
			return both((a, b) => a & b);
		case '|':
			return both((a, b) => a | b);
		case '^':
			return both((a, b) => a ^ b);
		case '<<':
			return both((a, b) => (b > 31 ? 0 : a << b));
		case '>>':
			return both((a, b) => (b > 31 ? 0 : a >>> b));
	}
}
