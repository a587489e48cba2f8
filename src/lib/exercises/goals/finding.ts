/** What holding a condition against a run gave, as data: whether it is met, and what was seen instead. */
import type { Misfit } from './match';

/** Why a condition is met or not; words for it are made in `words/`. */
export type Reason =
	| { readonly kind: 'as asked' }
	/** Nothing arrived there; if a host dropped it on the way, where. */
	| { readonly kind: 'nothing arrived'; readonly at: string; readonly drop: DropPlace | null }
	| { readonly kind: 'arrived otherwise'; readonly at: string; readonly misfit: Misfit }
	| { readonly kind: 'count'; readonly found: number; readonly wanted: string }
	| { readonly kind: 'dropped elsewhere'; readonly drop: DropPlace }
	| { readonly kind: 'not dropped'; readonly on: string }
	| { readonly kind: 'no entry'; readonly on: string }
	| { readonly kind: 'entry otherwise'; readonly on: string; readonly misfit: Misfit }
	| { readonly kind: 'no such rule'; readonly where: string }
	| {
			readonly kind: 'rewritten elsewhere';
			readonly field: string;
			readonly where: string;
			readonly to: string;
	  }
	| { readonly kind: 'not rewritten'; readonly field: string }
	| { readonly kind: 'not asked'; readonly where: string }
	| { readonly kind: 'asked all the same'; readonly where: string }
	| { readonly kind: 'not seen'; readonly on: string }
	| { readonly kind: 'other relation'; readonly found: string }
	| { readonly kind: 'routed otherwise'; readonly found: string }
	| { readonly kind: 'command'; readonly exit: number | null; readonly output: string }
	/** What was not to be is so. */
	| { readonly kind: 'happened' }
	| { readonly kind: 'none of them' };

export interface DropPlace {
	readonly host: string;
	/** `forward/ip filter forward`, or `no route`. */
	readonly where: string;
}

export interface Finding {
	readonly met: boolean;
	readonly reason: Reason;
}

export const MET: Finding = { met: true, reason: { kind: 'as asked' } };
export const unmet = (reason: Reason): Finding => ({ met: false, reason });
