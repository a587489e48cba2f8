/** The `list` commands. */
import type { Family, Table } from '../ruleset';
import type { Listed, ObjectRef, Scope } from './ast';
import type { Draft } from './draft';
import { Fault } from './fault';
import { printChain, printObject, printSetBlock, printTable } from './print';
import type { PrintOptions } from './print';

/** The lines that `list WHAT` prints. */
export function listed(draft: Draft, what: Listed, print: PrintOptions, now: number): string[] {
	const options: PrintOptions = { ...print, now };
	const tables = (scope: Scope | null, named = true): readonly Table[] =>
		draft.all.filter(
			(table) =>
				!scope ||
				((!(scope.family ?? scope.table) || table.family === (scope.family?.text ?? 'ip')) &&
					(!scope.table || !named || table.name === scope.table.text))
		);
	/** `table ip x {` around blocks of it. */
	const inTable = (table: Table, blocks: readonly string[]): string[] =>
		[`table ${table.family} ${table.name} {`, ...blocks, '}'].join('\n').split('\n');
	switch (what.kind) {
		case 'ruleset':
			return tables({ family: what.family, table: null }).flatMap((table) =>
				printTable(table, options).split('\n')
			);
		case 'tables':
			return tables({ family: what.family, table: null }).map(
				(table) => `table ${table.family} ${table.name}`
			);
		case 'table':
			return printTable(find(draft, what), options).split('\n');
		case 'chains':
			return tables({ family: what.family, table: null }).flatMap((table) =>
				inTable(
					table,
					table.chains.map((chain) => printChain(table, { ...chain, rules: [] }, options))
				)
			);
		case 'chain': {
			const table = find(draft, what);
			const chain = table.chains.find((one) => one.name === what.name.text);
			if (!chain) throw missing(what, 'chain');
			return inTable(table, [printChain(table, chain, options)]);
		}
		case 'sets':
		case 'maps':
			// A table that is named must be there; then those of its family are listed.
			if (what.scope?.table) find(draft, { family: what.scope.family, table: what.scope.table });
			return tables(what.scope, false).flatMap((table) =>
				inTable(
					table,
					table.sets
						.filter((set) => (set.data !== undefined) === (what.kind === 'maps'))
						.map((set) => printSetBlock(set, options))
				)
			);
		case 'set':
		case 'map': {
			const table = find(draft, what);
			const set = table.sets.find(
				(one) => one.name === what.name.text && (one.data !== undefined) === (what.kind === 'map')
			);
			if (!set) throw missing(what, what.kind);
			return inTable(table, [printSetBlock(set, options)]);
		}
		case 'counters':
		case 'quotas':
		case 'limits':
		case 'ct helpers': {
			const kind = what.kind.slice(0, -1);
			const scope = what.scope;
			if (scope?.table) find(draft, { family: scope.family, table: scope.table });
			return tables(scope).flatMap((table) => {
				const objects = table.objects.filter((object) => object.kind === kind);
				// Tables without objects of any kind are left out, though `list sets` shows them.
				if (table.objects.length === 0) return [];
				return inTable(
					table,
					objects.map((object) => printObject(object, options))
				);
			});
		}
		case 'counter':
		case 'quota':
		case 'limit':
		case 'ct helper': {
			const table = find(draft, what);
			const object = table.objects.find(
				(one) => one.kind === what.kind && one.name === what.name.text
			);
			if (!object) throw missing(what, what.kind);
			return inTable(table, [printObject(object, options)]);
		}
	}
}

function find(draft: Draft, ref: Pick<ObjectRef, 'family' | 'table'>): Table {
	const family: Family = ref.family?.text ?? 'ip';
	const table = draft.find(family, ref.table.text);
	if (!table) throw new Fault(ref.table, `there is no table \`${family} ${ref.table.text}\``);
	return table;
}

function missing(ref: ObjectRef, kind: string): Fault {
	return new Fault(
		ref.name,
		`there is no ${kind} \`${ref.name.text}\` in table \`${ref.family?.text ?? 'ip'} ${ref.table.text}\``
	);
}
