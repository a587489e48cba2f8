/** One rule's text as statements with one meaning. */
import type {
	DataType,
	Expression,
	Family,
	NamedSet,
	OwnStatement,
	RejectWith,
	Rule,
	Statement,
	StatefulObject,
	Verdict
} from '../ruleset';
import type { AssignAst, RuleText, StatementNode, UpdateAst, VerdictValue } from './ast';
import { Fault, KernelFault, notModelled } from './fault';
import { afresh } from '../own';
import type { Places } from './place';
import { mergePayloads } from './merge-payloads';
import { META_TYPES, keyTypesOf, typesOf } from './selectors';
import { ExpressionTranslator, tcpOption } from './translate-expression';
import { translateField } from './translate-field';
import { labelsOf } from './translate-labels';
import { MOST_OWN, translateOwn } from './translate-own';
import { translateLog } from './translate-log';
import { MatchTranslator } from './translate-match';
import { translateNat } from './translate-nat';
import { Sets, kindsOf, objectKind } from './translate-set';
import { optionField } from './tcp-options';
import * as T from './types';
import type { NftType } from './types';
import type { Values } from './values';

/** What of its table a rule can name. */
export interface RuleScope {
	readonly family: Family;
	readonly values: Values;
	readonly places: Places;
	readonly now: number;
	set(name: string): NamedSet | null;
	object(kind: StatefulObject['kind'], name: string): StatefulObject | null;
	/** A rule names this set as one that packets add to. */
	usedDynamically(name: string): void;
	/** How a verdict is read; chains are looked for at the commit. */
	verdict(node: VerdictValue): Verdict;
	hasInterface?(name: string): boolean;
	/** The rule asks for a flow's packets or bytes (`nft_ct_get_init` turns accounting on). */
	countsFlows?(): void;
	/** Anonymous sets take handles too. */
	anonymousSet(): void;
}

/** Code of ICMP for each icmpx code (`nft_reject_icmp_code`). */
const ICMPX = [0, 3, 1, 13] as const;

export function translateRule(
	text: RuleText,
	scope: RuleScope
): Pick<Rule, 'statements' | 'comment' | 'source'> {
	const translator = new RuleTranslator(scope);
	let refused: KernelFault | null = null;
	for (const node of text.statements)
		try {
			translator.statement(node);
		} catch (thrown) {
			// nft reads on, and what it finds wrong itself comes first.
			if (!(thrown instanceof KernelFault)) throw thrown;
			refused ??= thrown;
		}
	if (refused) throw refused;
	if (translator.countsFlows) scope.countsFlows?.();
	return {
		statements: mergePayloads(translator.statements),
		...(text.comment ? { comment: text.comment.text } : {}),
		source: scope.places.span(text)
	};
}

class RuleTranslator {
	readonly statements: Statement[] = [];
	private readonly expressions: ExpressionTranslator;
	private readonly sets: Sets;
	private readonly matches: MatchTranslator;
	private readonly values: Values;
	private terminal: StatementNode | null = null;

	/** Whether a flow's packets or bytes are asked for. */
	get countsFlows(): boolean {
		return this.expressions.countsFlows;
	}

	constructor(private readonly scope: RuleScope) {
		this.values = scope.values;
		this.sets = new Sets(scope.values, scope.verdict, scope.set, scope.now, scope.object);
		this.expressions = new ExpressionTranslator(
			scope.family,
			scope.values,
			this.sets,
			this.statements,
			scope.anonymousSet
		);
		this.matches = new MatchTranslator(scope, this.expressions, this.sets);
	}

	statement(node: StatementNode): void {
		if (this.terminal)
			throw new Fault(node, 'nothing can follow a statement that ends the rule with its verdict');
		const made = this.translate(node);
		if (made) this.statements.push(made);
		if (
			(node.kind === 'verdict' && node.verdict.what !== 'continue') ||
			node.kind === 'reject' ||
			node.kind === 'nat'
		)
			this.terminal = node;
	}

	private translate(node: StatementNode): Statement | null {
		switch (node.kind) {
			case 'match':
				return this.matches.match(node);
			case 'vmap': {
				const key = this.expressions.left(node.key);
				const map = this.sets.operand(node.map, keyTypesOf(key), 'verdict');
				if (map.kind === 'literal') this.scope.anonymousSet();
				return { kind: 'vmap', key, map };
			}
			case 'verdict':
				return { kind: 'verdict', verdict: this.scope.verdict(node.verdict) };
			case 'counter':
				return this.counter(node);
			case 'limit':
			case 'quota':
			case 'count':
				return translateOwn(node, this.values);
			case 'object':
				return this.object(node);
			case 'object map': {
				const key = this.expressions.left(node.key);
				const map = this.sets.operand(node.map, keyTypesOf(key), node.object);
				if (map.kind === 'literal') this.scope.anonymousSet();
				return { kind: 'object map', object: node.object, key, map };
			}
			case 'log':
				return translateLog(node, this.values);
			case 'reject':
				return this.reject(node);
			case 'nat':
				return translateNat(node, this.expressions, this.scope.set);
			case 'notrack':
				return { kind: 'notrack' };
			case 'strip':
				return {
					kind: 'strip',
					option: tcpOption({ ...node, kind: 'tcp option', field: null }).option
				};
			case 'assign':
				return this.assign(node);
			case 'update':
				return this.update(node);
		}
	}

