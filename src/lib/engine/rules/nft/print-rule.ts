/**
 * One rule as `nft list` of nft 1.0.6 writes it. nft reads rules back from the kernel, where a
 * match on the protocol stands before every field of it, and leaves out those that the field
 * itself says; a rule is therefore not always listed as it was written.
 */
import { nftTextOf } from '../iptables/nft-text';
import type { Expression, RangeValue, Rule, Scalar, Statement, Table, Value } from '../ruleset';
import { stretch } from '../stretch';
import { FIELDS, META_TYPES, keyTypesOf } from './selectors';
import {
	prefixOf,
	printBits,
	printExpression,
	printScalar,
	printSet,
	printVerdict
} from './print-value';
import type { PrintContext, PrintOptions } from './print-value';
import { printEach, printOwn } from './print-each';
import { printField } from './print-field';
import { printLabels } from './print-labels';
import { printDuration } from './print-number';
import { printMatch } from './print-match';
import { dependencyOf, visible } from './print-visible';
import * as T from './types';
import type { NftType } from './types';

/** The text of a rule, without its handle. */
export function printRule(
	rule: Rule,
	table: Pick<Table, 'family'>,
	options: PrintOptions = {}
): string {
	const statements = visible(rule.statements, table);
	let transport: number | null = null;
	const parts: string[] = [];
	for (let at = 0; at < statements.length; at++) {
		const { shown } = statements[at]!;
		const one = statements[at]!.statement;
		const next = statements[at + 1]?.statement;
		const both = rangeOf(one, next) ?? (transport === null ? portsOf(one, next) : null);
		const statement = both ?? one;
		if (both) at++;
		const context: PrintContext = { options, transport };
		const translated = nftTextOf(statement);
		if (translated) parts.push(translated);
		else if (translated === undefined && shown)
			parts.push(printStatement(statement, table, context));
		transport = transportAfter(statement, transport, table);
	}
	if (rule.comment !== undefined) parts.push(`comment "${rule.comment}"`);
	return parts.join(' ');
}

/**
 * nft lists `X >= a X <= b` as `X a-b` (`stmt_reduce`), whichever fields of one kind are asked: the second is
 * the one it names.
 */
function rangeOf(first: Statement, second: Statement | undefined): Statement | null {
	if (first.kind !== 'match' || second?.kind !== 'match') return null;
	if (first.op !== '>=' || second.op !== '<=' || first.left.kind !== second.left.kind) return null;
	if (!['payload', 'meta', 'ct', 'tcp option', 'rt'].includes(first.left.kind)) return null;
	if (first.right.kind !== 'value' || second.right.kind !== 'value') return null;
	const [from, to] = [first.right.value, second.right.value];
	if (!isPoint(from) || !isPoint(to)) return null;
	return { ...second, op: '==', right: { kind: 'range', from, to } };
}

/**
 * Both ports, loaded together, are no field of an unknown transport; neither are the first of `th` and what stands behind
 * it in a header whose match comes after both.
 */
function portsOf(first: Statement, second: Statement | undefined): Statement | null {
	const sport = valueOf(first, (left) => left.protocol === 'th' && left.field === 'sport');
	const dport = valueOf(second, ({ protocol, field }) => {
		const { offset, bits } = FIELDS[protocol][field]!;
		return !['ip', 'ip6'].includes(protocol) && offset === 16 && bits === 16;
	});
	if (sport === null || dport === null) return null;
	return {
		kind: 'match',
		left: { kind: 'raw', base: 'th', offset: 0, bits: 32 },
		op: '==',
		right: { kind: 'value', value: sport * 65536 + dport }
	};
}

/** What such a field is compared with. */
function valueOf(
	one: Statement | undefined,
	isMeant: (left: Extract<Expression, { kind: 'payload' }>) => boolean
): number | null {
	const fits = one?.kind === 'match' && one.op === '==' && one.left.kind === 'payload';
	if (!fits || one.right.kind !== 'value') return null;
	return isMeant(one.left as Extract<Expression, { kind: 'payload' }>)
		? Number(one.right.value)
		: null;
}

/** A number or an IPv6 address. */
function isPoint(value: Value): value is Scalar {
	return stretch({ kind: 'value', value }) !== null;
}

