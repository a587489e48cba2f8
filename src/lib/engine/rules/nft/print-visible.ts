/**
 * What of a rule `nft list` leaves out: matches on a protocol that the fields after them say
 * themselves (nft 1.0.6, `payload_dependency_kill`).
 */
import { nftTextOf } from '../iptables/nft-text';
import type { Expression, Family, PayloadProtocol, Statement, Table } from '../ruleset';
import { namesNextHeader } from './selectors';

type Match = Extract<Statement, { kind: 'match' }>;

interface Dependency {
	readonly layer: 'network' | 'transport' | 'icmp';
	readonly value: number;
	/** By a field of the IP header, not by `meta`. */
	readonly header: boolean;
}

/** A match that other matches take for granted. */
export function dependencyOf(match: Match): Dependency | null {
	if (match.op !== '==' || match.right.kind !== 'value' || typeof match.right.value !== 'number')
		return null;
	const { left } = match;
	const value = match.right.value;
	if (left.kind === 'meta' && left.key === 'nfproto')
		return { layer: 'network', value, header: false };
	if (left.kind === 'meta' && left.key === 'l4proto')
		return { layer: 'transport', value, header: false };
	if (left.kind !== 'payload') return null;
	if (namesNextHeader(left)) return { layer: 'transport', value, header: true };
	if (isIcmp(left.protocol) && left.field === 'type')
		return { layer: 'icmp', value, header: false };
	return null;
}

function isIcmp(protocol: PayloadProtocol): boolean {
	return protocol === 'icmp' || protocol === 'icmpv6';
}

/** Header fields an expression reads. */
function fieldsOf(expression: Expression | undefined): Extract<Expression, { kind: 'payload' }>[] {
	if (!expression) return [];
	switch (expression.kind) {
		case 'payload':
			return [expression];
		case 'binary':
			return [...fieldsOf(expression.left), ...fieldsOf(expression.right)];
		case 'concat':
			return expression.parts.flatMap(fieldsOf);
		case 'map':
			return fieldsOf(expression.key);
		default:
			return [];
	}
}

function fieldsRead(statement: Statement): Extract<Expression, { kind: 'payload' }>[] {
	switch (statement.kind) {
		case 'match':
			return fieldsOf(statement.left);
		case 'vmap':
			return fieldsOf(statement.key);
		case 'assign':
			return [
				...(statement.target.kind === 'payload'
					? [
							{
								kind: 'payload' as const,
								protocol: statement.target.protocol,
								field: statement.target.field
							}
						]
					: []),
				...fieldsOf(statement.value)
			];
		case 'update':
			return [...fieldsOf(statement.key), ...fieldsOf(statement.data)];
		case 'nat':
			// A port that a map gives leaves the match on its protocol standing.
			return [statement.address, statement.addressAndPort].flatMap((part) =>
				part && 'kind' in part ? fieldsOf(part) : []
			);
		default:
			return [];
	}
}

/** ICMP types that a field of the rest header implies. */
const ICMP_TYPE_OF: Readonly<Record<string, number>> = {
	'icmp mtu': 3,
	'icmp gateway': 5,
	'icmpv6 mtu': 2,
	'icmpv6 max-delay': 130
};

/** EtherTypes of what tables of one family see. */
const ETHER_TYPE_OF: Readonly<Partial<Record<Family, number>>> = { ip: 0x0800, ip6: 0x86dd };

/** `meta protocol ip`, which goes without saying in a table of family ip unless it is all there is. */
function saysFamily(statement: Statement, family: Family): boolean {
	return (
		statement.kind === 'match' &&
		statement.op === '==' &&
		statement.left.kind === 'meta' &&
		statement.left.key === 'protocol' &&
		statement.right.kind === 'value' &&
		statement.right.value === ETHER_TYPE_OF[family]
	);
}

/** The statements, and whether each is printed. */
export function visible(
	statements: readonly Statement[],
	table: Pick<Table, 'family'>
): { statement: Statement; shown: boolean }[] {
	const out = statements.map((statement) => ({ statement, shown: true }));
	out.forEach((item, at) => {
		if (at < out.length - 1 && saysFamily(item.statement, table.family)) item.shown = false;
	});
	const pending: Partial<Record<Dependency['layer'], { at: number; what: Dependency }>> = {};
	const drop = (layer: Dependency['layer']): void => {
		const found = pending[layer];
		if (!found) return;
		// In family inet `ip protocol` also says that this is IPv4, so it stays.
		if (!(found.what.header && table.family === 'inet')) out[found.at]!.shown = false;
		delete pending[layer];
	};
	const forget = (): void => {
		delete pending.network;
		delete pending.transport;
		delete pending.icmp;
	};
	statements.forEach((statement, at) => {
		if (nftTextOf(statement) !== undefined) {
			forget();
			return;
		}
		for (const { protocol, field } of fieldsRead(statement)) {
			if (protocol === 'ip' || protocol === 'ip6') drop('network');
			else {
				if (pending.icmp?.what.value === ICMP_TYPE_OF[`${protocol} ${field}`]) drop('icmp');
				if (isIcmp(protocol)) drop('network');
				drop('transport');
			}
		}
		if (statement.kind === 'reject') {
			if (statement.with.kind === 'tcp-reset') {
				if (table.family !== 'inet') drop('transport');
			} else if (!('icmpx' in statement.with)) drop('network');
		}
		const dependency = statement.kind === 'match' ? dependencyOf(statement) : null;
		if (dependency) {
			const { layer } = dependency;
			pending[layer] = { at, what: dependency };
		} else if (statement.kind !== 'match' && statement.kind !== 'vmap') {
			forget();
		}
	});
	return out;
}
