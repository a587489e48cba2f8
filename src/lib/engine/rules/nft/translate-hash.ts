/** `jhash` and `symhash`: how many values they give, and whether what is hashed is known to the byte. */
import { registersOf } from '../registers';
import type { HashExpression } from '../ruleset';
import type { HashNode } from './ast';
import { KernelFault, notModelled } from './fault';
import type { ExpressionTranslator } from './translate-expression';

/** The attributes have 32 bits. */
const WORD = 2 ** 32;

/** `nft_jhash_init`, `nft_symhash_init`. */
export function translateHash(node: HashNode, expressions: ExpressionTranslator): HashExpression {
	const { values } = expressions;
	const key = node.key && expressions.hashed(node.key);
	if (node.key && key && registersOf(key) === null)
		throw notModelled(node.key, 'a hash of what has not whole bytes, or is chance,');
	const modulus = values.count(node.modulus) % WORD;
	const offset = node.offset ? values.count(node.offset) % WORD : 0;
	if (modulus === 0) throw new KernelFault(node.modulus, 'the modulus must be above 0');
	if (offset + modulus - 1 >= WORD)
		throw new KernelFault(node.offset!, `modulus and offset give numbers above ${WORD - 1}`);
	return {
		kind: 'hash',
		key,
		modulus,
		offset,
		...(node.seed ? { seed: values.count(node.seed) % WORD } : {}),
		state: { drawn: null }
	};
}
