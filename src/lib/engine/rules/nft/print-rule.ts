/**
 * One rule as `nft list` of nft 1.0.6 writes it. nft reads rules back from the kernel, where a
 * match on the protocol stands before every field of it, and leaves out those that the field
 * itself says; a rule is therefore not always listed as it was written.
 */
import { nftTextOf } from '../iptables/nft-text';
import type { Expression, Operand, Rule, Statement, Table } from '../ruleset';
import { FIELDS, typeOf, typesOf } from './selectors';
import {
	printBits,
	printExpression,
	printLimit,
	printOperand,
	printScalar,
	printSet,
	printVerdict
} from './print-value';
import type { PrintContext, PrintOptions } from './print-value';
import * as T from './types';
import type { NftType } from './types';

type Match = Extract<Statement, { kind: 'match' }>;

/** The text of a rule, without its handle. */
export function printRule(
	rule: Rule,
	table: Pick<Table, 'family'>,
	options: PrintOptions = {}
): string {
	const statements = visible(rule.statements, table);
	let transport: number | null = null;
	const parts: string[] = [];
	for (const { statement, shown } of statements) {
		const context: PrintContext = { options, transport };
		const translated = nftTextOf(statement);
		if (translated) parts.push(translated);
		else if (translated === undefined && shown)
			parts.push(printStatement(statement, table, context));
		transport = transportAfter(statement, transport);
	}
	if (rule.comment !== undefined) parts.push(`comment "${rule.comment}"`);
	return parts.join(' ');
}

function transportAfter(statement: Statement, before: number | null): number | null {
	const dependency = statement.kind === 'match' ? dependencyOf(statement) : null;
	return dependency && dependency.layer === 'transport' ? dependency.value : before;
}

// --- What is not printed --------------------------------------------------------------------

interface Dependency {
	readonly layer: 'network' | 'transport' | 'icmp';
	readonly value: number;
	/** By a field of the IP header, not by `meta`. */
	readonly header: boolean;
}

