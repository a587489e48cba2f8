/** Sets, maps and their elements that are made. */
import type { NamedSet, Operand } from '../ruleset';
import type { SetItem, SetLiteral, Variable } from './ast';
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
	const sets = new Sets(scope.values, scope.verdict, scope.set, scope.now, scope.object);
	sets.keysOnly = keysOnly;
	const made = sets.elements(literal, shapeOf(set), set);
	// Without intervals a range is refused, be it of one value.
	if (!set.flags.includes('interval')) return made;
	return made.map((one) =>
		one.key && !Array.isArray(one.key) ? { ...one, key: plain(one.key as Operand) } : one
	);
}
