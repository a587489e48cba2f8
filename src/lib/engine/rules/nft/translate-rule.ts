/** One rule's text as statements with one meaning. */
import type { Rule, Statement } from '../ruleset';
import type { RuleText, StatementNode } from './ast';
import { Fault, KernelFault } from './fault';
import { mergePayloads } from './merge-payloads';
import type { RuleScope } from './rule-scope';
import { keyTypesOf } from './selectors';
import { translateAssign } from './translate-assign';
import { ExpressionTranslator, tcpOption } from './translate-expression';
import { translateLog } from './translate-log';
import { MatchTranslator } from './translate-match';
import { translateNat } from './translate-nat';
import { translateOwn } from './translate-own';
import { translateReject } from './translate-reject';
import { Sets } from './translate-set';
import { translateUpdate } from './translate-update';
import type { Values } from './values';

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
				return translateReject(node, this.expressions);
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
				return translateAssign(node, this.expressions, this.scope);
			case 'update':
				return translateUpdate(node, this.expressions, this.scope);
		}
	}

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
}
