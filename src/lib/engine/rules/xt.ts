/**
 * Matches and targets of iptables that have no twin in nft's statements: made into functions
 * once, by name. What they do is in `iptables/xt/`.
 */
import type { RuleContext } from './context';
import type { Verdict, XtStatement } from './ruleset';
import { XT } from './iptables/xt';

/**
 * What a match or target says of the packet: `true` and `false` for a match, a verdict for a
 * target, and for a match that drops what it cannot read (`hotdrop`).
 */
export type XtResult = boolean | Verdict;
export type XtEvaluate = (ctx: RuleContext) => XtResult;

/** One kind of match or target. */
export interface XtKind<O> {
	/** The function for these options, made once for each statement. */
	compile(options: O): XtEvaluate;
}

const compiled = new WeakMap<XtStatement, XtEvaluate>();

/** The statement as a function; an unknown name matches nothing. */
export function compileXt(statement: XtStatement): XtEvaluate {
	const before = compiled.get(statement);
	if (before) return before;
	const kind = XT[statement.name];
	const evaluate = kind ? kind.compile(statement.options) : () => false;
	compiled.set(statement, evaluate);
	return evaluate;
}
