/**
 * A rule of iptables as statements: in the order in which iptables-nft puts them, with the
 * counter behind the matches and before the target.
 */
import { lengthOfMask } from '../../packet';
import type { CounterState, Expression, Operand, SourceSpan, Statement } from '../ruleset';
import type { Rule } from '../ruleset';
import { MATCHES, TARGETS } from './extensions';
import { matchText, showAs, targetText } from './nft-text';
import type { AddressMatch, InterfaceMatch, IptablesRule, Target } from './rule';
import type { SharedTables } from './shared';

/** The rule as the ruleset keeps it. */
export function toRule(
	rule: IptablesRule,
	handle: number,
	counters: { readonly packets: number; readonly bytes: number } | null,
	shared: SharedTables,
	source?: SourceSpan
): Rule {
	const state: CounterState = { packets: counters?.packets ?? 0, bytes: counters?.bytes ?? 0 };
	return {
		handle,
		statements: [
			...headStatements(rule),
			...rule.matches.flatMap(({ name, options }) => {
				const match = MATCHES.get(name)!;
				const statements = match.statements(options, rule, shared);
				showAs(statements, match.nft ? match.nft(options) : matchText(name, options, rule));
				return statements;
			}),
			{ kind: 'counter', state },
			...targetStatements(rule.target, shared)
		],
		...(source && { source }),
		iptables: rule
	};
}

/** The rule's own form; `undefined` for a rule that nft put into the table. */
export function iptablesForm(rule: Rule): IptablesRule | undefined {
	return rule.iptables as IptablesRule | undefined;
}

/** The counter that every rule of iptables has. */
export function counterOf(rule: Rule): CounterState | undefined {
	for (const statement of rule.statements) if (statement.kind === 'counter') return statement.state;
	return undefined;
}

function headStatements(rule: IptablesRule): Statement[] {
	const statements: Statement[] = [];
	if (rule.in) statements.push(interfaceMatch('iifname', rule.in));
	if (rule.out) statements.push(interfaceMatch('oifname', rule.out));
	if (rule.protocol)
		statements.push({
			kind: 'match',
			left: { kind: 'meta', key: 'l4proto' },
			op: rule.protocol.negated ? '!=' : '==',
			right: { kind: 'value', value: rule.protocol.number }
		});
	if (rule.source) statements.push(addressMatch('saddr', rule.source));
	if (rule.destination) statements.push(addressMatch('daddr', rule.destination));
	if (rule.fragment)
		statements.push({
			kind: 'match',
			left: {
				kind: 'binary',
				op: '&',
				left: { kind: 'payload', protocol: 'ip', field: 'frag-off' },
				right: { kind: 'constant', value: 0x1fff }
			},
			op: rule.fragment === 'only' ? '!=' : '==',
			right: { kind: 'value', value: 0 }
		});
	return statements;
}

function interfaceMatch(key: 'iifname' | 'oifname', match: InterfaceMatch): Statement {
	const left: Expression = { kind: 'meta', key };
	// `! -i +` can never be: iptables-nft asks for a name that no interface can have.
	if (match.name === '+')
		return { kind: 'match', left, op: '==', right: { kind: 'value', value: 'INVAL/D' } };
	const right: Operand = match.name.endsWith('+')
		? { kind: 'wildcard', start: match.name.slice(0, -1) }
		: { kind: 'value', value: match.name };
	return { kind: 'match', left, op: match.negated ? '!=' : '==', right };
}

function addressMatch(field: 'saddr' | 'daddr', match: AddressMatch): Statement {
	const payload: Expression = { kind: 'payload', protocol: 'ip', field };
	const op = match.negated ? '!=' : '==';
	if (match.mask === 0xffffffff)
		return { kind: 'match', left: payload, op, right: { kind: 'value', value: match.address } };
	const length = lengthOfMask(match.mask);
	if (length !== null)
		return {
			kind: 'match',
			left: payload,
			op,
			right: { kind: 'prefix', network: match.address, length }
		};
	return {
		kind: 'match',
		left: {
			kind: 'binary',
			op: '&',
			left: payload,
			right: { kind: 'constant', value: match.mask, type: 'ipv4_addr' }
		},
		op,
		right: { kind: 'value', value: match.address }
	};
}

function targetStatements(target: Target | null, shared: SharedTables): readonly Statement[] {
	if (!target) return [];
	switch (target.kind) {
		case 'verdict': {
			const kind = target.verdict.toLowerCase() as 'accept' | 'drop' | 'return';
			return [{ kind: 'verdict', verdict: { kind } }];
		}
		case 'jump':
		case 'goto':
			return [{ kind: 'verdict', verdict: { kind: target.kind, chain: target.chain } }];
		case 'extension': {
			const { name, options } = target;
			const extension = TARGETS.get(name)!;
			const statements = extension.statements(options, {}, shared);
			showAs(
				statements,
				extension.nft ? extension.nft(options) : targetText(name, options, statements)
			);
			return statements;
		}
	}
}
