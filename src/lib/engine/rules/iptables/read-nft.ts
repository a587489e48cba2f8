/**
 * What iptables makes of a rule that nft wrote into one of its tables. iptables-nft reads a rule back from the
 * expressions that the kernel has of it: some it does not know at all, others it passes over (`nft_is_expr_compatible`
 * and `nft_rule_to_iptables_command_state` of iptables 1.8.9).
 */
import { ICMP, TCP, UDP, maskOf } from '../../packet';
import { goesWithoutSaying } from '../goes-without-saying';
import { PERIOD_SECONDS } from '../periods';
import type { Chain, Expression, Operand, Rule, Scalar, Statement, Verdict } from '../ruleset';
import type { IcmpMatch } from './matches/icmp';
import { limitOf } from './matches/limit';
import type { MarkMatch } from './matches/mark';
import type { PkttypeMatch } from './matches/pkttype';
import type { PortMatch, TcpMatch } from './matches/ports';
import type { TtlMatch } from './matches/ttl';
import { Refusal } from './refusal';
import type { AddressMatch, Extended, IptablesRule, Target } from './rule';
import type { NflogOptions } from './targets/nflog';
import { iptablesForm } from './translate';

type Match = Extract<Statement, { kind: 'match' }>;

const ALL = 0xffffffff;

/** Meta keys in the machine's byte order: to compare what is more or less, nft turns them round (`byteorder`). */
const HOST_ORDER: readonly string[] = [
	...['mark', 'length', 'priority', 'skuid', 'skgid'],
	...['iif', 'oif', 'iiftype', 'oiftype', 'iifgroup', 'oifgroup']
];

function knowsExpression(expression: Expression): boolean {
	switch (expression.kind) {
		case 'payload':
		case 'meta':
		case 'raw':
		case 'constant':
			return true;
		case 'binary':
			return knowsExpression(expression.left) && knowsExpression(expression.right);
		case 'concat':
			return expression.parts.every(knowsExpression);
		case 'map':
			return knowsExpression(expression.key);
		default:
			return false;
	}
}

function isTurned(left: Expression, op: Match['op'], right: Operand): boolean {
	const ordered = right.kind === 'range' || /^[<>]/.test(op);
	return left.kind === 'meta' && HOST_ORDER.includes(left.key) && ordered;
}

function knowsStatement(statement: Statement): boolean {
	switch (statement.kind) {
		case 'verdict':
		case 'xt':
			return true;
		case 'counter':
			return statement.name === undefined;
		case 'limit':
			return !statement.over && statement.unit === 'packets' && statement.name === undefined;
		case 'log':
			return statement.group !== undefined;
		case 'vmap':
			return knowsExpression(statement.key);
		case 'assign': {
			const { target, value } = statement;
			return (target.kind === 'meta' || target.kind === 'payload') && knowsExpression(value);
		}
		case 'match': {
			const { left, op, right } = statement;
			return knowsExpression(left) && !isTurned(left, op, right);
		}
		default:
			return false;
	}
}

/** Whether all that the rule is made of has a name that iptables knows. */
function isCompatible(rule: Rule): boolean {
	return rule.iptables !== undefined || rule.statements.every(knowsStatement);
}

/** Whether iptables lists the chain, or says that it is nft's affair. */
export function isListable(chain: Chain): boolean {
	return chain.rules.every(isCompatible);
}

/** What iptables makes of a rule. */
interface ReadBack {
	readonly form: IptablesRule;
	/** It is read as something that nobody wrote, of which only this is known here: that it is no rule that one could mean. */
	readonly strange: boolean;
}

/**
 * The rule as iptables has it, its own or as it is read back: also where it is of what iptables does not know, which is
 * passed over as long as nothing is compared with it.
 * @throws {Refusal} where it cannot be read.
 */
export function readBack(rule: Rule): ReadBack {
	const own = iptablesForm(rule);
	if (own) return { form: own, strange: false };
	const read = new NftReader().read(rule);
	if (read) return read;
	throw new Refusal('there is a rule of nft that iptables cannot read', null, null, 3);
}

