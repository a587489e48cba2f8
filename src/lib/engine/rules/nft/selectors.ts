/**
 * What can be asked of a packet and of which type the answer is: header fields, meta and ct keys,
 * as `nft describe` gives them.
 */
import type { CtKey, Expression, MetaKey, PayloadProtocol } from '../ruleset';
import { optionField } from './tcp-options';
import * as T from './types';
import type { NftType } from './types';

/** Where a field stands in its header, in bits. */
export interface Field {
	readonly type: NftType;
	readonly offset: number;
	readonly bits: number;
}

const at = (type: NftType, offset: number, bits: number = type.bits): Field => ({
	type,
	offset,
	bits
});
const PORTS = { sport: at(T.INET_SERVICE, 0), dport: at(T.INET_SERVICE, 16) };

export const FIELDS: Readonly<Record<PayloadProtocol, Readonly<Record<string, Field>>>> = {
	ip: {
		version: at(T.integer(4), 0),
		hdrlength: at(T.integer(4), 4),
		dscp: at(T.DSCP, 8),
		ecn: at(T.ECN, 14),
		length: at(T.integer(16), 16),
		id: at(T.integer(16), 32),
		'frag-off': at(T.integer(16), 48),
		ttl: at(T.integer(8), 64),
		protocol: at(T.INET_PROTO, 72),
		checksum: at(T.integer(16), 80),
		saddr: at(T.IPV4_ADDR, 96),
		daddr: at(T.IPV4_ADDR, 128)
	},
	ip6: {
		version: at(T.integer(4), 0),
		dscp: at(T.DSCP, 4),
		ecn: at(T.ECN, 10),
		flowlabel: at(T.integer(20), 12),
		length: at(T.integer(16), 32),
		nexthdr: at(T.INET_PROTO, 48),
		hoplimit: at(T.integer(8), 56),
		saddr: at(T.IPV6_ADDR, 64),
		daddr: at(T.IPV6_ADDR, 192)
	},
	tcp: {
		...PORTS,
		sequence: at(T.integer(32), 32),
		ackseq: at(T.integer(32), 64),
		doff: at(T.integer(4), 96),
		reserved: at(T.integer(4), 100),
		flags: at(T.TCP_FLAG, 104),
		window: at(T.integer(16), 112),
		checksum: at(T.integer(16), 128),
		urgptr: at(T.integer(16), 144)
	},
	udp: { ...PORTS, length: at(T.integer(16), 32), checksum: at(T.integer(16), 48) },
	sctp: { ...PORTS, vtag: at(T.integer(32), 32), checksum: at(T.integer(32), 64) },
	icmp: {
		type: at(T.ICMP_TYPE, 0),
		code: at(T.ICMP_CODE, 8),
		checksum: at(T.integer(16), 16),
		id: at(T.integer(16), 32),
		sequence: at(T.integer(16), 48),
		gateway: at(T.integer(32), 32),
		mtu: at(T.integer(16), 48)
	},
	icmpv6: {
		type: at(T.ICMPV6_TYPE, 0),
		code: at(T.ICMPV6_CODE, 8),
		checksum: at(T.integer(16), 16),
		id: at(T.integer(16), 32),
		sequence: at(T.integer(16), 48),
		mtu: at(T.integer(32), 32),
		'max-delay': at(T.integer(16), 32)
	},
	th: PORTS
};

export const META_TYPES: Readonly<Record<MetaKey, NftType>> = {
	mark: T.MARK,
	iif: T.IFACE_INDEX,
	oif: T.IFACE_INDEX,
	iifname: T.IFNAME,
	oifname: T.IFNAME,
	l4proto: T.INET_PROTO,
	protocol: T.ETHER_TYPE,
	nfproto: T.NF_PROTO,
	length: T.integer(32),
	pkttype: T.PKT_TYPE,
	priority: T.CLASSID,
	nftrace: T.integer(1),
	skuid: T.UID,
	skgid: T.GID,
	iiftype: T.IFACE_TYPE,
	oiftype: T.IFACE_TYPE,
	iifgroup: T.DEVGROUP,
	oifgroup: T.DEVGROUP
};

export const CT_TYPES: Readonly<Record<CtKey, NftType>> = {
	state: T.CT_STATE,
	direction: T.CT_DIR,
	status: T.CT_STATUS,
	mark: T.MARK,
	expiration: T.TIME,
	helper: T.STRING,
	zone: T.integer(16),
	id: T.integer(32),
	l3proto: T.NF_PROTO,
	protocol: T.INET_PROTO,
	saddr: T.IPV4_ADDR,
	daddr: T.IPV4_ADDR,
	'ip6 saddr': T.IPV6_ADDR,
	'ip6 daddr': T.IPV6_ADDR,
	'proto-src': T.INET_SERVICE,
	'proto-dst': T.INET_SERVICE,
	packets: T.integer(53),
	bytes: T.integer(53),
	avgpkt: T.integer(53)
};

/** Whether it is the field of the IP header that says what the packet carries. */
export function namesNextHeader({
	protocol,
	field
}: {
	protocol: PayloadProtocol;
	field: string;
}): boolean {
	return (protocol === 'ip' && field === 'protocol') || (protocol === 'ip6' && field === 'nexthdr');
}

/** The type an expression gives; a concatenation has one for each part. */
export function typesOf(expression: Expression): readonly NftType[] {
	if (expression.kind === 'concat')
		return expression.parts.flatMap((part) => typesOf(part).slice(0, 1));
	return [typeOf(expression)];
}

/** The types of a map's keys. There nft takes numbers that a generator or a hash cannot give. */
export function keyTypesOf(expression: Expression): readonly NftType[] {
	return typesOf(expression).map((type) => (type.name === 'integer' ? T.integer(type.bits) : type));
}

/** The type of a single value. */
export function typeOf(expression: Expression): NftType {
	switch (expression.kind) {
		case 'payload':
			return FIELDS[expression.protocol][expression.field]!.type;
		case 'meta':
			return META_TYPES[expression.key];
		case 'ct':
			return CT_TYPES[expression.key];
		case 'fib':
			if (expression.result === 'type') return T.FIB_ADDRTYPE;
			if (expression.result === 'oifname') return T.IFNAME;
			return T.IFACE_INDEX;
		case 'tcp option':
			return expression.field
				? T.integer(optionField(expression.option, expression.field)!.bytes * 8)
				: T.BOOLEAN;
		case 'rt':
			return T.integer(16);
		case 'raw':
			return T.rawInteger(expression.bits);
		case 'numgen':
		case 'hash':
			return T.upTo(expression.modulus + expression.offset - 1);
		case 'binary':
			return expression.left.kind === 'constant'
				? typeOf(expression.right)
				: typeOf(expression.left);
		case 'constant':
			return (expression.type && T.SET_TYPES[expression.type]) ?? T.integer(32);
		case 'concat':
			return typeOf(expression.parts[0]!);
		case 'map':
			return T.integer(32);
	}
}
