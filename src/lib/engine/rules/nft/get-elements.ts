/** `get element`: those elements of a set that hold what is asked for. */
import type { NamedSet, Operand, SetElement } from '../ruleset';
import { stretch } from '../stretch';
import type { Command } from './ast';
import { readElements } from './change-sets';
import { isRanged, keyText, living } from './elements';
import { Fault, KernelFault, notModelled } from './fault';
import { printSetBlock } from './print';
import type { Workspace } from './workspace';

export function getElements(ws: Workspace, node: Extract<Command, { kind: 'get' }>): void {
	const { table, set } = ws.set(node);
	const interval = set.flags.includes('interval');
	// There nft 1.0.6 lists but the first of an interval, and of a name its beginning.
	if (interval && (set.data || set.type.includes('ifname')))
		throw notModelled(node.elements, 'a look into intervals of names, or of a map');
	const asked = readElements(ws, table, set, node.elements, true);
	if (asked.length === 0) throw new Fault(node.elements, 'the set is empty');
	const there = living(ws.draft.elementsOf(set), ws.now);
	const found = asked.map((one) => {
		if (!interval && isRanged(one))
			throw new Fault(
				node.elements,
				`the set \`${set.name}\` needs \`flags interval\` for ranges and prefixes`
			);
		const element = there.find((other) => holds(other, one, interval));
		if (!element)
			throw new KernelFault(node, `an element that is asked for is not in the set \`${set.name}\``);
		return element;
	});
	// What the set says of itself beside its type is not asked for.
	const shown: NamedSet = {
		...set,
		comment: undefined,
		each: undefined,
		elements: { list: found }
	};
	// Intervals are listed as they were asked for.
	const block = printSetBlock(shown, { ...ws.print, now: ws.now }, interval);
	ws.output.push(...`table ${table.family} ${table.name} {\n${block}\n}`.split('\n'));
}

function holds(there: SetElement, asked: SetElement, interval: boolean): boolean {
	if (!interval || there.key === null || asked.key === null)
		return keyText(there.key) === keyText(asked.key);
	const outer = operands(there.key);
	return operands(asked.key).every((part, i) => covers(outer[i], part));
}

function operands(key: NonNullable<SetElement['key']>): readonly Operand[] {
	return Array.isArray(key) ? (key as readonly Operand[]) : [key as Operand];
}

function covers(outer: Operand | undefined, inner: Operand): boolean {
	const around = outer && stretch(outer);
	const within = stretch(inner);
	if (!around || !within) return outer !== undefined && keyText(outer) === keyText(inner);
	return around[0] <= within[0] && within[1] <= around[1];
}