/**
 * The same where it has to be written again, in a list or in the table.
 * @throws {Refusal} where it cannot be read.
 */
export const formRead = (rule: Rule): IptablesRule => readBack(rule).form;

/** What a comparison is made with: an inclusive range of numbers, or all others. */
interface Range {
	readonly from: number;
	readonly to: number;
	readonly negated: boolean;
}

function rangeOf(op: Match['op'], right: Operand, highest: number): Range | null {
	if (right.kind === 'range')
		return { from: Number(right.from), to: Number(right.to), negated: op === '!=' };
	if (right.kind !== 'value' || typeof right.value !== 'number') return null;
	const { value } = right;
	switch (op) {
		case '==':
		case '!=':
			return { from: value, to: value, negated: op === '!=' };
		case '<':
			return { from: 0, to: value - 1, negated: false };
		case '<=':
			return { from: 0, to: value, negated: false };
		case '>':
			return { from: value + 1, to: highest, negated: false };
		case '>=':
			return { from: value, to: highest, negated: false };
		default:
			return null;
	}
}

/** All but the matches, which are put together in order. */
type Draft = { -readonly [Key in keyof Omit<IptablesRule, 'matches'>]: IptablesRule[Key] };

class NftReader {
	private readonly rule: Draft = { target: null };
	private readonly matches: Extended[] = [];
	/** The register has something in it that iptables knows; what it does not know, it takes for that. */
	private loaded = false;
	private strange = false;

	read({ statements, comment }: Rule): ReadBack | null {
		const said = statements.filter((_, at) => !goesWithoutSaying(statements, at, 'ip'));
		if (!said.every((statement) => this.statement(statement))) return null;
		if (comment !== undefined) this.matches.push({ name: 'comment', options: { text: comment } });
		return { form: { ...this.rule, matches: this.matches }, strange: this.strange };
	}

	/** @returns false where it cannot be read. */
	private statement(statement: Statement): boolean {
		switch (statement.kind) {
			case 'match':
				return this.match(statement);
			case 'vmap':
				this.carriedBy(statement.key);
				return true;
			case 'limit': {
				const { rate, per, burst } = statement;
				this.matches.push({ name: 'limit', options: limitOf(rate, PERIOD_SECONDS[per], burst) });
				return true;
			}
			case 'verdict':
				this.rule.target = targetOf(statement.verdict) ?? this.rule.target;
				return true;
			case 'log':
				this.rule.target = nflogOf(statement);
				return true;
			case 'assign': {
				const { target } = statement;
				if (target.kind !== 'meta') return true;
				this.strange = true;
				return target.key === 'nftrace';
			}
			case 'label':
				return this.unknown();
			default:
				return true;
		}
	}

	/** A comparison with what iptables does not know. */
	private unknown(): boolean {
		this.strange = true;
		return this.loaded;
	}

	/** What belongs to a protocol is asked of its packets alone. */
	private carriedBy(expression: Expression): void {
		if (expression.kind === 'concat') for (const part of expression.parts) this.carriedBy(part);
		if (expression.kind === 'binary') this.carriedBy(expression.left);
		if (expression.kind !== 'payload') return;
		const { protocol } = expression;
		const number = { tcp: TCP, udp: UDP, icmp: ICMP }[protocol as string];
		if (number !== undefined) this.rule.protocol = { number, negated: false };
	}

	private match({ left, op, right, joined }: Match): boolean {
		this.carriedBy(left);
		if (joined && left.kind === 'concat' && right.kind === 'value' && Array.isArray(right.value)) {
			const values: readonly Scalar[] = right.value;
			return left.parts.every((part, i) =>
				this.match({ kind: 'match', left: part, op, right: { kind: 'value', value: values[i]! } })
			);
		}
		// Whatever is looked up in a set is passed over.
		if (right.kind === 'set') return true;
		if (!knowsExpression(left)) return this.unknown();
		this.loaded = true;
		if (isTurned(left, op, right)) this.strange = true;
		if (left.kind === 'payload') return this.field(left.protocol, left.field, op, right);
		if (left.kind === 'meta') return this.meta(left.key, op, right);
		if (left.kind !== 'binary' || left.right.kind !== 'constant') return false;
		const bits = Number(left.right.value);
		// Bits that are set are none that are looked at; the rest of what is done to them is passed over.
		const mask = left.op === '&' ? bits : left.op === '|' ? ~bits >>> 0 : ALL;
		const shifted = left.op === '<<' || left.op === '>>';
		return !shifted && this.masked(left.left, mask, op === '!=', right);
	}

