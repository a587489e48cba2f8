/** Tables, chains, sets and whole rulesets as `nft list` of nft 1.0.6 writes them. */
import type { Chain, DataType, NamedSet, Ruleset, StatefulObject, Table } from '../ruleset';
import { living } from './elements';
import { printEach } from './print-each';
import { printRate } from './print-limit';
import { printDuration } from './print-number';
import { printQuota } from './print-quota';
import { sortElements } from './print-order';
import { printElement } from './print-value';
import type { PrintOptions } from './print-value';
import { printPriority } from './priority';
import { printRule } from './print-rule';
import { SET_TYPES, VERDICT, integer } from './types';
import type { NftType } from './types';

export { printRule };
export type { PrintOptions };

const handle = (one: { readonly handle: number }, options: PrintOptions): string =>
	options.handles ? ` # handle ${one.handle}` : '';

/** `list ruleset`. */
export function printRuleset(ruleset: Ruleset, options: PrintOptions = {}): string {
	return ruleset.tables.map((table) => printTable(table, options)).join('\n');
}

/** `list table`. */
export function printTable(table: Table, options: PrintOptions = {}): string {
	const blocks = [
		...table.objects.map((object) => printObject(object, options)),
		...table.sets.map((set) => printSetBlock(set, options)),
		...table.chains.map((chain) => printChain(table, chain, options))
	];
	const head = table.comment === undefined ? [] : [`\tcomment "${table.comment}"`];
	if (table.dormant) head.push('\tflags dormant');
	return [
		`table ${table.family} ${table.name} {${handle(table, options)}`,
		...head,
		...(blocks.length > 0 ? [blocks.join('\n\n')] : []),
		'}'
	].join('\n');
}

/** A chain's block, indented as inside its table. */
export function printChain(table: Table, chain: Chain, options: PrintOptions = {}): string {
	const lines = [`\tchain ${chain.name} {${handle(chain, options)}`];
	if (chain.comment !== undefined) lines.push(`\t\tcomment "${chain.comment}"`);
	if (chain.base) {
		const { type, hook, priority, policy } = chain.base;
		const shown = options.numeric?.priority ? String(priority) : printPriority(priority, hook);
		lines.push(`\t\ttype ${type} hook ${hook} priority ${shown}; policy ${policy};`);
	}
	for (const rule of chain.rules)
		lines.push(`\t\t${printRule(rule, table, options)}${handle(rule, options)}`);
	lines.push('\t}');
	return lines.join('\n');
}

/** A named object's block. */
export function printObject(object: StatefulObject, options: PrintOptions = {}): string {
	const lines = [`\t${object.kind} ${object.name} {${handle(object, options)}`];
	if (object.comment !== undefined) lines.push(`\t\tcomment "${object.comment}"`);
	switch (object.kind) {
		case 'counter':
			if (!options.stateless)
				lines.push(`\t\tpackets ${object.state.packets} bytes ${object.state.bytes}`);
			break;
		case 'quota':
			lines.push(`\t\t${printQuota(object.state, options.stateless)}`);
			break;
		case 'limit':
			lines.push(`\t\t${printRate(object.limit)}`);
			break;
		case 'ct helper':
			lines.push(`\t\ttype "${object.helper}" protocol ${object.protocol === 6 ? 'tcp' : 'udp'}`);
			lines.push(`\t\tl3proto ${object.family}`);
			break;
	}
	lines.push('\t}');
	return lines.join('\n');
}

const FLAG_ORDER = ['constant', 'dynamic', 'interval', 'timeout'] as const;

function typesNamed(names: readonly string[], bits?: readonly number[]): NftType[] {
	return names.map((name, i) =>
		name === 'integer' ? integer(bits?.[i] ?? 32) : (SET_TYPES[name] ?? integer(32))
	);
}

/** A set of joined ranges gives its elements as they came, be they all single values. */
function inOrder({ type, flags }: NamedSet): boolean {
	return type.length > 1 && flags.includes('interval');
}

/** A set's or map's block. */
export function printSetBlock(
	set: NamedSet,
	options: PrintOptions = {},
	asTheyCame = inOrder(set)
): string {
	const key = typesNamed(set.type, set.bits);
	const data = set.data ? (set.data[0] === 'verdict' ? [VERDICT] : typesNamed(set.data)) : null;
	const lines = [`\t${data ? 'map' : 'set'} ${set.name} {${handle(set, options)}`];
	if (set.typeOf !== undefined) lines.push(`\t\ttypeof ${set.typeOf}`);
	else {
		const names = (types: readonly string[]): string => types.join(' . ');
		const interval = set.ranges ? 'interval ' : '';
		lines.push(`\t\ttype ${names(set.type)}${set.data ? ` : ${interval}${names(set.data)}` : ''}`);
	}
	if (set.policy) lines.push(`\t\tpolicy ${set.policy}`);
	if (set.size !== undefined) lines.push(`\t\tsize ${set.size}`);
	const flags = FLAG_ORDER.filter((flag) => set.flags.includes(flag));
	// A timeout says by itself that elements can have one.
	const plain = flags.length === 1 && flags[0] === 'timeout' && set.timeout !== undefined;
	if (flags.length > 0 && !plain) lines.push(`\t\tflags ${flags.join(',')}`);
	if (set.each) lines.push(`\t\t${set.each.map(printEach).join(' ')}`);
	if (set.autoMerge) lines.push('\t\tauto-merge');
	if (set.timeout !== undefined)
		lines.push(`\t\ttimeout ${printDuration(set.timeout, options.numeric)}`);
	if (set.gcInterval !== undefined)
		lines.push(`\t\tgc-interval ${printDuration(set.gcInterval, options.numeric)}`);
	if (set.comment !== undefined) lines.push(`\t\tcomment "${set.comment}"`);
	const elements = living(set.elements.list, options.now ?? 0);
	if (elements.length > 0 && !options.terse)
		lines.push(printElements(elements, key, data, options, asTheyCame));
	lines.push('\t}');
	return lines.join('\n');
}

/** How many elements nft puts on one line (`calculate_delim`). */
const PER_LINE: Readonly<Partial<Record<DataType, number>>> = {
	inet_service: 5,
	inet_proto: 5,
	mark: 5,
	integer: 5,
	tcp_flag: 5,
	nf_proto: 5,
	uid: 5,
	gid: 5,
	classid: 5,
	ipv4_addr: 2,
	ct_state: 2,
	ct_status: 2,
	ct_dir: 2,
	pkt_type: 2
};

function perLine(key: readonly NftType[]): number {
	return key.length > 1 ? 1 : (PER_LINE[key[0]!.name] ?? 1);
}

function printElements(
	elements: readonly NamedSet['elements']['list'][number][],
	key: readonly NftType[],
	data: readonly NftType[] | null,
	options: PrintOptions,
	asTheyCame: boolean
): string {
	const count = perLine(key);
	let text = '\t\telements = { ';
	const sorted = asTheyCame ? elements : sortElements(elements, key, options);
	sorted.forEach((element, i) => {
		if (i > 0) text += i % count === 0 ? ',\n\t\t\t     ' : ', ';
		text += printElement(element, key, data, options);
	});
	return `${text} }`;
}
