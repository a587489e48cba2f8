/** A `match` statement as a function, the common ones without a detour. */
import type { RuleContext } from './context';
import { ABSENT, ask } from './match-field';
import type { Ask } from './match-field';
import { askKey, covers, lookup, lookupPassing } from './match-set';
import type { Operand, Scalar, Statement, Table } from './ruleset';
import { stretch } from './stretch';

export type Match = Extract<Statement, { kind: 'match' }>;
export type Test = (ctx: RuleContext) => boolean;

/** Whether the packet is as the statement says. What cannot be asked does not match. */
export function compileMatch(match: Match, table: Table): Test {
	const { left, right, op } = match;
	if (right.kind === 'set') {
		if (op === '!=') {
			const find = lookup(askKey(left), right.set, table);
			return (ctx) => find(ctx) === null;
		}
		const find = lookupPassing(askKey(left), right.set, table);
		return (ctx) => {
			const element = find(ctx);
			return element !== null && element !== ABSENT;
		};
	}
	if (left.kind === 'concat') return compileTuple(match);
	const quick = quickTest(match);
	if (quick) return quick;
	return compare(ask(left), op, right);
}

function compileTuple({ left, op, right }: Match): Test {
	const parts = askKey(left);
	const wanted = right.kind === 'value' ? (right.value as readonly Scalar[]) : [];
	return (ctx) => {
		let equal = true;
		for (let i = 0; i < parts.length; i++) {
			const value = parts[i]!(ctx);
			if (value === ABSENT) return false;
			if (value !== wanted[i]) equal = false;
		}
		return equal === (op !== '!=');
	};
}

/** What most rules ask, read straight off the packet. */
function quickTest({ left, op, right }: Match): Test | null {
	if (left.kind === 'payload' && left.protocol === 'ip' && op === '==') {
		if (right.kind === 'value') {
			const value = right.value as number;
			if (left.field === 'saddr') return (ctx) => ctx.packet.ip.src === value;
			if (left.field === 'daddr') return (ctx) => ctx.packet.ip.dst === value;
			if (left.field === 'protocol') return (ctx) => ctx.packet.ip.protocol === value;
		}
		if (right.kind === 'prefix' && right.length > 0) {
			const network = right.network as number;
			const shift = 32 - right.length;
			const start = network >>> shift;
			if (left.field === 'saddr') return (ctx) => ctx.packet.ip.src >>> shift === start;
			if (left.field === 'daddr') return (ctx) => ctx.packet.ip.dst >>> shift === start;
		}
	}
	if (left.kind === 'meta' && op === '==' && right.kind === 'value') {
		const value = right.value;
		if (left.key === 'l4proto') return (ctx) => ctx.packet.ip.protocol === value;
		if (left.key === 'iifname' || left.key === 'iif') return (ctx) => ctx.inName === value;
		if (left.key === 'oifname' || left.key === 'oif') return (ctx) => ctx.outName === value;
	}
	return null;
}

function compare(get: Ask, op: Match['op'], right: Operand): Test {
	if (right.kind === 'value') {
		const wanted = right.value as Scalar;
		if (typeof wanted === 'string')
			return op === '!='
				? (ctx) => {
						const value = get(ctx);
						return value !== ABSENT && value !== wanted;
					}
				: (ctx) => get(ctx) === wanted;
		return compareNumber(get as (ctx: RuleContext) => number, op, wanted);
	}
	const equal = op !== '!=';
	const [from, to] = stretch(right) ?? [];
	if (from !== undefined && to !== undefined)
		return (ctx) => {
			const value = get(ctx);
			return value !== ABSENT && (value >= from && value <= to) === equal;
		};
	return (ctx) => {
		const value = get(ctx);
		return value !== ABSENT && covers(right, value) === equal;
	};
}

function compareNumber(get: (ctx: RuleContext) => number, op: Match['op'], wanted: number): Test {
	switch (op) {
		case '==':
			return (ctx) => get(ctx) === wanted;
		case '!=':
			return (ctx) => {
				const value = get(ctx);
				return value !== ABSENT && value !== wanted;
			};
		case '<':
			return (ctx) => {
				const value = get(ctx);
				return value !== ABSENT && value < wanted;
			};
		case '<=':
			return (ctx) => {
				const value = get(ctx);
				return value !== ABSENT && value <= wanted;
			};
		case '>':
			return (ctx) => get(ctx) > wanted;
		case '>=':
			return (ctx) => {
				const value = get(ctx);
				return value !== ABSENT && value >= wanted;
			};
		case 'in':
			return (ctx) => {
				const value = get(ctx);
				return value !== ABSENT && (value & wanted) !== 0;
			};
		case 'not in':
			return (ctx) => {
				const value = get(ctx);
				return value !== ABSENT && (value & wanted) === 0;
			};
	}
}