	private field(protocol: string, field: string, op: Match['op'], right: Operand): boolean {
		switch (protocol) {
			case 'ip':
				return this.ipField(field, op, right);
			case 'tcp':
				if (field === 'flags') return this.flags(op, right);
				return this.port('tcp', field, op, right);
			case 'udp':
				return this.port('udp', field, op, right);
			case 'icmp':
				return this.icmp(field, right);
			case 'th': {
				const { number, negated } = this.rule.protocol ?? { number: 0, negated: false };
				if (negated || (number !== TCP && number !== UDP)) return false;
				return this.port(number === TCP ? 'tcp' : 'udp', field, op, right);
			}
			default:
				return false;
		}
	}

	private ipField(field: string, op: Match['op'], right: Operand): boolean {
		const negated = op === '!=';
		switch (field) {
			case 'saddr':
			case 'daddr':
				return this.address(field, negated, right);
			case 'protocol':
				return this.protocol(negated, right);
			case 'ttl':
				return this.ttl(op, right);
			case 'frag-off':
				this.rule.fragment = negated ? 'not' : 'only';
				return right.kind === 'value';
			default:
				return false;
		}
	}

	private address(field: 'saddr' | 'daddr', negated: boolean, right: Operand): boolean {
		const found: AddressMatch | null =
			right.kind === 'prefix'
				? { address: Number(right.network), mask: maskOf(right.length), negated }
				: right.kind === 'value'
					? { address: Number(right.value), mask: ALL, negated }
					: // Two comparisons, of which the second is kept.
						right.kind === 'range' && !negated
						? { address: Number(right.to), mask: ALL, negated }
						: null;
		if (found) this.setAddress(field, found);
		return found !== null;
	}

	private setAddress(field: string, match: AddressMatch): void {
		if (match.mask !== 0 || match.negated)
			this.rule[field === 'saddr' ? 'source' : 'destination'] = match;
	}

	private protocol(negated: boolean, right: Operand): boolean {
		const range = rangeOf(negated ? '!=' : '==', right, 255);
		// Of two comparisons the second is kept.
		if (range) this.rule.protocol = { number: range.to, negated };
		return range !== null;
	}

	private ttl(op: Match['op'], right: Operand): boolean {
		const add = (op: TtlMatch['op'], value: number) => {
			this.matches.push({ name: 'ttl', options: { op, value } satisfies TtlMatch });
			return true;
		};
		if (right.kind === 'range' && op !== '!=')
			return add('>', Number(right.from) - 1) && add('<', Number(right.to) + 1);
		if (right.kind !== 'value') return false;
		const value = Number(right.value);
		if (op === '<=') return add('<', value + 1);
		if (op === '>=') return add('>', value - 1);
		return (op === '==' || op === '!=' || op === '<' || op === '>') && add(op, value);
	}

	/** A match that what is asked of one header shares. */
	private shared<Options extends object>(
		name: string,
		none: Options,
		more: Partial<Options>
	): void {
		const at = this.matches.findIndex((match) => match.name === name);
		const before = (this.matches[at]?.options as Options | undefined) ?? none;
		const match = { name, options: { ...before, ...more } };
		if (at < 0) this.matches.push(match);
		else this.matches[at] = match;
	}

	private port(name: 'tcp' | 'udp', field: string, op: Match['op'], right: Operand): boolean {
		const port: PortMatch | null = rangeOf(op, right, 65535);
		// Other fields of the header are passed over.
		if (field !== 'sport' && field !== 'dport') return true;
		if (!port) return false;
		const every = port.from === 0 && port.to === 65535 && !port.negated;
		const more = every ? {} : field === 'sport' ? { source: port } : { destination: port };
		this.shared<TcpMatch>(name, {}, more);
		return true;
	}

