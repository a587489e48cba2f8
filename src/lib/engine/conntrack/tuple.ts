/**
 * A tuple is one direction of a flow as connection tracking sees it
 * (`struct nf_conntrack_tuple`).
 */
import { ICMP, ICMP_QUERY_OF, ICMP_REPLY_OF } from '../packet';

/**
 * For TCP, UDP and the like `sport` and `dport` are ports. For ICMP `sport` is the id and `dport`
 * is `type * 256 + code`. For GRE of version 1 `dport` is the call ID. For all others both are 0.
 */
export interface Tuple {
	readonly src: number;
	readonly dst: number;
	readonly protocol: number;
	readonly sport: number;
	readonly dport: number;
}

export function tuplesEqual(a: Tuple, b: Tuple): boolean {
	return (
		a.src === b.src &&
		a.dst === b.dst &&
		a.sport === b.sport &&
		a.dport === b.dport &&
		a.protocol === b.protocol
	);
}

/**
 * The tuple that an answer would have (`nf_ct_invert_tuple`). `null` for an ICMP type that asks
 * nothing.
 */
export function invertTuple(tuple: Tuple): Tuple | null {
	if (tuple.protocol === ICMP) {
		const type = tuple.dport >> 8;
		const turned = ICMP_REPLY_OF[type] ?? ICMP_QUERY_OF[type];
		if (turned === undefined) return null;
		return {
			src: tuple.dst,
			dst: tuple.src,
			protocol: ICMP,
			sport: tuple.sport,
			dport: turned * 256 + (tuple.dport & 255)
		};
	}
	return {
		src: tuple.dst,
		dst: tuple.src,
		protocol: tuple.protocol,
		sport: tuple.dport,
		dport: tuple.sport
	};
}
