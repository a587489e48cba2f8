/**
 * What a protocol's tracker says of a packet (`NF_ACCEPT`, `-NF_ACCEPT`, `-NF_REPEAT`). `invalid`:
 * of no flow. `repeat`: the entry's connection is over; delete it and look again.
 */
export interface Judgement {
	readonly verdict: 'accept' | 'invalid' | 'repeat';
	readonly reason: string | null;
}

export const ACCEPTED: Judgement = { verdict: 'accept', reason: null };
export const refuse = (reason: string): Judgement => ({ verdict: 'invalid', reason });