	private flags(op: Match['op'], right: Operand): boolean {
		if (right.kind !== 'value') return false;
		const value = Number(right.value);
		const any = op === 'in' || op === 'not in';
		const negated = op === 'in' || op === '!=';
		this.setFlags(any ? value : 0xff, any ? 0 : value, negated);
		return true;
	}

	private setFlags(mask: number, compare: number, negated: boolean): void {
		this.shared<TcpMatch>('tcp', {}, { flags: { mask, compare, negated } });
	}

	private icmp(field: string, right: Operand): boolean {
		if (right.kind !== 'value' || (field !== 'type' && field !== 'code')) return false;
		const value = Number(right.value);
		const any: IcmpMatch = { type: 255, codes: [0, 255], negated: false };
		const more: Partial<IcmpMatch> = field === 'type' ? { type: value } : { codes: [value, value] };
		this.shared('icmp', any, more);
		return true;
	}

	private meta(key: string, op: Match['op'], right: Operand): boolean {
		const negated = op === '!=';
		switch (key) {
			case 'l4proto':
				return this.protocol(negated, right);
			case 'iifname':
			case 'iif':
				return this.device('in', negated, right);
			case 'oifname':
			case 'oif':
				return this.device('out', negated, right);
			case 'mark':
				return this.mark(ALL, negated, right);
			case 'pkttype': {
				if (right.kind !== 'value') return false;
				const options: PkttypeMatch = { type: Number(right.value), negated };
				this.matches.push({ name: 'pkttype', options });
				return true;
			}
			default:
				return false;
		}
	}

	private device(way: 'in' | 'out', negated: boolean, right: Operand): boolean {
		if (right.kind === 'wildcard') this.rule[way] = { name: `${right.start}+`, negated };
		else if (right.kind === 'value') this.rule[way] = { name: String(right.value), negated };
		else return false;
		return true;
	}

	private mark(mask: number, negated: boolean, right: Operand): boolean {
		// A range is turned round, and read as something else.
		if (right.kind !== 'value') return right.kind === 'range';
		const options: MarkMatch = { value: Number(right.value), mask, negated };
		this.matches.push({ name: 'mark', options });
		return true;
	}

	private masked(left: Expression, mask: number, negated: boolean, right: Operand): boolean {
		if (right.kind !== 'value') return false;
		const value = Number(right.value);
		if (left.kind === 'meta') return left.key === 'mark' && this.mark(mask, negated, right);
		if (left.kind !== 'payload') return false;
		if (left.protocol === 'tcp' && left.field === 'flags') this.setFlags(mask, value, negated);
		else if (left.protocol !== 'ip') return false;
		else if (left.field === 'saddr' || left.field === 'daddr')
			this.setAddress(left.field, { address: value, mask, negated });
		else if (left.field === 'frag-off') this.rule.fragment = negated ? 'only' : 'not';
		else return false;
		return true;
	}
}

/** `null` where there is none. */
function targetOf(verdict: Verdict): Target | null {
	switch (verdict.kind) {
		case 'accept':
			return { kind: 'verdict', verdict: 'ACCEPT' };
		case 'drop':
			return { kind: 'verdict', verdict: 'DROP' };
		case 'return':
			return { kind: 'verdict', verdict: 'RETURN' };
		case 'continue':
			return null;
		case 'jump':
		case 'goto':
			return { kind: verdict.kind, chain: verdict.chain };
	}
}

function nflogOf(log: Extract<Statement, { kind: 'log' }>): Target {
	const options: NflogOptions = {
		group: log.group ?? 0,
		...(log.prefix !== undefined && { prefix: log.prefix }),
		...(log.snaplen !== undefined && { size: log.snaplen }),
		threshold: log.queueThreshold ?? 0
	};
	return { kind: 'extension', name: 'NFLOG', options };
}
