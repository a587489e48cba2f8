/** `add @set { … }`, `update @set { … }`, `delete @set { … }`: sets that packets write to. */
import type { RuleContext } from './context';
import { BREAK, askValue, verdictOf } from './evaluate-statement';
import type { Step } from './evaluate-statement';
import { ABSENT } from './match-field';
import type { Ask } from './match-field';
import { askKey, finderOf, namedSet } from './match-set';
import { afresh, ownPasses } from './own';
import { readAs, registerOfType } from './registers';
import type {
	DataType,
	Expression,
	NamedSet,
	Operand,
	Scalar,
	SetElement,
	Statement,
	Table
} from './ruleset';

type Update = Extract<Statement, { kind: 'update' }>;

/** How many elements a set takes that names no size (`NFT_DYNSET` defaults). */
const DEFAULT_SIZE = 65535;

/** `nft_dynset_eval`: the element is found or made; a set that is full ends the rule. */
export function compileUpdate(update: Update, table: Table): Step {
	const set = namedSet(table, update.set);
	if (!set) return () => BREAK;
	const key = askPut(update.key, askKey(update.key), set.type);
	const [data] =
		update.data && set.data
			? askPut(update.data, [askValue(update.data, table)], set.data)
			: [null];
	const timeout = update.timeout ?? set.timeout;
	const each = update.each ?? set.each;
	return (ctx) => {
		const values: Scalar[] = [];
		for (const part of key) {
			const value = part(ctx);
			if (value === ABSENT) return BREAK;
			values.push(value);
		}
		const list = set.elements.list;
		const at = finderOf(list)(values);
		const there = at !== null && !(at.expires !== undefined && at.expires <= ctx.now) ? at : null;
		if (update.op === 'delete') {
			if (there) replace(ctx, set, there, null);
			return null;
		}
		let element: SetElement;
		if (there) {
			element =
				update.op === 'update' && timeout !== undefined
					? { ...there, expires: ctx.now + timeout * 1000 }
					: there;
			if (element !== there) replace(ctx, set, there, element);
		} else {
			const alive = list.filter((one) => one.expires === undefined || one.expires > ctx.now);
			if (alive.length >= (set.size ?? DEFAULT_SIZE)) return BREAK;
			const given = data ? data(ctx) : undefined;
			if (given === ABSENT) return BREAK;
			element = {
				key: keyOf(values),
				...(given === undefined ? {} : { data: given }),
				...(update.verdict ? { verdict: update.verdict } : {}),
				...(update.timeout === undefined ? {} : { timeout: update.timeout }),
				...(timeout === undefined ? {} : { expires: ctx.now + timeout * 1000 }),
				...(update.comment === undefined ? {} : { comment: update.comment }),
				...(each ? { own: each.map(afresh) } : {})
			};
			ctx.journal.set(set.elements, 'list', [...alive, element]);
		}
		return element.own ? verdictOf(ownPasses(ctx, element.own)) : null;
	};
}

/** What is put into a set as its type reads it; of joined values each is of its own type already. */
function askPut(
	expression: Expression,
	parts: readonly Ask[],
	types: readonly DataType[]
): readonly Ask[] {
	const [type] = types;
	const as = types.length === 1 && type ? readAs(expression, registerOfType(type)) : null;
	if (!as) return parts;
	return parts.map((part) => (ctx) => {
		const value = part(ctx);
		return value === ABSENT || typeof value !== 'number' ? value : as(value);
	});
}

function keyOf(values: readonly Scalar[]): SetElement['key'] {
	const operands = values.map((value): Operand => ({ kind: 'value', value }));
	return operands.length === 1 ? operands[0]! : operands;
}

function replace(ctx: RuleContext, set: NamedSet, old: SetElement, by: SetElement | null): void {
	const list = set.elements.list.flatMap((one) => (one === old ? (by ? [by] : []) : [one]));
	ctx.journal.set(set.elements, 'list', list);
}
