/** Sets, maps and their elements, named counters and helpers that are made. */
import type { NamedSet, Operand, StatefulObject } from '../ruleset';
import type { CounterBody, HelperBody, SetItem, SetLiteral, Variable } from './ast';
import type { DraftTable } from './draft';
import { mergeElements } from './elements';
import { Fault, KernelFault } from './fault';
import type { Place } from './place';
import { Sets, plain, shapeOf } from './translate-set';
import { makeSet } from './translate-set-block';
import type { Workspace } from './workspace';

export function addSet(
	ws: Workspace,
	table: DraftTable,
	kind: 'set' | 'map',
	name: { readonly text: string } & Place,
	items: readonly SetItem[],
	create: boolean
): void {
	const old = table.sets.find((one) => one.name === name.text);
	const { set, elements } = makeSet(kind, name, items, ws.scope(table), () =>
		old ? old.handle : ws.draft.handle(table)
	);
	if (old) {
		if (create) throw new KernelFault(name, `there is a set \`${name.text}\` already`);
		const same =
			old.type.join() === set.type.join() && (old.data ?? []).join() === (set.data ?? []).join();
		if (!same) throw new Fault(name, `there is a set \`${name.text}\` already, of another type`);
	} else {
		table.sets.push(set);
		ws.newSets.add(set.elements);
	}
	if (elements) addElements(ws, table, old ?? set, elements, false);
}

export function addElements(
	ws: Workspace,
	table: DraftTable,
	set: NamedSet,
	elements: SetLiteral | Variable,
	create: boolean
): void {
	const made = readElements(ws, table, set, elements);
	const list = mergeElements(
		ws.draft.elementsOf(set),
		made,
		set,
		create,
		elements,
		ws.env.now ?? 0
	);
	ws.draft.setElements(set, list);
}

export function readElements(
	ws: Workspace,
	table: DraftTable,
	set: NamedSet,
	elements: SetLiteral | Variable,
	keysOnly = false
): ReturnType<Sets['elements']> {
	const scope = ws.scope(table);
	const literal = elements.kind === 'variable' ? ws.values.resolve(elements) : elements;
	if (literal.kind !== 'set') throw new Fault(elements, 'expected elements in braces');
	const sets = new Sets(scope.values, scope.verdict, scope.set, scope.now);
	sets.keysOnly = keysOnly;
	const made = sets.elements(literal, shapeOf(set), true, set.each);
	// Without intervals a range is refused, be it of one value.
	if (!set.flags.includes('interval')) return made;
	return made.map((one) =>
		one.key && !Array.isArray(one.key) ? { ...one, key: plain(one.key as Operand) } : one
	);
}

export function addCounter(
	ws: Workspace,
	table: DraftTable,
	name: { readonly text: string } & Place,
	body: CounterBody,
	create: boolean
): void {
	if (objectExists(ws, table, 'counter', name, create)) return;
	table.objects.push({
		kind: 'counter',
		name: name.text,
		handle: ws.draft.handle(table),
		state: {
			packets: body.packets ? ws.values.count(body.packets) : 0,
			bytes: body.bytes ? ws.values.count(body.bytes) : 0
		},
		...(body.comment ? { comment: body.comment.text } : {})
	});
}

export function addHelper(
	ws: Workspace,
	table: DraftTable,
	name: { readonly text: string } & Place,
	body: HelperBody,
	create: boolean
): void {
	if (!body.helper || !body.protocol)
		throw new Fault(name, 'a ct helper needs `type "NAME" protocol tcp` or `udp`');
	const known: Record<string, string[]> = {
		ftp: ['tcp'],
		tftp: ['udp'],
		sip: ['tcp', 'udp'],
		irc: ['tcp'],
		h323: ['tcp', 'udp'],
		pptp: ['tcp'],
		amanda: ['udp'],
		snmp: ['udp'],
		sane: ['tcp'],
		'netbios-ns': ['udp']
	};
	const protocols = known[body.helper.text];
	if (!protocols?.includes(body.protocol.text))
		throw new Fault(
			body.helper,
			`there is no helper \`${body.helper.text}\` for ${body.protocol.text}`
		);
	if (body.helper.text !== 'ftp')
		throw new Fault(body.helper, `the helper \`${body.helper.text}\` is not modelled`);
	if (objectExists(ws, table, 'ct helper', name, create)) return;
	table.objects.push({
		kind: 'ct helper',
		name: name.text,
		handle: ws.draft.handle(table),
		helper: body.helper.text,
		protocol: body.protocol.text === 'tcp' ? 6 : 17,
		family: body.l3proto?.text ?? table.family,
		...(body.comment ? { comment: body.comment.text } : {})
	});
}

function objectExists(
	ws: Workspace,
	table: DraftTable,
	kind: StatefulObject['kind'],
	name: { readonly text: string } & Place,
	create: boolean
): boolean {
	const old = table.objects.some((object) => object.kind === kind && object.name === name.text);
	if (old && create) throw new KernelFault(name, `there is a ${kind} \`${name.text}\` already`);
	return old;
}
