/** What rules ask of a packet, and what they compare the answer with. */
import type { SetOperand } from './set';

/**
 * IPv4 addresses, ports, marks, bit sets: unsigned numbers. Names (interfaces, helpers), of at most 15
 * characters, and IPv6 addresses, as 32 hexadecimal digits: strings.
 */
export type Scalar = number | string;
/** A concatenation is a list. */
export type Value = Scalar | readonly Scalar[];

export type DataType =
	| 'ipv4_addr'
	| 'ipv6_addr'
	| 'inet_service'
	| 'inet_proto'
	| 'ifname'
	| 'iface_index'
	| 'mark'
	| 'ct_state'
	| 'ct_status'
	| 'ct_dir'
	| 'ct_zone'
	| 'icmp_type'
	| 'icmp_code'
	| 'icmpv6_type'
	| 'icmpv6_code'
	| 'tcp_flag'
	| 'fib_addrtype'
	| 'pkt_type'
	| 'dscp'
	| 'ecn'
	| 'boolean'
	| 'time'
	| 'string'
	| 'integer'
	| 'ether_type'
	| 'nf_proto'
	| 'uid'
	| 'gid'
	| 'iface_type'
	| 'devgroup'
	| 'classid'
	| 'ct_event'
	| 'verdict'
	/** Of a map: objects of the table. */
	| 'counter'
	| 'quota'
	| 'limit';

export type Expression =
	| { readonly kind: 'payload'; readonly protocol: PayloadProtocol; readonly field: string }
	| { readonly kind: 'meta'; readonly key: MetaKey }
	| { readonly kind: 'ct'; readonly key: CtKey; readonly direction?: 'original' | 'reply' }
	| {
			readonly kind: 'fib';
			readonly select: readonly ('saddr' | 'daddr' | 'mark' | 'iif' | 'oif')[];
			readonly result: 'type' | 'oif' | 'oifname';
			/** `exists`, `missing`: ask only whether there is a route (1 or 0). */
			readonly present?: boolean;
	  }
	/** What a field of the option says, or without `field` whether the header has it (1 or 0); both by nft's names. */
	| { readonly kind: 'tcp option'; readonly option: string; readonly field?: string }
	/** The MSS that the packet's way lets through. */
	| { readonly kind: 'rt'; readonly key: 'mtu' }
	| {
			readonly kind: 'numgen';
			readonly mode: 'inc' | 'random';
			readonly modulus: number;
			readonly offset: number;
			readonly state: GeneratorState;
	  }
	| RawExpression
	| HashExpression
	| {
			readonly kind: 'binary';
			readonly op: '&' | '|' | '^' | '<<' | '>>';
			readonly left: Expression;
			readonly right: Expression;
	  }
	| { readonly kind: 'constant'; readonly value: Value; readonly type?: DataType }
	| { readonly kind: 'concat'; readonly parts: readonly Expression[] }
	| { readonly kind: 'map'; readonly key: Expression; readonly map: SetOperand };

export type PayloadProtocol = 'ip' | 'ip6' | 'tcp' | 'udp' | 'sctp' | 'icmp' | 'icmpv6' | 'th';
export type MetaKey =
	| 'mark'
	| 'iif'
	| 'oif'
	| 'iifname'
	| 'oifname'
	| 'l4proto'
	| 'protocol'
	| 'nfproto'
	| 'length'
	| 'pkttype'
	| 'priority'
	| 'nftrace'
	| 'skuid'
	| 'skgid'
	| 'iiftype'
	| 'oiftype'
	| 'iifgroup'
	| 'oifgroup';
export type CtKey =
	| 'state'
	| 'direction'
	| 'status'
	| 'mark'
	| 'expiration'
	| 'helper'
	| 'zone'
	| 'id'
	| 'l3proto'
	| 'protocol'
	| 'saddr'
	| 'daddr'
	| 'ip6 saddr'
	| 'ip6 daddr'
	| 'proto-src'
	| 'proto-dst'
	| 'packets'
	| 'bytes'
	| 'avgpkt';

/** Of IPv4 and IPv6 addresses, and of marks. */
export interface PrefixOperand {
	readonly kind: 'prefix';
	readonly network: Scalar;
	readonly length: number;
}

/** What a match compares with. */
export type Operand =
	| { readonly kind: 'value'; readonly value: Value }
	/** Inclusive. */
	| { readonly kind: 'range'; readonly from: Scalar; readonly to: Scalar }
	| PrefixOperand
	/** `eth*`: names that begin so. */
	| { readonly kind: 'wildcard'; readonly start: string }
	| { readonly kind: 'set'; readonly set: SetOperand };

/** Whole bytes of the IP header (`nh`), of what follows it (`th`) or of what that carries (`ih`): both in bits, 32 at most. */
export interface RawExpression {
	readonly kind: 'raw';
	readonly base: 'nh' | 'th' | 'ih';
	readonly offset: number;
	readonly bits: number;
}

export interface GeneratorState {
	/** How often it was asked. */
	count: number;
}

/** A number below `modulus`, with `offset` added, that follows from the packet. */
export interface HashExpression {
	readonly kind: 'hash';
	/** What `jhash` hashes; `null`: addresses, ports and protocol, the same both ways (`symhash`). */
	readonly key: Expression | null;
	readonly modulus: number;
	readonly offset: number;
	/** Absent where it is drawn. */
	readonly seed?: number;
	readonly state: HashState;
}

export interface HashState {
	/** The seed that was drawn, `null` before the first packet. */
	drawn: number | null;
}
