/** `set NAME { … }` and `map NAME { … }`. */
import type { DataType, NamedSet, ObjectKind } from '../ruleset';
import type { Expr, SetItem, SetLiteral, TypeNames, Variable } from './ast';
import { afresh } from '../own';
import { Fault, KernelFault, notModelled } from './fault';
import type { Place } from './place';
import { typesOf } from './selectors';
import { ExpressionTranslator } from './translate-expression';
import { MOST_OWN, translateOwn } from './translate-own';
import type { RuleScope } from './rule-scope';
import { Sets, objectKind } from './translate-set';
import * as T from './types';
import type { NftType } from './types';

/** Types of parts, with the text they were given in when that was `typeof`. */
interface Declared {
	readonly types: readonly NftType[];
}

export function makeSet(
	kind: 'set' | 'map',
	name: { readonly text: string } & Place,
	items: readonly SetItem[],
	scope: RuleScope,
	nextHandle: () => number
): { set: NamedSet; elements: SetLiteral | Variable | null } {
	let key: Declared | null = null;
	let data: Declared | null = null;
	let objects: ObjectKind | null = null;
	let typeOf: string | undefined;
	let elements: SetLiteral | Variable | null = null;
	const made: {
		flags: NamedSet['flags'][number][];
		timeout?: number;
		gcInterval?: number;
		size?: number;
		autoMerge?: boolean;
		policy?: 'memory';
		comment?: string;
		each?: NonNullable<NamedSet['each']>[number][];
		ranges?: true;
	} = { flags: [] };
	for (const item of items) {
		switch (item.kind) {
			case 'type':
				key = { types: named(item.key) };
				objects = item.data
					? objectKind({ data: item.data.names.map(({ text }) => text as DataType) })
					: null;
				if (item.data && !objects) data = { types: named(item.data) };
				if (item.data?.interval) made.ranges = rangesOf(data?.types ?? [], item.data);
				break;
			case 'typeof':
				key = { types: typesOfText(item.key, scope) };
				if (item.data) data = { types: typesOfText(item.data, scope) };
				typeOf = [item.key, item.data]
					.filter((one): one is Expr => one !== null)
					.map((one) => asListed(scope.places.text.slice(one.from, one.to)))
					.join(' : ');
				if (item.data && 'interval' in item.data) {
					made.ranges = rangesOf(data!.types, item.data);
					// Listed by its types, as it has a part that those who were asked have not.
					typeOf = undefined;
				}
				break;
			case 'flags':
				for (const flag of item.flags)
					if (!made.flags.includes(flag.text)) made.flags.push(flag.text);
				break;
			case 'timeout':
				made.timeout = scope.values.timeout(item.time);
				break;
			case 'gc-interval':
				made.gcInterval = scope.values.time(item.time);
				break;
			case 'size':
				made.size = scope.values.count(item.size);
				break;
			case 'policy':
				if (item.text === 'memory') made.policy = 'memory';
				break;
			case 'auto-merge':
				made.autoMerge = true;
				break;
			case 'elements':
				elements = item.elements;
				break;
			case 'comment':
				made.comment = item.text.text;
				break;
			case 'stateful':
				(made.each ??= []).push(
					...item.statements.map((one) => afresh(translateOwn(one, scope.values)))
				);
				break;
		}
	}
	if (!key) throw new Fault(name, `a ${kind} needs a type: \`type ipv4_addr;\` for one`);
	if (kind === 'map' && !data && !objects)
		throw new Fault(name, 'a map needs a type of its data: `type KEY : DATA;`');
	if (kind === 'set' && (data ?? objects))
		throw new Fault(name, 'a set has no data: this is a `map`');
	if (made.timeout !== undefined && !made.flags.includes('timeout')) made.flags.push('timeout');
	if (made.flags.includes('interval') && made.flags.includes('dynamic'))
		throw new Fault(
			name,
			'packets cannot add to a set with intervals: `interval` and `dynamic` exclude each other'
		);
	if (made.each && made.each.length > MOST_OWN)
		throw new KernelFault(name, 'an element can have two things of its own at most');
	if (made.flags.includes('timeout') && made.each?.some((one) => one.kind === 'count'))
		throw new KernelFault(name, 'elements that time out cannot count connections');
	const bits = key.types.map((type) => type.bits);
	return {
		set: {
			name: name.text,
			handle: nextHandle(),
			type: key.types.map((type) => type.name),
			...(key.types.some((type) => type.name === 'integer') ? { bits } : {}),
			...(data ? { data: data.types.map((type): DataType => type.name) } : {}),
			...(objects ? { data: [objects] } : {}),
			...made,
			...(typeOf === undefined ? {} : { typeOf }),
			elements: { list: [] }
		},
		elements
	};
}

/** A map whose data are ranges, all of them. */
function rangesOf(types: readonly NftType[], place: Place): true {
	if (types.length > 1 || types[0] !== T.IPV4_ADDR) throw notModelled(place, 'interval data');
	return true;
}

function named(node: TypeNames): NftType[] {
	return node.names.map((word) => {
		const type = Object.hasOwn(T.SET_TYPES, word.text) ? T.SET_TYPES[word.text] : undefined;
		if (type) return type;
		if (UNMODELLED.has(word.text)) throw notModelled(word, `type ${word.text}`);
		throw new Fault(
			word,
			`\`${word.text}\` is not a data type: expected ipv4_addr, ipv6_addr, inet_service, inet_proto, ifname, mark, ct_state, verdict, …`
		);
	});
}

const UNMODELLED = new Set(
	`ether_addr ll_addr arp_op icmpx_code ct_label ct_event
	cgroup realm day hour dccp_pkttype mh_type igmp_type cgroupsv2 ifkind`.split(/\s+/)
);

/** The text after `typeof` with single blanks, and with the names that nft lists of those that it reads. */
function asListed(text: string): string {
	return text
		.trim()
		.replace(/\s+/g, ' ')
		.replace(/\btcp option mss\b/g, 'tcp option maxseg')
		.replace(/\brt ip6? mtu\b/g, 'rt mtu');
}

function typesOfText(expr: Expr, scope: RuleScope): readonly NftType[] {
	if (expr.kind === 'word' && expr.text === 'verdict') return [T.VERDICT];
	const sets = new Sets(scope.values, scope.verdict, scope.set, scope.now);
	const made = new ExpressionTranslator('inet', scope.values, sets, []).typeof(expr);
	// nft 1.0.6 makes such a set, and then crashes when it lists it.
	if ((made.kind === 'concat' ? made.parts : [made]).some(({ kind }) => kind === 'hash'))
		throw notModelled(expr, 'a set of hashes');
	return typesOf(made);
}
