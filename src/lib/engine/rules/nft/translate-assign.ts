/** Statements that set something: of the packet, of its header, or of its entry. */
import type { Statement } from '../ruleset';
import type { AssignAst } from './ast';
import { Fault, KernelFault, notModelled } from './fault';
import type { RuleScope } from './rule-scope';
import { META_TYPES } from './selectors';
import { optionField } from './tcp-options';
import { tcpOption, type ExpressionTranslator } from './translate-expression';
import { translateField } from './translate-field';
import { labelsOf } from './translate-labels';
import * as T from './types';

/** `… set …`: what is written, and where to. */
export function translateAssign(
	node: AssignAst,
	expressions: ExpressionTranslator,
	scope: RuleScope
): Statement {
	switch (node.target) {
		case 'meta':
			return {
				kind: 'assign',
				target: { kind: 'meta', key: node.key },
				value: expressions.kept(
					node.value,
					node.key === 'nftrace' ? T.integer(1) : META_TYPES[node.key]
				)
			};
		case 'ct':
			return assignCt(node, expressions, scope);
		case 'payload':
			return translateField(node, expressions);
		case 'tcp option':
			return assignMss(node, expressions);
	}
}

function assignMss(
	node: Extract<AssignAst, { target: 'tcp option' }>,
	expressions: ExpressionTranslator
): Statement {
	const { option, field } = tcpOption(node.key);
	const bytes = field && optionField(option, field)!.bytes;
	if (!field || (bytes !== 2 && bytes !== 4))
		throw new KernelFault(node, 'of a TCP option a field of two or four bytes can be set');
	if (option !== 'maxseg') throw notModelled(node, `tcp option ${option} ${field} set`);
	const value = expressions.values.resolve(node.value);
	if (value.kind !== 'rt' && !expressions.constant(value))
		throw notModelled(value, 'a segment size that is neither a number nor `rt mtu`');
	return {
		kind: 'assign',
		target: { kind: 'tcp option', option: 'maxseg', field: 'size' },
		value:
			value.kind === 'rt'
				? { kind: 'rt', key: value.key }
				: expressions.value(value, [T.integer(16)])
	};
}

function assignCt(
	node: Extract<AssignAst, { target: 'ct' }>,
	expressions: ExpressionTranslator,
	scope: RuleScope
): Statement {
	const { key, direction } = node.key;
	if (key === 'label')
		return { kind: 'label set', labels: labelsOf(node.value, expressions.values) };
	if (key === 'event') return assignEvents(node, expressions);
	if ((direction && key !== 'zone') || (key !== 'mark' && key !== 'zone' && key !== 'helper'))
		throw notModelled(node, `ct ${direction ? direction + ' ' : ''}${key} set`);
	if (key === 'helper') {
		const value = expressions.values.resolve(node.value);
		if (value.kind !== 'string' && value.kind !== 'word')
			throw new Fault(node.value, 'expected the name of a `ct helper` of this table');
		if (!scope.object('ct helper', value.text))
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
		value: expressions.kept(node.value, key === 'mark' ? T.MARK : T.integer(16))
	};
}

/** The events of the flow that are told. */
function assignEvents(
	node: Extract<AssignAst, { target: 'ct' }>,
	expressions: ExpressionTranslator
): Statement {
	const value = expressions.values.resolve(node.value);
	if (!expressions.constant(value)) throw notModelled(value, 'a value of the packet as events');
	if (
		value.kind === 'list' &&
		value.items.some((one) => one.kind === 'word' && /^\d/.test(one.text))
	)
		throw new Fault(value, 'numbers cannot be joined with commas here');
	return {
		kind: 'assign',
		target: { kind: 'ct', key: 'event' },
		value: { kind: 'constant', value: expressions.values.number(value, T.CT_EVENT) }
	};
}
