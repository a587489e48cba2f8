/**
 * What a rule has established of the packet's protocols, so that a later part of it may take them for granted, and the
 * matches that make sure of what it has not: nft's protocol context (`proto_ctx`, `payload_gen_dependency`).
 */
import { ICMP, SCTP, TCP, UDP } from '../../packet';
import type { Expression, Family, PayloadProtocol, Statement } from '../ruleset';
import { Fault, notModelled } from './fault';
import { isKnownAboveIp } from './merge-payloads';
import type { Place } from './place';
import { namesNextHeader } from './selectors';
import * as T from './types';

const ICMPV6 = 58;
const PROTOCOL_NUMBER: Readonly<Record<string, number>> = {
	tcp: TCP,
	udp: UDP,
	sctp: SCTP,
	icmp: ICMP,
	icmpv6: ICMPV6
};
const NFPROTO: Readonly<Record<Network, number>> = { ip: 2, ip6: 10 };
const FAMILY_NAME: Readonly<Record<Network, string>> = { ip: 'IPv4', ip6: 'IPv6' };
/** The family whose ICMP it is. */
const NETWORK_OF: Readonly<Partial<Record<PayloadProtocol, Network>>> = {
	icmp: 'ip',
	icmpv6: 'ip6'
};
/** Fields of the rest of the ICMP header, by the types that have them. */
const ICMP_TYPES_WITH: Readonly<Record<string, readonly number[]>> = {
	'icmp id': [0, 8],
	'icmp sequence': [0, 8],
	'icmp mtu': [3],
	'icmp gateway': [5],
	'icmpv6 id': [128, 129],
	'icmpv6 sequence': [128, 129],
	'icmpv6 mtu': [2],
	'icmpv6 max-delay': [130]
};

/** What a rule can have come down to, IPv4 or IPv6, by the name of its header. */
export type Network = 'ip' | 'ip6';

export class ProtocolContext {
	/** The transport protocols that the rule has named so far. */
	readonly transports = new Set<number>();
	/** The one that was named last, other than among several: what raw payload is listed by. */
	transport: number | null = null;
	/** The ICMP types that the rule has come down to so far. */
	private icmpTypes: readonly number[] | null = null;
	/** Whether the rule has named several families, so that `network` is but the last of them. */
	severalFamilies = false;
	/** Whether the rule has named the link before anything above it. */
	private knowsLink = false;
	/** What the rule has established that this is (always so in a table of family ip or ip6). */
	network: Network | null;

	constructor(
		private readonly family: Family,
		private readonly statements: Statement[],
		/** Told of each set that the rule brings with it. */
		private readonly anonymousSet: () => void
	) {
		this.network = family === 'inet' ? null : family;
	}

	/** Have the rule make sure of a protocol before a field of it is read. */
	need(protocol: PayloadProtocol, place: Place, first = false): void {
		if (protocol === 'th') return;
		if (protocol === 'ip' || protocol === 'ip6') return this.needNetwork(protocol, place, first);
		const number = PROTOCOL_NUMBER[protocol]!;
		if (this.transports.size === 0) {
			const network = NETWORK_OF[protocol];
			if (network && this.network === null) this.needNetwork(network, place, first);
			this.imply({ kind: 'meta', key: 'l4proto' }, number, first);
			this.name(number);
			return;
		}
		const other = [...this.transports].find((one) => one !== number);
		if (other === undefined) return;
		const hint =
			this.transports.size > 1 && !NETWORK_OF[protocol] ? ' (`th dport` asks any of them)' : '';
		throw new Fault(
			place,
			`conflicting protocols: the rule is about ${T.INET_PROTO.print(other)} already, not ${protocol}${hint}`
		);
	}

	private needNetwork(network: Network, place: Place, first: boolean): void {
		// nft then looks for the family in the link layer's header, or finds none.
		if (this.knowsLink) throw notModelled(place, 'a header field of IP after `meta iiftype`');
		if (this.network === null) {
			this.imply({ kind: 'meta', key: 'nfproto' }, NFPROTO[network], first);
			this.network = network;
		} else if (this.network !== network) throw this.conflict(place, this.network);
		else if (this.severalFamilies) throw notModelled(place, 'a header field of two families');
	}

	conflict(place: Place, network: Network): Fault {
		const other = FAMILY_NAME[network === 'ip' ? 'ip6' : 'ip'];
		return new Fault(
			place,
			`conflicting protocols: the rule is about ${FAMILY_NAME[network]}, not ${other}`
		);
	}

	/** Fields that only some ICMP types have, so that nft asks for the type first. */
	needIcmpType(protocol: PayloadProtocol, field: string, place: Place): void {
		const types = ICMP_TYPES_WITH[`${protocol} ${field}`];
		if (!types) return;
		const six = protocol === 'icmpv6';
		const wrong = this.icmpTypes?.find((type) => !types.includes(type));
		if (wrong !== undefined)
			throw new Fault(
				place,
				`the rule is about ${six ? 'ICMPv6' : 'ICMP'} type ${(six ? T.ICMPV6_TYPE : T.ICMP_TYPE).print(wrong)}, which has no ${field}`
			);
		if (this.icmpTypes !== null) return;
		this.icmpTypes = types;
		const left: Expression = { kind: 'payload', protocol, field: 'type' };
		if (types.length === 1) return this.imply(left, types[0]!);
		const elements = types.map((value) => ({ key: { kind: 'value' as const, value } }));
		this.anonymousSet();
		this.statements.push({
			kind: 'match',
			left,
			op: '==',
			right: { kind: 'set', set: { kind: 'literal', elements } },
			implied: true
		});
	}

	/** `first`: before all that the rule says so far. */
	private imply(left: Expression, value: number, first = false): void {
		const implied: Statement = {
			kind: 'match',
			left,
			op: '==',
			right: { kind: 'value', value },
			implied: true
		};
		if (first) this.statements.unshift(implied);
		else this.statements.push(implied);
	}

	/** Learn from a match with a set. */
	learnSet(left: Expression, values: readonly number[]): void {
		if (left.kind === 'payload' && NETWORK_OF[left.protocol] && left.field === 'type')
			this.icmpTypes = values;
		else if (left.kind === 'meta' && left.key === 'nfproto') {
			for (const value of values) this.learnFamily(value);
			this.severalFamilies = true;
		} else {
			const { transport } = this;
			for (const value of values) this.learn(left, value);
			this.transport = transport;
		}
	}

	/** Learn from a match what the rest of the rule may take for granted. */
	learn(left: Expression, value: number): void {
		if (left.kind === 'payload' && NETWORK_OF[left.protocol] && left.field === 'type')
			this.icmpTypes = [value];
		if (left.kind === 'meta' && left.key === 'iiftype' && this.network === null)
			this.knowsLink = true;
		if (left.kind === 'meta' && left.key === 'nfproto') this.learnFamily(value);
		if (left.kind === 'meta' && left.key === 'l4proto') this.name(value);
		if (left.kind === 'payload' && namesNextHeader(left) && isKnownAboveIp(value)) this.name(value);
		if (left.kind === 'ct' && left.key === 'protocol' && this.family !== 'inet') this.name(value);
		if (left.kind === 'ct' && left.key === 'l3proto') this.learnFamily(value);
	}

	private name(transport: number): void {
		this.transports.add(transport);
		this.transport = transport;
	}

	/** The number of a family, by `meta nfproto` or `ct l3proto`. */
	private learnFamily(value: number): void {
		if (this.family !== 'inet') return;
		if (value === NFPROTO.ip) this.network = 'ip';
		else if (value === NFPROTO.ip6) this.network = 'ip6';
	}
}
