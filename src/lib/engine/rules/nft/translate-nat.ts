/** `snat`, `dnat`, `masquerade`, `redirect`: where to, and what may not be said. */
import type { Expression, NamedSet, NatFlags, NatStatement, RangeValue } from '../ruleset';
import type { Expr, NatAst } from './ast';
import { Fault, notModelled } from './fault';
import { shapeOf } from './translate-set';
import type { ExpressionTranslator } from './translate-expression';
import * as T from './types';

/** `nat … to ADDRESS[:PORT] [FLAGS]`. */
export function translateNat(
	node: NatAst,
	expressions: ExpressionTranslator,
	findSet: (name: string) => NamedSet | null
): NatStatement {
	const made: {
		address?: RangeValue | Expression;
		port?: RangeValue | Expression;
		addressAndPort?: Expression;
	} = {};
	if (
		expressions.family === 'inet' &&
		(node.type === 'snat' || node.type === 'dnat') &&
		node.address &&
		node.family !== 'ip' &&
		!expressions.ipv4
	)
		throw new Fault(
			node,
			`in a table of family inet an address needs its family: \`${node.type} ip to …\``
		);
	if (node.address) {
		const joined = node.form === 'addr . port' || isJoined(node.address, expressions, findSet);
		if (joined) {
			if (node.port) throw new Fault(node.port, 'the port is given already, by the map');
			made.addressAndPort = expressions.value(node.address, [T.IPV4_ADDR, T.INET_SERVICE]);
		} else made.address = part(node.address, T.IPV4_ADDR, expressions);
	}
	// What a map for the port asks of the packet comes too late to say this.
	const port = made.addressAndPort ? node.address : node.port;
	const known = expressions.transports.size > 0 || keyNamesProtocol(node.address, expressions);
	if (port && !known)
		throw new Fault(
			port,
			'a port can be translated only after a match on the transport protocol, such as `tcp dport 80` or `meta l4proto tcp`'
		);
	if (node.port) made.port = part(node.port, T.INET_SERVICE, expressions);
	return {
		kind: 'nat',
		type: node.type,
		...made,
		flags: natFlags(node),
		...(expressions.family === 'inet' && node.address ? { family: 'ip' as const } : {})
	};
}

function natFlags(node: NatAst): NatFlags {
	return {
		...(node.flags.includes('random') ? { random: true } : {}),
		...(node.flags.includes('fully-random') ? { fullyRandom: true } : {}),
		...(node.flags.includes('persistent') ? { persistent: true } : {})
	};
}

/** Whether the target gives address and port as one. */
function isJoined(
	expr: Expr,
	expressions: ExpressionTranslator,
	findSet: (name: string) => NamedSet | null
): boolean {
	const value = expressions.values.resolve(expr);
	if (value.kind === 'concat') return true;
	if (value.kind !== 'map') return false;
	const map = value.map.kind === 'variable' ? expressions.values.resolve(value.map) : value.map;
	if (map.kind === 'set reference') {
		const set = findSet(map.name.text);
		const shape = set ? shapeOf(set) : null;
		return shape !== null && Array.isArray(shape.data) && shape.data.length === 2;
	}
	if (map.kind !== 'set') return false;
	const data = map.elements[0]?.data;
	return data !== undefined && data !== null && data.kind === 'concat';
}

/** Whether the address comes from a map that is asked for the protocol beside something else. */
function keyNamesProtocol(expr: Expr | null, expressions: ExpressionTranslator): boolean {
	const value = expr && expressions.values.resolve(expr);
	if (value?.kind !== 'map') return false;
	const key = expressions.values.resolve(value.key);
	return (
		key.kind === 'concat' &&
		key.parts.some(
			(part) =>
				(part.kind === 'meta' && part.key === 'l4proto') ||
				(part.kind === 'payload' && part.protocol === 'ip' && part.field === 'protocol')
		)
	);
}

function part(
	expr: Expr,
	type: T.NftType,
	expressions: ExpressionTranslator
): RangeValue | Expression {
	if (expressions.constant(expr)) {
		const value = expressions.values.resolve(expr);
		if (value.kind === 'prefix' && value.length.text !== '32')
			throw notModelled(value, 'translation to a prefix');
		const range = expressions.values.range(value, type);
		return value.kind !== 'word' && range.from === range.to ? { ...range, single: true } : range;
	}
	return expressions.value(expr, [type]);
}
