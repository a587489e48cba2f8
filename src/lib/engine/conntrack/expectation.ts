/**
 * An expectation: a flow that a helper has read of in another flow's data and waits for
 * (`struct nf_conntrack_expect`).
 */
import type { Direction, Entry } from './entry';
import type { Tuple } from './tuple';

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

/** Whether a first packet's tuple is the one waited for (`nf_ct_tuple_mask_cmp`). */
export function meets(expectation: Expectation, tuple: Tuple): boolean {
	const { tuple: wanted, mask } = expectation;
	return (
		wanted.protocol === tuple.protocol &&
		((wanted.src ^ tuple.src) & mask.src) === 0 &&
		((wanted.sport ^ tuple.sport) & mask.sport) === 0 &&
		wanted.dst === tuple.dst &&
		wanted.dport === tuple.dport
	);
}
