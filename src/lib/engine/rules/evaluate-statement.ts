/** Statements as functions, made once for each rule. */
import { IPS_CONFIRMED } from '../conntrack/entry';
import type { NatRequest, RuleContext } from './context';
import { objectPasses, passes } from './own';
import { compileUpdate } from './evaluate-update';
import { compileLabelSet, compileLabels } from './labels';
import { compileMatch } from './match';
import { ABSENT, ask } from './match-field';
import type { Ask } from './match-field';
import { askKey, lookupPassing } from './match-set';
import type {
	Expression,
	NatStatement,
	RangeValue,
	SetElement,
	Statement,
	Table,
	Verdict
} from './ruleset';
import { kindOf } from './nft/tcp-options';
import { readAs, registerOf } from './registers';
import { lowerMss, stripOption } from './tcp-option';
import { compileXt } from './xt';

/** Said by a statement that does not match: the next rule is asked. */
export const BREAK: Verdict = Object.freeze({ kind: 'continue' });
const DROP: Verdict = Object.freeze({ kind: 'drop' });

/** `null`: go on with the next statement; `BREAK`: with the next rule; else the rule's verdict. */
export type Step = (ctx: RuleContext) => Verdict | null;

export function compileStatement(statement: Statement, table: Table): Step {
	switch (statement.kind) {
		case 'match': {
			const matches = compileMatch(statement, table);
			return (ctx) => (matches(ctx) ? null : BREAK);
		}
		case 'counter':
		case 'limit':
		case 'quota':
		case 'count':
			return (ctx) => verdictOf(passes(ctx, statement));
		case 'object map': {
			const find = lookupPassing(askKey(statement.key), statement.map, table);
			return (ctx) => {
				const element = find(ctx);
				if (element === null || element === ABSENT) return BREAK;
				return verdictOf(objectPasses(ctx, element.object!));
			};
		}
		case 'log': {
			const prefix = statement.prefix ?? '';
			return (ctx) => {
				ctx.log(prefix);
				return null;
			};
		}
		case 'verdict': {
			const { verdict } = statement;
			return verdict.kind === 'continue' ? () => null : () => verdict;
		}
		case 'vmap': {
			const find = lookupPassing(askKey(statement.key), statement.map, table);
			return (ctx) => {
				const element = find(ctx);
				if (element === null || element === ABSENT) return BREAK;
				const verdict = element.verdict!;
				return verdict.kind === 'continue' ? null : verdict;
			};
		}
		case 'reject': {
			const how = statement.with;
			return (ctx) => {
				ctx.reject(how);
				return DROP;
			};
		}
		case 'assign':
			return compileAssign(statement, table);
		case 'nat':
			return compileNat(statement, table);
		case 'label': {
			const matches = compileLabels(statement);
			return (ctx) => (matches(ctx) ? null : BREAK);
		}
		case 'label set': {
			const give = compileLabelSet(statement.labels);
			return (ctx) => {
				give(ctx);
				return null;
			};
		}
		case 'notrack':
			return (ctx) => {
				ctx.notrack();
				return null;
			};
		case 'strip': {
			const kind = kindOf(statement.option);
			return (ctx) => verdictOf(stripOption(ctx, kind));
		}
		case 'update':
			return compileUpdate(statement, table);
		case 'xt': {
			const evaluate = compileXt(statement);
			return (ctx) => {
				const said = evaluate(ctx);
				if (said === true) return null;
				if (said === false) return BREAK;
				return said.kind === 'continue' ? null : said;
			};
		}
	}
}

/** What a count says of its packet. */
export function verdictOf(passes: boolean | null): Verdict | null {
	if (passes === null) return DROP;
	return passes ? null : BREAK;
}

/** A value that may come out of a map. */
export function askValue(expression: Expression, table: Table): Ask {
	if (expression.kind !== 'map') return ask(expression);
	const find = lookupPassing(askKey(expression.key), expression.map, table);
	return (ctx) => {
		const element = find(ctx);
		if (element === null || element === ABSENT) return ABSENT;
		const { data } = element;
		return typeof data === 'number' || typeof data === 'string' ? data : ABSENT;
	};
}

function compileAssign(statement: Extract<Statement, { kind: 'assign' }>, table: Table): Step {
	const { target } = statement;
	const value = askValue(statement.value, table);
	// nft has put a value in the order of the header before it is written there.
	const as = readAs(statement.value, registerOf(target), target.kind === 'payload');
	/** `write` says false where the packet has not what is to be written. */
	const put = (write: (ctx: RuleContext, value: number) => boolean | void): Step => {
		return (ctx) => {
			const given = value(ctx);
			if (given === ABSENT || typeof given !== 'number') return BREAK;
			return write(ctx, as ? as(given) : given) === false ? BREAK : null;
		};
	};
	switch (target.kind) {
		case 'meta':
			if (target.key === 'mark') return put((ctx, mark) => ctx.setMark(mark));
			if (target.key === 'nftrace') return put((ctx, on) => ctx.setTrace((on & 1) !== 0));
			return put((ctx, priority) => ctx.setPriority(priority));
		case 'ct':
			if (target.key === 'mark')
				return put((ctx, mark) => {
					if (ctx.entry !== null && ctx.entry.mark !== mark) ctx.setEntryMark(mark);
				});
			if (target.key === 'event') return put((ctx, events) => ctx.setEntryEvents(events));
			if (target.key === 'zone') {
				const direction = target.direction ?? 'both';
				return put((ctx, zone) => ctx.setZone(zone & 0xffff, direction));
			}
			return compileHelper(statement, table);
		case 'payload': {
			const { protocol, field } = target;
			return put((ctx, given) => ctx.setPayload(protocol, field, given));
		}
		case 'tcp option':
			return (ctx) => (lowerMss(ctx, value(ctx) as number) ? null : BREAK);
	}
}

