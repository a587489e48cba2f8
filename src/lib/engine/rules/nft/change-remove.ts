/** What is deleted, flushed and reset. */
import type { Journal } from '../../journal';
import type { StatefulObject, Table } from '../ruleset';
import type { Deleted, Listed } from './ast';
import { readElements } from './change-sets';
import { ruleAt } from './change-rules';
import type { DraftTable } from './draft';
import { removeElements } from './elements';
import { Fault } from './fault';
import { listed } from './list';
import { namesOfElement, namesUsed } from '../names-used';
import type { UsedName } from '../names-used';
import type { Place } from './place';
import type { Workspace } from './workspace';

export function remove(ws: Workspace, what: Deleted): void {
	if (what.kind === 'table') {
		const family = ws.family(what);
		const handle = what.handle ? ws.values.count(what.handle) : null;
		const table = ws.draft.all.find(
			(one) =>
				one.family === family && (what.table ? one.name === what.table.text : one.handle === handle)
		);
		if (!table)
			throw new Fault(
				what.table ?? what.handle!,
				what.table
					? `there is no table \`${family} ${what.table.text}\``
					: `there is no table with handle ${handle}`
			);
		ws.draft.removeTable(table);
		return;
	}
	const found = ws.draft.find(ws.family(what), what.table.text);
	if (!found)
		throw new Fault(what.table, `there is no table \`${ws.family(what)} ${what.table.text}\``);
	const table = ws.draft.edit(found);
	if (what.kind === 'rule') {
		const chain = ws.draft.editChain(table, ws.chainOf(table, what.name.text, what.name));
		chain.rules.splice(ruleAt(ws, chain, what.handle), 1);
		return;
	}
	if (what.kind === 'element') {
		const set = table.sets.find((one) => one.name === what.name.text);
		if (!set) throw new Fault(what.name, `there is no set \`${what.name.text}\``);
		const made = readElements(ws, table, set, what.elements, true);
		ws.draft.setElements(
			set,
			removeElements(ws.draft.elementsOf(set), made, what.elements, ws.env.now ?? 0)
		);
		return;
	}
	const handle = what.handle ? ws.values.count(what.handle) : null;
	const place = what.name ?? what.handle!;
	const fits = (one: { readonly name: string; readonly handle: number }): boolean =>
		what.name ? one.name === what.name.text : one.handle === handle;
	const missing = (): never => {
		throw new Fault(
			place,
			`there is no ${what.kind} ${what.name ? `\`${what.name.text}\`` : `with handle ${handle}`} in table \`${table.family} ${table.name}\``
		);
	};
	if (what.kind === 'chain') {
		const chain = table.chains.find(fits) ?? missing();
		refuseWhileUsed(
			ws,
			table,
			place,
			(name) => name.chain === chain.name,
			`chain \`${chain.name}\``
		);
		table.chains.splice(table.chains.indexOf(chain), 1);
	} else if (what.kind === 'set' || what.kind === 'map') {
		const set = table.sets.find(fits) ?? missing();
		refuseWhileUsed(ws, table, place, (name) => name.set === set.name, `set \`${set.name}\``);
		table.sets.splice(table.sets.indexOf(set), 1);
	} else {
		const object = table.objects.find((one) => one.kind === what.kind && fits(one)) ?? missing();
		refuseWhileUsed(
			ws,
			table,
			place,
			(name) => name.object === object.name && name.objectKind === object.kind,
			`${object.kind} \`${object.name}\``
		);
		table.objects.splice(table.objects.indexOf(object), 1);
	}
}

function refuseWhileUsed(
	ws: Workspace,
	table: DraftTable,
	place: Place,
	uses: (name: UsedName) => boolean,
	what: string
): void {
	for (const chain of table.chains)
		for (const rule of chain.rules)
			for (const name of namesUsed(rule.statements))
				if (uses(name))
					throw new Fault(
						place,
						`the ${what} is still in use by a rule of chain \`${chain.name}\``
					);
	for (const set of table.sets)
		for (const element of ws.draft.elementsOf(set))
			if (namesOfElement(element).some(uses))
				throw new Fault(place, `the ${what} is still in use by the map \`${set.name}\``);
}

export function flush(ws: Workspace, what: Listed): void {
	switch (what.kind) {
		case 'ruleset':
			for (const table of [...ws.draft.all])
				if (!what.family || table.family === what.family.text) ws.draft.removeTable(table);
			return;
		case 'table': {
			const table = ws.table(what);
			for (const chain of [...table.chains]) ws.draft.editChain(table, chain).rules = [];
			return;
		}
		case 'chain': {
			const { table, chain } = ws.chain(what);
			ws.draft.editChain(table, chain).rules = [];
			return;
		}
		case 'set':
		case 'map': {
			const { set } = ws.set(what);
			if ((set.data !== undefined) !== (what.kind === 'map'))
				throw new Fault(
					what.name,
					`\`${set.name}\` is a ${set.data ? 'map' : 'set'}: \`flush ${set.data ? 'map' : 'set'}\``
				);
			ws.draft.setElements(set, []);
			return;
		}
		default:
			throw new Fault(what, `\`flush ${what.kind}\` is no command`);
	}
}

/** `reset counters`, `reset quotas`: what is printed is what stood there before. */
export function reset(ws: Workspace, what: Listed): void {
	const lines = listed(ws.draft, what, ws.print, ws.env.now ?? 0);
	ws.output.push(...lines);
	const kind = what.kind === 'quota' || what.kind === 'quotas' ? 'quota' : 'counter';
	const named = what.kind === 'counter' || what.kind === 'quota' ? what.name.text : null;
	for (const table of tablesIn(ws, what))
		for (const object of table.objects)
			if (object.kind === kind && (named === null || object.name === named))
				ws.draft.onCommit((journal) => begin(journal, object));
}

function begin(journal: Journal, object: StatefulObject): void {
	if (object.kind === 'quota') journal.set(object.state, 'used', 0);
	if (object.kind !== 'counter') return;
	journal.set(object.state, 'packets', 0);
	journal.set(object.state, 'bytes', 0);
}

function tablesIn(ws: Workspace, what: Listed): readonly Table[] {
	if (what.kind === 'counter' || what.kind === 'quota') return [ws.table(what) as unknown as Table];
	if ((what.kind !== 'counters' && what.kind !== 'quotas') || !what.scope) return ws.draft.all;
	const { scope } = what;
	return ws.draft.all.filter(
		(table) =>
			table.family === ws.family(scope) && (scope.table === null || table.name === scope.table.text)
	);
}