/** A match that other matches take for granted. */
function dependencyOf(match: Match): Dependency | null {
	if (match.op !== '==' || match.right.kind !== 'value' || typeof match.right.value !== 'number')
		return null;
	const { left } = match;
	const value = match.right.value;
	if (left.kind === 'meta' && left.key === 'nfproto')
		return { layer: 'network', value, header: false };
	if (left.kind === 'meta' && left.key === 'l4proto')
		return { layer: 'transport', value, header: false };
	if (left.kind === 'payload' && left.protocol === 'ip' && left.field === 'protocol')
		return { layer: 'transport', value, header: true };
	if (left.kind === 'payload' && left.protocol === 'icmp' && left.field === 'type')
		return { layer: 'icmp', value, header: false };
	return null;
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
const ICMP_TYPE_OF: Readonly<Record<string, number>> = { mtu: 3, gateway: 5 };

/** `meta protocol ip`, which goes without saying in a table of family ip unless it is all there is. */
function saysIp(statement: Statement): boolean {
	return (
		statement.kind === 'match' &&
		statement.op === '==' &&
		statement.left.kind === 'meta' &&
		statement.left.key === 'protocol' &&
		statement.right.kind === 'value' &&
		statement.right.value === 0x0800
	);
}

function visible(
	statements: readonly Statement[],
	table: Pick<Table, 'family'>
): { statement: Statement; shown: boolean }[] {
	const out = statements.map((statement) => ({ statement, shown: true }));
	out.forEach((item, at) => {
		if (table.family === 'ip' && at < out.length - 1 && saysIp(item.statement)) item.shown = false;
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
			if (protocol === 'ip') drop('network');
			else {
				if (protocol === 'icmp' && pending.icmp?.what.value === ICMP_TYPE_OF[field]) drop('icmp');
				if (protocol === 'icmp') drop('network');
				drop('transport');
			}
		}
		if (statement.kind === 'reject') {
			if (statement.with.kind === 'tcp-reset') {
				if (table.family === 'ip') drop('transport');
			} else if (statement.with.icmpx === undefined) drop('network');
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

// --- Statements -----------------------------------------------------------------------------

function printStatement(
	statement: Statement,
	table: Pick<Table, 'family'>,
	context: PrintContext
): string {
	const { options } = context;
	switch (statement.kind) {
		case 'match':
			return printMatch(statement, context);
		case 'counter':
			if (statement.name !== undefined) return `counter name "${statement.name}"`;
			return options.stateless
				? 'counter'
				: `counter packets ${statement.state.packets} bytes ${statement.state.bytes}`;
		case 'limit':
			return printLimit(statement);
		case 'log':
			return printLog(statement);
		case 'verdict':
			return printVerdict(statement.verdict);
		case 'vmap':
			return `${printExpression(statement.key, context)} vmap ${printSet(statement.map, typesOf(statement.key), null, options)}`;
		case 'reject':
			return printReject(statement, table);
		case 'assign':
			return printAssign(statement, context);
		case 'nat':
			return printNat(statement, table, context);
		case 'notrack':
			return 'notrack';
		case 'update':
			return printUpdate(statement, context);
		case 'xt':
			return `xt match ${statement.name}`;
	}
}

function printMatch(match: Match, context: PrintContext): string {
	if (match.joined && match.left.kind === 'concat' && match.right.kind === 'value') {
		const values = match.right.value as readonly number[];
		return match.left.parts
			.map((left, i) =>
				printMatch(
					{ kind: 'match', left, op: match.op, right: { kind: 'value', value: values[i]! } },
					context
				)
			)
			.join(' ');
	}
	const { options } = context;
	let { left, right } = match;
	if (left.kind === 'binary' && left.op === '&') {
		const special = printMasked(match, left, context);
		if (special !== null) return special;
	}
	if (
		left.kind === 'binary' &&
		left.op === '^' &&
		right.kind === 'value' &&
		left.right.kind === 'constant'
	) {
		right = {
			kind: 'value',
			value: ((right.value as number) ^ (left.right.value as number)) >>> 0
		};
		left = left.left;
	}
	const types = typesOf(left);
	const text = printExpression(left, context);
	if (right.kind === 'set') {
		const op = match.op === '!=' ? ' !=' : left.kind === 'binary' ? ' ==' : '';
		return `${text}${op} ${printSet(right.set, types, null, options)}`;
	}
	return `${text} ${printRight(left, match.op, right, types, options)}`;
}

function printRight(
	left: Expression,
	op: Match['op'],
	right: Operand,
	types: readonly NftType[],
	options: PrintOptions
): string {
	const type = types[0]!;
	if (right.kind === 'value' && typeof right.value === 'object')
		return `${op === '!=' ? '!= ' : ''}${right.value.map((part, i) => printScalar(part, types[i]!, options)).join(' . ')}`;
	if (left.kind === 'fib' && left.present)
		return `${op === '!=' ? '!= ' : ''}${T.BOOLEAN.print(right.kind === 'value' ? (right.value as number) : 0)}`;
	if (type.bitmask && right.kind === 'value' && typeof right.value === 'number') {
		const value = right.value;
		if (op === 'in') return printBits(value, type, ',');
		if (op === 'not in') return `! ${printBits(value, type, ',')}`;
		const bits = printBits(value, type, ',').split(',');
		if (left.kind === 'binary') return `${op} ${bits.join(' | ')}`;
		if (bits.length < 2) return `${op} ${bits[0]}`;
		if (left.kind === 'payload') return `${op} 0x${value.toString(16)}`;
		return `${op === '!=' ? '!= ' : ''}${bits.join(' | ')}`;
	}
	const sign = op === '==' && left.kind !== 'binary' ? '' : `${op} `;
	return sign + printOperand(right, type, options);
}

/** Length of the prefix whose mask this is; `null` when its bits have gaps. */
function maskLength(mask: number): number | null {
	const inverse = ~mask >>> 0;
	return (inverse & (inverse + 1)) === 0 ? Math.clz32(inverse) : null;
}

/** The short forms of `x & mask == value`. */
function printMasked(
	match: Match,
	left: Extract<Expression, { kind: 'binary' }>,
	context: PrintContext
): string | null {
	const mask = left.right.kind === 'constant' ? left.right.value : null;
	const value = match.right.kind === 'value' ? match.right.value : null;
	if (typeof mask !== 'number' || typeof value !== 'number' || left.left.kind === 'binary')
		return null;
	if (match.op !== '==' && match.op !== '!=') return null;
	const type = typeOf(left.left);
	const text = printExpression(left.left, context);
	if (type.bitmask) {
		const bits = printBits(mask, type, ',');
		if (value === 0) return match.op === '==' ? `${text} ! ${bits}` : `${text} ${bits}`;
		if (!bits.includes(',')) return null;
		return `${text} ${match.op === '!=' ? '!= ' : ''}${printBits(value, type, ',')} / ${bits}`;
	}
	const length = type === T.IPV4_ADDR || type === T.MARK ? maskLength(mask) : null;
	if (length !== null && length < 32)
		return `${text} ${match.op === '!=' ? '!= ' : ''}${printScalar(value, type, context.options)}/${length}`;
	return null;
}

function printLog(log: Extract<Statement, { kind: 'log' }>): string {
	let text = 'log';
	if (log.prefix !== undefined) text += ` prefix "${log.prefix}"`;
	if (log.group !== undefined) text += ` group ${log.group}`;
	if (log.snaplen !== undefined) text += ` snaplen ${log.snaplen}`;
	if (log.queueThreshold !== undefined) text += ` queue-threshold ${log.queueThreshold}`;
	if (log.level !== undefined && log.level !== 'warn') text += ` level ${log.level}`;
	if (log.flags !== undefined) text += ` flags ${log.flags}`;
	return text;
}

function printReject(
	reject: Extract<Statement, { kind: 'reject' }>,
	table: Pick<Table, 'family'>
): string {
	const how = reject.with;
	if (how.kind === 'tcp-reset') return 'reject with tcp reset';
	if (how.icmpx !== undefined)
		return how.icmpx === 1 ? 'reject' : `reject with icmpx ${T.ICMPX_CODE.print(how.icmpx)}`;
	if (table.family === 'ip' && how.code === 3) return 'reject';
	return `reject with icmp ${T.ICMP_CODE.print(how.code)}`;
}

function printAssign(
	assign: Extract<Statement, { kind: 'assign' }>,
	context: PrintContext
): string {
	const { target, value } = assign;
	switch (target.kind) {
		case 'meta':
			return `meta ${target.key} set ${printExpression(value, context, [target.key === 'mark' ? T.MARK : T.integer(32)])}`;
		case 'ct': {
			const type =
				target.key === 'mark' ? T.MARK : target.key === 'helper' ? T.STRING : T.integer(16);
			const direction = target.direction ? `${target.direction} ` : '';
			return `ct ${direction}${target.key} set ${printExpression(value, context, [type])}`;
		}
		case 'payload':
			return `${target.protocol} ${target.field} set ${printExpression(value, context, [FIELDS[target.protocol][target.field]!.type])}`;
	}
}

/** nft names the family where the table does not, and where the map's data are more than an address. */
function saysFamily(
	nat: Extract<Statement, { kind: 'nat' }>,
	table: Pick<Table, 'family'>
): boolean {
	if (table.family === 'inet') return nat.family === 'ip';
	const { address } = nat;
	return (
		nat.addressAndPort !== undefined ||
		(address !== undefined &&
			'kind' in address &&
			address.kind === 'map' &&
			address.map.kind === 'literal' &&
			address.map.elements.some((element) => typeof element.data === 'object'))
	);
}

function printNat(
	nat: Extract<Statement, { kind: 'nat' }>,
	table: Pick<Table, 'family'>,
	context: PrintContext
): string {
	const part = (value: NonNullable<typeof nat.address>, type: NftType): string => {
		if ('kind' in value) return printExpression(value, context, [type]);
		const from = printScalar(value.from, type, context.options);
		if (value.from === value.to) return from;
		const bits = type === T.IPV4_ADDR ? Math.log2(value.to - value.from + 1) : NaN;
		// A range that is a prefix is listed as one, however it was written.
		if (Number.isInteger(bits) && value.from % 2 ** bits === 0) return `${from}/${32 - bits}`;
		return `${from}-${printScalar(value.to, type, context.options)}`;
	};
	let text: string = nat.type;
	if (saysFamily(nat, table)) text += ' ip';
	if (nat.addressAndPort)
		text += ` to ${printExpression(nat.addressAndPort, context, [T.IPV4_ADDR, T.INET_SERVICE])}`;
	else {
		const address = nat.address ? part(nat.address, T.IPV4_ADDR) : '';
		const port = nat.port ? `:${part(nat.port, T.INET_SERVICE)}` : '';
		if (address || port) text += ` to ${address}${port}`;
	}
	const flags = [
		nat.flags.random ? 'random' : null,
		nat.flags.fullyRandom ? 'fully-random' : null,
		nat.flags.persistent ? 'persistent' : null
	].filter((flag) => flag !== null);
	return flags.length > 0 ? `${text} ${flags.join(',')}` : text;
}

function printUpdate(
	update: Extract<Statement, { kind: 'update' }>,
	context: PrintContext
): string {
	let inner = printExpression(update.key, context);
	if (update.timeout !== undefined) inner += ` timeout ${T.printTime(update.timeout)}`;
	for (const each of update.each ?? [])
		inner += each.kind === 'limit' ? ` ${printLimit(each)}` : ' counter';
	if (update.comment !== undefined) inner += ` comment "${update.comment}"`;
	if (update.verdict) inner += ` : ${printVerdict(update.verdict)}`;
	else if (update.data) inner += ` : ${printExpression(update.data, context)}`;
	return `${update.op} @${update.set} { ${inner} }`;
}
