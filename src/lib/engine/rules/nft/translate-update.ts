/** Elements that packets add to sets and maps, or take away. */
import { afresh } from '../own';
import type { DataType, Expression, OwnStatement, Statement } from '../ruleset';
import type { UpdateAst } from './ast';
import { Fault, KernelFault } from './fault';
import type { RuleScope } from './rule-scope';
import { typesOf } from './selectors';
import type { ExpressionTranslator } from './translate-expression';
import { MOST_OWN, translateOwn } from './translate-own';
import { kindsOf, objectKind } from './translate-set';
import * as T from './types';
import type { NftType } from './types';

/** `add`, `update` and `delete` of a rule: a packet's element in a set (`nft_dynset_init`). */
export function translateUpdate(
	node: UpdateAst,
	expressions: ExpressionTranslator,
	scope: RuleScope
): Statement {
	const { sets, values } = expressions;
	const key = expressions.left(node.key);
	const name = node.set.name.text;
	const found = scope.set(name);
	if (found && objectKind(found))
		throw new Fault(node.set, `a rule cannot add to a map of ${objectKind(found)}s`);
	const data = found?.data ? (found.data[0] === 'verdict' ? 'verdict' : 'values') : null;
	const shapeData =
		data === null ? null : data === 'verdict' ? 'verdict' : found!.data!.map(setType);
	const set = sets.named(name, node.set, typesOf(key), shapeData);
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
		made.data = expressions.value(node.data, shapeData!);
		made.dataTypes = found!.data;
	}
	for (const option of node.options) {
		if ('time' in option) made.timeout = values.timeout(option.time);
		else {
			if (option.kind === 'count' && set.flags.includes('timeout'))
				throw new KernelFault(option, 'elements that time out cannot count connections');
			(made.each ??= []).push(afresh(translateOwn(option, values)));
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
	if (set.flags.includes('constant')) throw new Fault(node.set, `the set \`${name}\` is constant`);
	if (set.flags.includes('interval'))
		throw new Fault(node.set, `packets cannot add to the set \`${name}\`, which has intervals`);
	scope.usedDynamically(name);
	return { kind: 'update', op: node.op, set: name, key, ...made };
}

function setType(name: keyof typeof T.SET_TYPES): NftType {
	return T.SET_TYPES[name] ?? T.integer(32);
}
