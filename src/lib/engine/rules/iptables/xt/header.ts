/** Verdicts of matches and targets, as values that are made once. */
import type { Verdict } from '../../ruleset';

/** `par->hotdrop`: the packet is too broken to be let through. */
export const HOTDROP: Verdict = { kind: 'drop' };
export const CONTINUE: Verdict = { kind: 'continue' };
export const ACCEPT: Verdict = { kind: 'accept' };
