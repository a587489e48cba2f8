/** `snat`, `dnat`, `masquerade`, `redirect`: where to, and what may not be said. */
import type { Expression, NamedSet, NatFlags, NatStatement, RangeValue, Scalar } from '../ruleset';
import type { Expr, NatAst, SetPlace } from './ast';
import { Fault, notModelled } from './fault';
import { namesNextHeader } from './selectors';
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
		ipv6?: RangeValue<string>;
		port?: RangeValue | Expression;
		addressAndPort?: Expression;
	} = {};
	let ranges = false;
	const family = node.family ?? expressions.context.network;
	if (node.address && family === null)
		throw new Fault(
			node,
			`in a table of family inet an address needs its family: \`${node.type} ip to …\` or \`${node.type} ip6 to …\``
		);
	if (node.family && expressions.context.network && node.family !== expressions.context.network)
		throw new Fault(
			node,
			`conflicting protocols: the rule is about \`${expressions.context.network}\`, not \`${node.family}\``
		);
	const addressType = family === 'ip6' ? T.IPV6_ADDR : T.IPV4_ADDR;
	if (node.address) {
		ranges = givesRanges(node.address, expressions, findSet);
		const joined = node.form === 'addr . port' || isJoined(node.address, expressions, findSet);
		if (joined) {
			if (node.port) throw new Fault(node.port, 'the port is given already, by the map');
			if (node.form === 'prefix') throw notModelled(node, 'translation to a prefix and a port');
			made.addressAndPort = expressions.value(node.address, [addressType, T.INET_SERVICE]);
		} else if (family === 'ip6' && expressions.constant(node.address))
			made.ipv6 = partIpv6(node.address, expressions);
		else made.address = part(node.address, addressType, expressions);
	}
	// What a map for the port asks of the packet comes too late to say this.
	const port = made.addressAndPort ? node.address : node.port;
	const known =
		expressions.context.transports.size > 0 || keyNamesProtocol(node.address, expressions);
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
		// With a flag nft forgets that it is to be a prefix.
		...(node.form === 'prefix' && node.flags.length === 0 ? { prefix: true } : {}),
		...(ranges ? { ranges: true } : {}),
		flags: natFlags(node),
		...(expressions.family === 'inet' && node.address && family ? { family } : {})
	};
}

function natFlags(node: NatAst): NatFlags {
	return {
		...(node.flags.includes('random') ? { random: true } : {}),
		...(node.flags.includes('fully-random') ? { fullyRandom: true } : {}),
		...(node.flags.includes('persistent') ? { persistent: true } : {})
	};
}

/** What is between the braces of a map, or the name of one. */
function mapOf(expr: Expr, expressions: ExpressionTranslator): Expr | SetPlace | null {
	const value = expressions.values.resolve(expr);
	if (value.kind !== 'map') return null;
	return value.map.kind === 'variable' ? expressions.values.resolve(value.map) : value.map;
}

/** Whether the target comes from a map of ranges. */
function givesRanges(
	expr: Expr,
	expressions: ExpressionTranslator,
	findSet: (name: string) => NamedSet | null
): boolean {
	const map = mapOf(expr, expressions);
	if (map?.kind === 'set reference') return findSet(map.name.text)?.ranges === true;
	return map?.kind === 'set' && expressions.sets.hasRanges(map);
}

/** Whether the target gives address and port as one. */
function isJoined(
	expr: Expr,
	expressions: ExpressionTranslator,
	findSet: (name: string) => NamedSet | null
): boolean {
	if (expressions.values.resolve(expr).kind === 'concat') return true;
	const map = mapOf(expr, expressions);
	if (map?.kind === 'set reference') {
		const set = findSet(map.name.text);
		const shape = set ? shapeOf(set) : null;
		return shape !== null && Array.isArray(shape.data) && shape.data.length === 2;
	}
	if (map?.kind !== 'set') return false;
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
				(part.kind === 'payload' && namesNextHeader(part))
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
		if (value.kind === 'prefix' && type === T.INET_SERVICE)
			throw notModelled(value, 'translation to a prefix of ports');
		return asWritten(value, expressions.values.range(value, type));
	}
	return expressions.value(expr, [type]);
}

function partIpv6(expr: Expr, expressions: ExpressionTranslator): RangeValue<string> {
	const value = expressions.values.resolve(expr);
	return asWritten(value, expressions.values.rangeIpv6(value));
}

function asWritten<T extends Scalar>(value: Expr, range: RangeValue<T>): RangeValue<T> {
	return value.kind !== 'word' && range.from === range.to ? { ...range, single: true } : range;
}