	// --- Statements -------------------------------------------------------------------------

	private counter(node: Extract<StatementNode, { kind: 'counter' }>): Statement {
		if (node.name) {
			const object = this.scope.object('counter', node.name.text);
			if (!object || object.kind !== 'counter')
				throw new KernelFault(node.name, `there is no counter \`${node.name.text}\` in this table`);
			return { kind: 'counter', state: object.state, name: object.name };
		}
		return translateOwn(node, this.values);
	}

	private object({ object: kind, name }: Extract<StatementNode, { kind: 'object' }>): Statement {
		const found = this.scope.object(kind, name.text);
		if (found?.kind === 'limit') return found.limit;
		if (found?.kind === 'quota') return { kind, state: found.state, name: found.name } as Statement;
		throw new KernelFault(name, `there is no ${kind} \`${name.text}\` in this table`);
	}

	private reject(node: Extract<StatementNode, { kind: 'reject' }>): Statement {
		const { how } = node;
		let by: RejectWith;
		// Where the rule does not say that this is IPv4, the answer must suit both families.
		if (!how) by = this.portUnreachable();
		else if (how.kind === 'tcp reset') {
			this.expressions.need('tcp', how, true);
			by = { kind: 'tcp-reset' };
		} else if (how.kind === 'icmpx') {
			if (this.scope.family !== 'inet')
				throw new Fault(
					how,
					`\`icmpx\` is for tables of family inet: write \`${this.scope.family === 'ip6' ? 'icmpv6' : 'icmp'}\` here`
				);
			const code = this.values.number(how.code, T.ICMPX_CODE);
			if (code > 3) throw new Fault(how.code, `expected ${T.ICMPX_CODE.expected}`);
			by = { kind: 'icmp', code: ICMPX[code]!, icmpx: code };
		} else if (how.kind === 'icmpv6') {
			const code = this.values.number(how.code, T.ICMPV6_CODE);
			this.expressions.need('ip6', how, true);
			by = { kind: 'icmpv6', code };
		} else {
			this.expressions.need('ip', how, true);
			by = { kind: 'icmp', code: this.values.number(how.code, T.ICMP_CODE) };
		}
		return { kind: 'reject', with: by, ...(how ? { explicit: true } : {}) };
	}

	/** What a bare `reject` answers, by what the rule says of the family. */
	private portUnreachable(): RejectWith {
		const { network, severalFamilies } = this.expressions;
		const code = network === 'ip6' ? 4 : 3;
		// Of several families nft goes by the last, and the kernel takes the code for any of them.
		if (network === null || severalFamilies) return { kind: 'icmp', code, icmpx: 1 };
		return { kind: network === 'ip6' ? 'icmpv6' : 'icmp', code };
	}

	private assign(node: AssignAst): Statement {
		switch (node.target) {
			case 'meta':
				return {
					kind: 'assign',
					target: { kind: 'meta', key: node.key },
					value: this.expressions.kept(
						node.value,
						node.key === 'nftrace' ? T.integer(1) : META_TYPES[node.key]
					)
				};
			case 'ct':
				return this.assignCt(node);
			case 'payload':
				return translateField(node, this.expressions);
			case 'tcp option':
				return this.assignMss(node);
		}
	}

	private assignMss(node: Extract<AssignAst, { target: 'tcp option' }>): Statement {
		const { option, field } = tcpOption(node.key);
		const bytes = field && optionField(option, field)!.bytes;
		if (!field || (bytes !== 2 && bytes !== 4))
			throw new KernelFault(node, 'of a TCP option a field of two or four bytes can be set');
		if (option !== 'maxseg') throw notModelled(node, `tcp option ${option} ${field} set`);
		const value = this.values.resolve(node.value);
		if (value.kind !== 'rt' && !this.expressions.constant(value))
			throw notModelled(value, 'a segment size that is neither a number nor `rt mtu`');
		return {
			kind: 'assign',
			target: { kind: 'tcp option', option: 'maxseg', field: 'size' },
			value:
				value.kind === 'rt'
					? { kind: 'rt', key: value.key }
					: this.expressions.value(value, [T.integer(16)])
		};
	}

