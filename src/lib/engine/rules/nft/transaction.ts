/**
 * Carries out the commands of one text on a draft: all of them, or, when one cannot be, none.
 * The order of what is made is the kernel's, because handles and the order of hooks follow it.
 */
import type { RuleTextError } from '../errors';
import type { Ruleset } from '../ruleset';
import type { Added, Command, TableItem } from './ast';
import { addChain, rename } from './change-chains';
import { flush, remove, reset } from './change-remove';
import { addRule, addRules, replaceRule } from './change-rules';
import { addObject, isObject } from './change-objects';
import { addElements, addSet } from './change-sets';
import type { DraftTable } from './draft';
import { Fault } from './fault';
import { getElements } from './get-elements';
import { listed } from './list';
import type { Places } from './place';
import type { PrintOptions } from './print';
import { checkCommit } from './validate';
import { Variables } from './values';
import { Workspace } from './workspace';
import type { NftEnvironment } from './workspace';

export type { NftEnvironment };

export class Transaction {
	private readonly ws: Workspace;
	/** How often the kernel goes through the commands. */
	private times = 1;

	constructor(
		private readonly ruleset: Ruleset,
		places: Places,
		env: NftEnvironment,
		print: PrintOptions
	) {
		this.ws = new Workspace(ruleset, places, env, print);
	}

	/** What is wrong, in the order it was met; none of it, and the transaction can be committed. */
	get errors(): readonly RuleTextError[] {
		return this.ws.errors;
	}

	/** What `list` commands printed. */
	get output(): string[] {
		return this.ws.output;
	}

	run(commands: readonly Command[]): void {
		for (const command of commands) this.ws.attempt(() => this.command(command));
		if (this.ws.errors.length === 0)
			this.times = checkCommit(
				this.ws.draft,
				this.ws.rulePlaces,
				this.ws.verdictPlaces,
				(place, message) => this.ws.errors.push(this.ws.places.error(place, message))
			);
	}

	/** The ruleset when the transaction is not committed: as it was, but for handles that are used up. */
	giveUp(): Ruleset {
		return this.ws.refusedByNft ? this.ruleset : this.ws.draft.handlesSpent(this.times);
	}

	commit(): Ruleset {
		return this.ws.draft.commit(this.ws.env.journal);
	}

	private command(command: Command): void {
		switch (command.kind) {
			case 'define':
			case 'undefine':
				return this.ws.define(command);
			case 'add':
				return this.add(command.what, command.create);
			case 'insert':
				return addRule(this.ws, command.what, true);
			case 'replace':
				return replaceRule(this.ws, command);
			case 'delete':
				return remove(this.ws, command.what);
			case 'flush':
				return flush(this.ws, command.what);
			case 'rename':
				return rename(this.ws, command);
			case 'list':
				this.ws.output.push(
					...listed(this.ws.draft, command.what, this.ws.print, this.ws.env.now ?? 0)
				);
				return;
			case 'get':
				return getElements(this.ws, command);
			case 'reset':
				return reset(this.ws, command.what);
		}
	}

	private add(what: Added, create: boolean): void {
		switch (what.kind) {
			case 'table':
				return this.addTable(what, create);
			case 'rule':
				return addRule(this.ws, what, false);
			case 'element': {
				const { table, set } = this.ws.set(what);
				if (set.flags.includes('constant'))
					throw new Fault(what.name, `the set \`${set.name}\` is constant: its elements stay`);
				return addElements(this.ws, table, set, what.elements, create);
			}
			default: {
				const table = this.ws.table(what);
				this.ws.variables = new Variables(this.ws.variables);
				if (what.kind === 'chain') {
					addChain(this.ws, table, what.name, what.body, create);
					addRules(this.ws, table, what.name.text, what.body);
				} else if (isObject(what)) addObject(this.ws, table, what, create);
				else addSet(this.ws, table, what.kind, what.name, what.body, create);
			}
		}
	}

	private addTable(node: Extract<Added, { kind: 'table' }>, create: boolean): void {
		const family = this.ws.family(node);
		const name = node.table.text;
		const old = this.ws.draft.find(family, name);
		if (old && create)
			throw new Fault(node.table, `there is a table \`${family} ${name}\` already`);
		const dormant = node.body.some((item) => item.kind === 'flags');
		const comment = node.body.find((item) => item.kind === 'comment')?.text.text;
		const table = old
			? this.ws.draft.edit(old)
			: this.ws.draft.addTable({
					family,
					name,
					language: 'nft',
					handle: this.ws.env.nextHandle(),
					dormant,
					chains: [],
					sets: [],
					objects: [],
					...(comment === undefined ? {} : { comment })
				});
		if (old) table.dormant = dormant;
		const outer = this.ws.variables;
		this.ws.variables = new Variables(outer);
		this.tableItems(table, node.body);
		this.ws.variables = outer;
	}

	/** A table block is carried out kind by kind: chains, objects, sets and, last, rules. */
	private tableItems(table: DraftTable, items: readonly TableItem[]): void {
		for (const item of items)
			if (item.kind === 'define' || item.kind === 'undefine') this.ws.define(item);
		for (const item of items)
			if (item.kind === 'chain')
				this.ws.attempt(() => addChain(this.ws, table, item.name, item.body, false));
		for (const item of items)
			if (isObject(item)) this.ws.attempt(() => addObject(this.ws, table, item, false));
		for (const item of items)
			if (item.kind === 'set' || item.kind === 'map')
				this.ws.attempt(() => addSet(this.ws, table, item.kind, item.name, item.body, false));
		for (const item of items)
			if (item.kind === 'chain') addRules(this.ws, table, item.name.text, item.body);
	}
}
