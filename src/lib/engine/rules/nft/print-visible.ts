/**
 * What of a rule `nft list` leaves out: matches on a protocol that the fields after them say
 * themselves (nft 1.0.6, `payload_dependency_kill`).
 */
import { goesWithoutSaying } from '../goes-without-saying';
import { nftTextOf } from '../iptables/nft-text';
import type { Expression, Family, PayloadProtocol, Statement, Table } from '../ruleset';
import { namesNextHeader } from './selectors';

type Match = Extract<Statement, { kind: 'match' }>;

interface Dependency {
	readonly layer: 'network' | 'transport' | 'icmp';
	readonly value: number;
	/** What says so: a field of the IP header or of the message, or a key of `meta` or `ct`. */
	readonly by: 'header' | 'message' | 'nfproto' | 'protocol' | 'l4proto' | 'ct';
}

/** A match that other matches take for granted. */
export function dependencyOf(match: Match): Dependency | null {
	if (match.op !== '==' || match.right.kind !== 'value' || typeof match.right.value !== 'number')
		return null;
	const { left } = match;
	const value = match.right.value;
	if (left.kind === 'meta') {
		const by = left.key;
		if (by === 'nfproto' || by === 'protocol') return { layer: 'network', value, by };
		return by === 'l4proto' ? { layer: 'transport', value, by } : null;
	}
	if (left.kind === 'ct') {
		if (left.key === 'l3proto') return { layer: 'network', value, by: 'ct' };
		return left.key === 'protocol' ? { layer: 'transport', value, by: 'ct' } : null;
	}
	if (left.kind !== 'payload') return null;
	if (namesNextHeader(left)) return { layer: 'transport', value, by: 'header' };
	if (isIcmp(left.protocol) && left.field === 'type')
		return { layer: 'icmp', value, by: 'message' };
	return null;
}

/** Whether ICMP of this family is about what a match on the family says. */
function saysFamilyOf(protocol: PayloadProtocol, what: Dependency, family: Family): boolean {
	if (what.by === 'protocol' && family !== 'inet') return false;
	return (protocol === 'icmp' ? [2, 0x0800] : [10, 0x86dd]).includes(what.value);
}

function isIcmp(protocol: PayloadProtocol): boolean {
	return protocol === 'icmp' || protocol === 'icmpv6';
}

/** What is read of a header. */
type Read = Extract<Expression, { kind: 'payload' | 'tcp option' }>;

/** Header fields and options an expression reads. */
function fieldsOf(expression: Expression | undefined): Read[] {
	if (!expression) return [];
	switch (expression.kind) {
		case 'payload':
		case 'tcp option':
			return [expression];
		case 'binary':
			return [...fieldsOf(expression.left), ...fieldsOf(expression.right)];
		case 'concat':
			return expression.parts.flatMap(fieldsOf);
		case 'map':
			return fieldsOf(expression.key);
		case 'hash':
			return expression.key ? fieldsOf(expression.key) : [];
		default:
			return [];
	}
}

function fieldsRead(statement: Statement): Read[] {
	switch (statement.kind) {
		case 'match':
			return fieldsOf(statement.left);
		case 'vmap':
		case 'object map':
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

/** The statements, and whether each is printed. */
export function visible(
	statements: readonly Statement[],
	table: Pick<Table, 'family'>
): { statement: Statement; shown: boolean }[] {
	const out = statements.map((statement) => ({ statement, shown: true }));
	out.forEach((item, at) => {
		if (goesWithoutSaying(statements, at, table.family)) item.shown = false;
	});
	const pending: Partial<Record<Dependency['layer'], { at: number; what: Dependency }>> = {};
	const drop = (layer: Dependency['layer'], read: Read['kind'] = 'payload'): void => {
		const found = pending[layer];
		if (!found) return;
		// In family inet `ip protocol` also says that this is IPv4, so it stays, but for an option.
		if (read === 'tcp option' || !(found.what.by === 'header' && table.family === 'inet'))
			out[found.at]!.shown = false;
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
		for (const read of fieldsRead(statement)) {
			if (read.kind === 'tcp option') {
				drop('transport', read.kind);
				continue;
			}
			const { protocol, field } = read;
			if (protocol === 'ip' || protocol === 'ip6') drop('network');
			else {
				if (pending.icmp?.what.value === ICMP_TYPE_OF[`${protocol} ${field}`]) drop('icmp');
				const network = pending.network?.what;
				if (isIcmp(protocol) && network && saysFamilyOf(protocol, network, table.family))
					drop('network');
				drop('transport');
			}
		}
		if (statement.kind === 'reject') {
			if (table.family === 'inet') {
				if (!('icmpx' in statement.with)) drop('network');
			} else if (statement.with.kind === 'tcp-reset') drop('transport');
		}
		const dependency = statement.kind === 'match' ? dependencyOf(statement) : null;
		if (dependency) {
			const { layer } = dependency;
			if (layer === 'transport' && pending.network?.what.by === 'ct') drop('network');
			pending[layer] = { at, what: dependency };
		} else if (!['match', 'label', 'vmap'].includes(statement.kind)) {
			forget();
		}
	});
	return out;
}