	private assignCt(node: Extract<AssignAst, { target: 'ct' }>): Statement {
		const { key, direction } = node.key;
		if (key === 'label') return { kind: 'label set', labels: labelsOf(node.value, this.values) };
		if (key === 'event') return this.assignEvents(node);
		if ((direction && key !== 'zone') || (key !== 'mark' && key !== 'zone' && key !== 'helper'))
			throw notModelled(node, `ct ${direction ? direction + ' ' : ''}${key} set`);
		if (key === 'helper') {
			const value = this.values.resolve(node.value);
			if (value.kind !== 'string' && value.kind !== 'word')
				throw new Fault(node.value, 'expected the name of a `ct helper` of this table');
			if (!this.scope.object('ct helper', value.text))
				throw new KernelFault(value, `there is no ct helper \`${value.text}\` in this table`);
			return {
				kind: 'assign',
				target: { kind: 'ct', key },
				value: { kind: 'constant', value: value.text, type: 'string' }
			};
		}
		return {
			kind: 'assign',
			target: {
				kind: 'ct',
				key,
				...(direction ? { direction: direction as 'original' | 'reply' } : {})
			},
			value: this.expressions.kept(node.value, key === 'mark' ? T.MARK : T.integer(16))
		};
	}

	/** The events of the flow that are told. */
	private assignEvents(node: Extract<AssignAst, { target: 'ct' }>): Statement {
		const value = this.values.resolve(node.value);
		if (!this.expressions.constant(value))
			throw notModelled(value, 'a value of the packet as events');
		if (
			value.kind === 'list' &&
			value.items.some((one) => one.kind === 'word' && /^\d/.test(one.text))
		)
			throw new Fault(value, 'numbers cannot be joined with commas here');
		return {
			kind: 'assign',
			target: { kind: 'ct', key: 'event' },
			value: { kind: 'constant', value: this.values.number(value, T.CT_EVENT) }
		};
	}

	private update(node: UpdateAst): Statement {
		const key = this.expressions.left(node.key);
		const name = node.set.name.text;
		const found = this.scope.set(name);
		if (found && objectKind(found))
			throw new Fault(node.set, `a rule cannot add to a map of ${objectKind(found)}s`);
		const data = found?.data ? (found.data[0] === 'verdict' ? 'verdict' : 'values') : null;
		const shapeData =
			data === null ? null : data === 'verdict' ? 'verdict' : found!.data!.map(setType);
		const set = this.sets.named(name, node.set, typesOf(key), shapeData);
		const made: {
			timeout?: number;
			data?: Expression;
			dataTypes?: readonly DataType[];
			each?: OwnStatement[];
			eachOfSet?: true;
			comment?: string;
		} = {};
		if ((node.data === null) !== (shapeData === null))
			throw new Fault(
				node,
				shapeData === null
					? `\`${name}\` is a set: it takes no data`
					: `\`${name}\` is a map: data are missing`
			);
		if (node.data) {
			if (shapeData === 'verdict') throw new Fault(node.data, 'a rule cannot add to a verdict map');
			made.data = this.expressions.value(node.data, shapeData!);
			made.dataTypes = found!.data;
		}
		for (const option of node.options) {
			if ('time' in option) made.timeout = this.values.timeout(option.time);
			else {
				if (option.kind === 'count' && set.flags.includes('timeout'))
					throw new KernelFault(option, 'elements that time out cannot count connections');
				(made.each ??= []).push(afresh(translateOwn(option, this.values)));
			}
		}
		if (made.each && made.each.length > MOST_OWN)
			throw new KernelFault(node, 'an element can have two things of its own at most');
		// `nft_dynset_init`
		if (made.each && set.each && kindsOf(made.each) !== kindsOf(set.each))
			throw new KernelFault(
				node,
				`each element of the set \`${name}\` has something else of its own`
			);
		if (made.each && set.each) made.eachOfSet = true;
		if (made.timeout !== undefined && !set.flags.includes('timeout'))
			throw new Fault(node, `the set \`${name}\` has no \`flags timeout\``);
		if (set.flags.includes('constant'))
			throw new Fault(node.set, `the set \`${name}\` is constant`);
		if (set.flags.includes('interval'))
			throw new Fault(node.set, `packets cannot add to the set \`${name}\`, which has intervals`);
		this.scope.usedDynamically(name);
		return { kind: 'update', op: node.op, set: name, key, ...made };
	}
}

function setType(name: keyof typeof T.SET_TYPES): NftType {
	return T.SET_TYPES[name] ?? T.integer(32);
}