/** `ct helper set`: only on a new flow of the helper's protocol (`nft_ct_helper_obj_eval`). */
function compileHelper(statement: Extract<Statement, { kind: 'assign' }>, table: Table): Step {
	const name = statement.value.kind === 'constant' ? statement.value.value : null;
	const object = table.objects.find((one) => one.kind === 'ct helper' && one.name === name);
	if (!object || object.kind !== 'ct helper') return () => null;
	const { helper, protocol } = object;
	if (object.family === 'ip6') return () => null;
	return (ctx) => {
		const { entry } = ctx;
		if (entry && !(entry.status & IPS_CONFIRMED) && entry.original.protocol === protocol)
			ctx.setHelper(helper);
		return null;
	};
}

// --- NAT ------------------------------------------------------------------------------------

type AskRange = (ctx: RuleContext) => RangeValue | null;

function isConstant(part: RangeValue | Expression | undefined): part is RangeValue | undefined {
	return part === undefined || !('kind' in part);
}

/** The data of the element found, as a range. */
function rangeOf(element: SetElement | null | typeof ABSENT): RangeValue | null {
	if (element === null || element === ABSENT) return null;
	const { data } = element;
	if (typeof data === 'number') return { from: data, to: data };
	return typeof data === 'object' && 'from' in data ? data : null;
}

function askRange(part: RangeValue | Expression, table: Table): AskRange {
	if (isConstant(part)) return () => part!;
	if (part.kind === 'map') {
		const find = lookupPassing(askKey(part.key), part.map, table);
		return (ctx) => rangeOf(find(ctx));
	}
	const value = askValue(part, table);
	return (ctx) => {
		const given = value(ctx);
		return typeof given === 'number' && given >= 0 ? { from: given, to: given } : null;
	};
}

/** `nft_nat_eval`, `nft_masq_eval`, `nft_redir_eval`: the verdict is that of the binding. */
function compileNat(nat: NatStatement, table: Table): Step {
	const { type, flags, address, port, addressAndPort } = nat;
	// In family inet a translation of the other family does nothing (`nft_nat_inet_eval`).
	if (nat.family === 'ip6') return () => null;
	if (addressAndPort) {
		const ask = askPair(addressAndPort, table);
		return (ctx) => {
			const pair = ask(ctx);
			return pair ? ctx.nat({ type, flags, ...pair }) : BREAK;
		};
	}
	if (isConstant(address) && isConstant(port)) {
		const request: NatRequest = {
			type,
			flags,
			...(nat.prefix && { netmap: true }),
			...(address ? { address } : {}),
			...(port ? { port } : {})
		};
		return (ctx) => ctx.nat(request);
	}
	const addresses = address ? askRange(address, table) : null;
	const ports = port ? askRange(port, table) : null;
	return (ctx) => {
		const request: { -readonly [K in keyof NatRequest]: NatRequest[K] } = { type, flags };
		if (nat.prefix) request.netmap = true;
		if (addresses) {
			const range = addresses(ctx);
			if (!range) return BREAK;
			request.address = range;
		}
		if (ports) {
			const range = ports(ctx);
			if (!range) return BREAK;
			request.port = range;
		}
		return ctx.nat(request);
	};
}

/** Address and port that come together, out of a map or written joined. */
function askPair(
	expression: Expression,
	table: Table
): (ctx: RuleContext) => { address: RangeValue; port: RangeValue } | null {
	const pair = (address: unknown, port: unknown) =>
		typeof address === 'number' && typeof port === 'number'
			? { address: { from: address, to: address }, port: { from: port, to: port } }
			: null;
	if (expression.kind === 'map') {
		const find = lookupPassing(askKey(expression.key), expression.map, table);
		return (ctx) => {
			const element = find(ctx);
			if (element === null || element === ABSENT || !Array.isArray(element.data)) return null;
			return pair(element.data[0], element.data[1]);
		};
	}
	if (expression.kind === 'constant') {
		const value = Array.isArray(expression.value) ? expression.value : [];
		return () => pair(value[0], value[1]);
	}
	const parts = askKey(expression);
	return (ctx) => pair(parts[0]?.(ctx), parts[1]?.(ctx));
}