function transportAfter(
	statement: Statement,
	before: number | null,
	table: Pick<Table, 'family'>
): number | null {
	const dependency = statement.kind === 'match' ? dependencyOf(statement) : null;
	if (dependency?.layer !== 'transport') return before;
	return dependency.by === 'ct' && table.family === 'inet' ? before : dependency.value;
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
		case 'limit':
		case 'quota':
			return statement.name === undefined
				? printOwn(statement, options.stateless)
				: `${statement.kind} name "${statement.name}"`;
		case 'object map':
			return `${statement.object} name ${printExpression(statement.key, context)} map ${printSet(statement.map, keyTypesOf(statement.key), null, options)}`;
		case 'count':
			return printOwn(statement, options.stateless);
		case 'log':
			return printLog(statement);
		case 'verdict':
			return printVerdict(statement.verdict);
		case 'vmap':
			return `${printExpression(statement.key, context)} vmap ${printSet(statement.map, keyTypesOf(statement.key), null, options)}`;
		case 'reject':
			return printReject(statement, table, options);
		case 'assign':
			return printAssign(statement, context);
		case 'nat':
			return printNat(statement, table, context);
		case 'label':
			return printLabels(statement);
		case 'label set':
			return `ct label set ${statement.labels.join(' | ')}`;
		case 'notrack':
			return 'notrack';
		case 'strip':
			return `reset tcp option ${statement.option}`;
		case 'update':
			return printUpdate(statement, context);
		case 'xt':
			return `xt match ${statement.name}`;
	}
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
	table: Pick<Table, 'family'>,
	options: PrintOptions
): string {
	const how = reject.with;
	const code = (value: number, type: NftType): string => printScalar(value, type, options);
	if (how.kind === 'tcp-reset') return 'reject with tcp reset';
	if (how.kind === 'icmpv6')
		return table.family === 'ip6' && how.code === 4
			? 'reject'
			: `reject with icmpv6 ${code(how.code, T.ICMPV6_CODE)}`;
	if (how.icmpx !== undefined)
		return how.icmpx === 1 ? 'reject' : `reject with icmpx ${code(how.icmpx, T.ICMPX_CODE)}`;
	if (table.family === 'ip' && how.code === 3) return 'reject';
	return `reject with icmp ${code(how.code, T.ICMP_CODE)}`;
}

function printAssign(
	assign: Extract<Statement, { kind: 'assign' }>,
	context: PrintContext
): string {
	const { target, value } = assign;
	switch (target.kind) {
		case 'meta':
			return `meta ${target.key} set ${printExpression(value, context, [META_TYPES[target.key]])}`;
		case 'ct': {
			const direction = target.direction ? `${target.direction} ` : '';
			if (target.key === 'event' && value.kind === 'constant')
				return `ct event set ${printBits(value.value as number, T.CT_EVENT, ',', context.options)}`;
			const type =
				target.key === 'mark' ? T.MARK : target.key === 'helper' ? T.STRING : T.integer(16);
			return `ct ${direction}${target.key} set ${printExpression(value, context, [type])}`;
		}
		case 'payload':
			return printField(target, value, context);
		case 'tcp option':
			return `tcp option ${target.option} ${target.field} set ${printExpression(value, context, [T.integer(16)])}`;
	}
}

/** nft names the family where the table does not, and where the map's data are more than an address. */
function saysFamily(
	nat: Extract<Statement, { kind: 'nat' }>,
	table: Pick<Table, 'family'>
): boolean {
	if (table.family === 'inet') return nat.family !== undefined;
	return nat.addressAndPort !== undefined || nat.ranges === true;
}

function printNat(
	nat: Extract<Statement, { kind: 'nat' }>,
	table: Pick<Table, 'family'>,
	context: PrintContext
): string {
	const six = table.family === 'ip6' || nat.family === 'ip6';
	const addressType = six ? T.IPV6_ADDR : T.IPV4_ADDR;
	const part = (value: RangeValue<Scalar> | Expression, type: NftType): string => {
		if ('kind' in value) return printExpression(value, context, [type]);
		// Where a port follows, an IPv6 address stands in brackets.
		const print = (end: Scalar): string => {
			const text = printScalar(end, type, context.options);
			return nat.port && type === T.IPV6_ADDR ? `[${text}]` : text;
		};
		if (value.from === value.to && !value.single) return print(value.from);
		const length = type === addressType ? prefixOf(value.from, value.to, type) : null;
		// A range that is a prefix is listed as one, however it was written.
		if (length !== null) return `${printScalar(value.from, type, context.options)}/${length}`;
		return `${print(value.from)}-${print(value.to)}`;
	};
	let text: string = nat.type;
	if (saysFamily(nat, table)) text += ` ${nat.family ?? table.family}`;
	if (nat.prefix) text += ' prefix';
	if (nat.addressAndPort)
		text += ` to ${printExpression(nat.addressAndPort, context, [addressType, T.INET_SERVICE])}`;
	else {
		const given = nat.ipv6 ?? nat.address;
		const address = given ? part(given, addressType) : '';
		const port = nat.port && !nat.ranges ? `:${part(nat.port, T.INET_SERVICE)}` : '';
		if (address || port) text += ` to ${address}${port}`;
	}
	const flags = [
		nat.flags.random ? 'random' : null,
		nat.flags.fullyRandom ? 'fully-random' : null,
		nat.flags.persistent ? 'persistent' : null
	].filter((flag) => flag !== null);
	return flags.length > 0 ? `${text} ${flags.join(',')}` : text;
}

type Update = Extract<Statement, { kind: 'update' }>;

function printUpdate(update: Update, context: PrintContext): string {
	let inner = printExpression(update.key, context);
	if (update.timeout !== undefined)
		inner += ` timeout ${printDuration(update.timeout, context.options.numeric)}`;
	for (const each of (update.eachOfSet ? null : update.each) ?? []) inner += ` ${printEach(each)}`;
	if (update.comment !== undefined) inner += ` comment "${update.comment}"`;
	if (update.verdict) inner += ` : ${printVerdict(update.verdict)}`;
	else if (update.data) {
		const types = update.dataTypes?.map((name) => T.SET_TYPES[name] ?? T.integer(32));
		inner += ` : ${printExpression(update.data, context, types)}`;
	}
	return `${update.op} @${update.set} { ${inner} }`;
}
