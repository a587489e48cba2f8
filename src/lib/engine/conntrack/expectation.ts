/**
 * An expectation: a flow that a helper has read of in another flow's data and waits for
 * (`struct nf_conntrack_expect`).
 */
import type { Direction, Entry } from './entry';
import type { Tuple } from './tuple';
import type { Zone } from './zone';

export interface Expectation {
	readonly id: number;
	readonly tuple: Tuple;
	/** Ones where the tuple must agree; a source port of 0 in it means any. */
	readonly mask: Tuple;
	readonly master: Entry;
	readonly helper: string;
	/** Direction of the master's packet that will be expected (for translation: the other's address). */
	readonly direction: Direction;
	/** Not used up by the first flow that meets it. */
	readonly permanent: boolean;
	/** World time in ms at which it goes. */
	readonly timeout: number;
	/**
	 * With translation: the address and port the data named before it was rewritten, to which the
	 * expected flow is sent on (`saved_addr`, `saved_proto`).
	 */
	readonly saved: { readonly address: number; readonly port: number } | null;
}

/** Of a mask only what it says of the source counts (`nf_ct_tuple_mask_cmp`). */
function agree(one: Tuple, other: Tuple, mask: Pick<Tuple, 'src' | 'sport'>): boolean {
	return (
		one.protocol === other.protocol &&
		((one.src ^ other.src) & mask.src) === 0 &&
		((one.sport ^ other.sport) & mask.sport) === 0 &&
		one.dst === other.dst &&
		one.dport === other.dport
	);
}

/** Whether a first packet, in a zone, is the one waited for (`nf_ct_exp_equal`). */
export function meets({ tuple, mask, master }: Expectation, first: Tuple, zone: Zone): boolean {
	return agree(tuple, first, mask) && master.zone.id === zone.id;
}

/** Whether one flow could meet both (`expect_clash`). */
export function clash(one: Expectation, other: Expectation): boolean {
	const { mask } = one;
	const shared = { src: mask.src & other.mask.src, sport: mask.sport & other.mask.sport };
	return agree(one.tuple, other.tuple, shared) && one.master.zone.id === other.master.zone.id;
}
