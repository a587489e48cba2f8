/**
 * Carries out the commands of one text on a draft: all of them, or, when one cannot be, none.
 * The order of what is made is the kernel's, because handles and the order of hooks follow it.
 */
import type { Journal } from '../../journal';
import type { RuleTextError } from '../errors';
import type {
	BaseChain,
	Chain,
	Family,
	NamedSet,
	Rule,
	Ruleset,
	StatefulObject,
	Table,
	Verdict
} from '../ruleset';
import type {
	Added,
	ChainItem,
	Command,
	CounterBody,
	Define,
	Deleted,
	HelperBody,
	Listed,
	ObjectRef,
	PriorityNode,
	RuleAdded,
	RuleText,
	SetItem,
	SetLiteral,
	TableItem,
	TableRef,
	Undefine,
	Variable,
	VerdictValue
} from './ast';
import { Draft } from './draft';
import type { DraftChain, DraftTable } from './draft';
import { mergeElements, removeElements } from './elements';
import { Fault } from './fault';
import { listed } from './list';
import type { PrintOptions } from './print';
import type { Place, Places } from './place';
import { namesUsed } from './names-used';
import type { UsedName } from './names-used';
import { priorityNamed } from './priority';
import { renameInElements, renameInRule } from './rename';
import { translateRule } from './translate-rule';
import type { RuleScope } from './translate-rule';
import { makeSet } from './translate-set-block';
import { Sets, shapeOf } from './translate-set';
import { checkCommit } from './validate';
import { Values, Variables } from './values';

/** What a transaction needs of the host it runs on. */
export interface NftEnvironment {
	/** Handles of tables count up together; those inside a table are the table's own. */
	nextHandle(): number;
	nextRegistration(): number;
	readonly journal: Journal;
	/** World time in milliseconds, for elements that time out. */
	readonly now?: number;
	/** Whether the host has an interface of this name (`iif` asks when a rule is added). */
	hasInterface?(name: string): boolean;
	/** An interface's number, for the order in which interfaces of a set are listed. */
	interfaceIndex?(name: string): number | null;
	/** A rule that asks for a flow's packets or bytes turns `nf_conntrack_acct` on, for good. */
	enableAccounting?(): void;
}

export class Transaction {
	readonly errors: RuleTextError[] = [];
	readonly output: string[] = [];
	private readonly print: PrintOptions;
	private readonly draft: Draft;
	private variables = new Variables();
	/** Where each new rule stands, for what only the commit can find wrong with it. */
	private readonly rulePlaces = new Map<Rule, Place>();
	private readonly verdictPlaces = new Map<Verdict, Place>();

	constructor(
		ruleset: Ruleset,
		private readonly places: Places,
		private readonly env: NftEnvironment,
		print: PrintOptions
	) {
		this.draft = new Draft(ruleset);
		this.print = { interfaceIndex: env.interfaceIndex?.bind(env), ...print };
	}

	run(commands: readonly Command[]): void {
		for (const command of commands) this.attempt(() => this.command(command));
		if (this.errors.length === 0)
			checkCommit(this.draft, this.rulePlaces, this.verdictPlaces, (place, message) =>
				this.errors.push(this.places.error(place, message))
			);
	}

	commit(): Ruleset {
		return this.draft.commit(this.env.journal);
	}

	private attempt(action: () => void): void {
		try {
			action();
		} catch (thrown) {
			if (!(thrown instanceof Fault)) throw thrown;
			this.errors.push(this.places.error(thrown.place, thrown.message));
		}
	}

	private get values(): Values {
		return new Values(this.variables);
	}

	// --- Commands ---------------------------------------------------------------------------

	private command(command: Command): void {
		switch (command.kind) {
			case 'define':
			case 'undefine':
				return this.define(command);
			case 'add':
				return this.add(command.what, command.create);
			case 'insert':
				return this.addRule(command.what, true);
			case 'replace':
				return this.replaceRule(command);
			case 'delete':
				return this.remove(command.what, command.missingOk);
			case 'flush':
				return this.flush(command.what);
			case 'rename':
				return this.rename(command);
			case 'list':
				this.output.push(...listed(this.draft, command.what, this.print, this.env.now ?? 0));
				return;
			case 'reset':
				return this.reset(command.what);
		}
	}

	private rename(node: Extract<Command, { kind: 'rename' }>): void {
		const { table, chain } = this.chain(node);
		const from = chain.name;
		const to = node.newName.text;
		if (table.chains.some((other) => other.name === to))
			throw new Fault(node.newName, `there is a chain \`${to}\` already`);
		this.draft.editChain(table, chain).name = to;
		for (const other of [...table.chains]) {
			const rules = other.rules.map((rule) => renameInRule(rule, from, to));
			if (rules.some((rule, i) => rule !== other.rules[i]))
				this.draft.editChain(table, other).rules = rules;
		}
		for (const set of table.sets) {
			const elements = this.draft.elementsOf(set);
			const renamed = renameInElements(elements, from, to);
			if (renamed !== elements) this.draft.setElements(set, renamed);
		}
	}

	private define(node: Define | Undefine): void {
		if (node.kind === 'undefine') {
			if (!this.variables.undefine(node.name.text))
				throw new Fault(node.name, `unknown variable \`$${node.name.text}\``);
			return;
		}
		// What a value refers to is settled where it is defined.
		const settle = (value: Define['value']): Define['value'] =>
			value.kind === 'variable' ? this.values.resolve(value) : value;
		this.variables.define(node.name.text, settle(node.value));
	}

	private add(what: Added, create: boolean): void {
		switch (what.kind) {
			case 'table':
				return this.addTable(what, create);
			case 'rule':
				return this.addRule(what, false);
			case 'element': {
				const { table, set } = this.set(what);
				if (set.flags.includes('constant'))
					throw new Fault(what.name, `the set \`${set.name}\` is constant: its elements stay`);
				return this.addElements(table, set, what.elements, create);
			}
			default: {
				const table = this.table(what);
				this.variables = new Variables(this.variables);
				if (what.kind === 'chain') {
					this.addChain(table, what.name, what.body, create);
					this.addRules(table, what.name.text, what.body);
				} else if (what.kind === 'counter') this.addCounter(table, what.name, what.body, create);
				else if (what.kind === 'ct helper') this.addHelper(table, what.name, what.body, create);
				else this.addSet(table, what.kind, what.name, what.body, create);
			}
		}
	}

	// --- Finding ----------------------------------------------------------------------------

	private family(ref: { readonly family: { readonly text: Family } | null }): Family {
		return ref.family?.text ?? 'ip';
	}

	private table(ref: TableRef): DraftTable {
		const table = this.draft.find(this.family(ref), ref.table.text);
		if (!table)
			throw new Fault(ref.table, `there is no table \`${this.family(ref)} ${ref.table.text}\``);
		return this.draft.edit(table);
	}

	private chain(ref: ObjectRef): { table: DraftTable; chain: Chain | DraftChain } {
		const table = this.table(ref);
		return { table, chain: this.chainOf(table, ref.name.text, ref.name) };
	}

	private chainOf(table: DraftTable, name: string, place: Place): Chain | DraftChain {
		const chain = table.chains.find((one) => one.name === name);
		if (!chain)
			throw new Fault(
				place,
				`there is no chain \`${name}\` in table \`${table.family} ${table.name}\``
			);
		return chain;
	}

	private set(ref: ObjectRef): { table: DraftTable; set: NamedSet } {
		const table = this.table(ref);
		const set = table.sets.find((one) => one.name === ref.name.text);
		if (!set)
			throw new Fault(
				ref.name,
				`there is no set or map \`${ref.name.text}\` in table \`${table.family} ${table.name}\``
			);
		return { table, set };
	}

	// --- Tables and chains ------------------------------------------------------------------

	private addTable(node: Extract<Added, { kind: 'table' }>, create: boolean): void {
		const family = this.family(node);
		const name = node.table.text;
		const old = this.draft.find(family, name);
		if (old && create)
			throw new Fault(node.table, `there is a table \`${family} ${name}\` already`);
		const dormant = node.body.some((item) => item.kind === 'flags');
		const comment = node.body.find((item) => item.kind === 'comment')?.text.text;
		const table = old
			? this.draft.edit(old)
			: this.draft.addTable({
					family,
					name,
					language: 'nft',
					handle: this.env.nextHandle(),
					dormant,
					chains: [],
					sets: [],
					objects: [],
					...(comment === undefined ? {} : { comment })
				});
		if (old) table.dormant = dormant;
		const outer = this.variables;
		this.variables = new Variables(outer);
		this.tableItems(table, node.body);
		this.variables = outer;
	}

	/** A table block is carried out kind by kind: chains, objects, sets and, last, rules. */
	private tableItems(table: DraftTable, items: readonly TableItem[]): void {
		for (const item of items)
			if (item.kind === 'define' || item.kind === 'undefine') this.define(item);
		for (const item of items)
			if (item.kind === 'chain')
				this.attempt(() => this.addChain(table, item.name, item.body, false));
		for (const item of items) {
			if (item.kind === 'counter')
				this.attempt(() => this.addCounter(table, item.name, item.body, false));
			if (item.kind === 'ct helper')
				this.attempt(() => this.addHelper(table, item.name, item.body, false));
		}
		for (const item of items)
			if (item.kind === 'set' || item.kind === 'map')
				this.attempt(() => this.addSet(table, item.kind, item.name, item.body, false));
		for (const item of items)
			if (item.kind === 'chain') this.addRules(table, item.name.text, item.body);
	}

	private addChain(
		table: DraftTable,
		name: { readonly text: string } & Place,
		items: readonly ChainItem[],
		create: boolean
	): void {
		const base = this.baseOf(items);
		const policy = this.policyOf(items);
		const comment = items.find((item) => item.kind === 'comment')?.text.text;
		const old = table.chains.find((chain) => chain.name === name.text);
		if (policy !== null && !base && !old?.base)
			throw new Fault(
				items.find((item) => item.kind === 'policy')!,
				'only a base chain (`type … hook … priority …`) has a policy'
			);
		if (!old) {
			table.chains.push({
				name: name.text,
				handle: this.draft.handle(table),
				...(base ? { base: { ...base, registered: this.env.nextRegistration() } } : {}),
				rules: [],
				...(comment === undefined ? {} : { comment })
			});
			return;
		}
		if (create) throw new Fault(name, `there is a chain \`${name.text}\` already`);
		const was = old.base;
		if (!base) {
			if (was && policy !== null) this.draft.editChain(table, old).base = { ...was, policy };
			return;
		}
		if (!was || was.type !== base.type || was.hook !== base.hook || was.priority !== base.priority)
			throw new Fault(
				name,
				`there is a chain \`${name.text}\` already, with another type, hook or priority`
			);
		if (this.policyOf(items) !== null)
			this.draft.editChain(table, old).base = { ...was, policy: base.policy };
	}

	private policyOf(items: readonly ChainItem[]): 'accept' | 'drop' | null {
		const item = items.find((one) => one.kind === 'policy');
		if (!item) return null;
		const node = item.policy;
		const value = node.kind === 'variable' ? this.values.resolve(node) : node;
		const text = value.kind === 'policy value' || value.kind === 'word' ? value.text : '';
		if (text !== 'accept' && text !== 'drop')
			throw new Fault(node, 'a policy is `accept` or `drop`');
		return text;
	}

	private baseOf(items: readonly ChainItem[]): Omit<BaseChain, 'registered'> | null {
		const item = items.find((one) => one.kind === 'base');
		const policy = this.policyOf(items);
		if (!item) return null;
		const type = item.type.text;
		const hook = item.hook.text as BaseChain['hook'];
		if (type === 'route' && hook !== 'output')
			throw new Fault(item.type, 'a chain of type route can only be hooked into output');
		if (type === 'nat' && hook === 'forward')
			throw new Fault(item.hook, 'a chain of type nat cannot be hooked into forward');
		const priority = this.priority(item.priority, hook);
		if (type === 'nat' && priority <= -200)
			throw new Fault(
				item.priority,
				'a chain of type nat needs a priority above -200, where connection tracking stands'
			);
		return { type, hook, priority, policy: policy ?? 'accept' };
	}

	private priority(node: PriorityNode, hook: BaseChain['hook']): number {
		let base = 0;
		if (node.base !== null) {
			const text = node.base.kind === 'variable' ? this.wordOf(node.base) : node.base.text;
			const named = priorityNamed(text, hook);
			const number = /^-?\d+$/.test(text) ? Number(text) : null;
			if (named === null && number === null)
				throw new Fault(
					node,
					`\`${text}\` is not a priority at ${hook}: expected a number, raw, mangle, ${hook === 'prerouting' ? 'dstnat, ' : ''}filter, security${hook === 'postrouting' ? ' or srcnat' : ''}`
				);
			base = named ?? number!;
		}
		const offset = node.offset ? this.values.count(node.offset) : 0;
		return node.sign === '-' ? base - offset : base + offset;
	}

	private wordOf(variable: Variable): string {
		const value = this.values.resolve(variable);
		if (value.kind === 'word' || value.kind === 'string') return value.text;
		throw new Fault(variable, 'expected a word');
	}

	// --- Rules ------------------------------------------------------------------------------

	private scope(table: DraftTable): RuleScope {
		const values = this.values;
		return {
			family: table.family,
			values,
			places: this.places,
			now: this.env.now ?? 0,
			set: (name) => table.sets.find((set) => set.name === name) ?? null,
			object: (kind, name) =>
				table.objects.find((object) => object.kind === kind && object.name === name) ?? null,
			verdict: (node) => this.verdict(node),
			hasInterface: this.env.hasInterface?.bind(this.env),
			anonymousSet: () => void this.draft.handle(table),
			countsFlows: () => this.draft.onCommit(() => this.env.enableAccounting?.())
		};
	}

	private verdict(node: VerdictValue): Verdict {
		if (node.what !== 'jump' && node.what !== 'goto') return { kind: node.what };
		const target = node.chain!;
		const chain = target.kind === 'variable' ? this.wordOf(target) : target.text;
		const verdict: Verdict = { kind: node.what, chain };
		this.verdictPlaces.set(verdict, target);
		return verdict;
	}

	/** A rule that replaces another has its handle. */
	private makeRule(table: DraftTable, text: RuleText, handle?: number): Rule {
		const made = translateRule(text, this.scope(table));
		const rule: Rule = { handle: handle ?? this.draft.handle(table), ...made };
		this.rulePlaces.set(rule, text);
		return rule;
	}

	private addRules(table: DraftTable, name: string, items: readonly ChainItem[]): void {
		const found = table.chains.find((chain) => chain.name === name);
		if (!found) return;
		const chain = this.draft.editChain(table, found);
		for (const item of items) {
			if (item.kind === 'define' || item.kind === 'undefine') this.define(item);
			if (item.kind === 'rule')
				this.attempt(() => void chain.rules.push(this.makeRule(table, item.rule)));
		}
	}

	private addRule(node: RuleAdded, before: boolean): void {
		const { table, chain: found } = this.chain(node);
		const chain = this.draft.editChain(table, found);
		const rule = this.makeRule(table, node.rule);
		if (!node.position) {
			if (before) chain.rules.unshift(rule);
			else chain.rules.push(rule);
			return;
		}
		const number = this.values.count(node.position.number);
		const at =
			node.position.how === 'index'
				? number < chain.rules.length
					? number
					: -1
				: chain.rules.findIndex((one) => one.handle === number);
		if (at < 0)
			throw new Fault(
				node.position,
				`there is no rule with ${node.position.how === 'index' ? 'index' : 'handle'} ${number} in chain \`${chain.name}\``
			);
		chain.rules.splice(before ? at : at + 1, 0, rule);
	}

	private ruleAt(chain: DraftChain, handle: { readonly text: string } & Place): number {
		const number = this.values.count(handle);
		const at = chain.rules.findIndex((rule) => rule.handle === number);
		if (at < 0)
			throw new Fault(handle, `there is no rule with handle ${number} in chain \`${chain.name}\``);
		return at;
	}

	private replaceRule(node: Extract<Command, { kind: 'replace' }>): void {
		const { table, chain: found } = this.chain(node);
		const chain = this.draft.editChain(table, found);
		const at = this.ruleAt(chain, node.handle);
		chain.rules[at] = this.makeRule(table, node.rule, chain.rules[at]!.handle);
	}

	// --- Sets and objects -------------------------------------------------------------------

	private addSet(
		table: DraftTable,
		kind: 'set' | 'map',
		name: { readonly text: string } & Place,
		items: readonly SetItem[],
		create: boolean
	): void {
		const { set, elements } = makeSet(kind, name, items, this.scope(table), () =>
			this.draft.handle(table)
		);
		const old = table.sets.find((one) => one.name === name.text);
		if (old) {
			if (create) throw new Fault(name, `there is a set \`${name.text}\` already`);
			const same =
				old.type.join() === set.type.join() && (old.data ?? []).join() === (set.data ?? []).join();
			if (!same) throw new Fault(name, `there is a set \`${name.text}\` already, of another type`);
		} else table.sets.push(set);
		if (elements) this.addElements(table, old ?? set, elements, false);
	}

	private addElements(
		table: DraftTable,
		set: NamedSet,
		elements: SetLiteral | Variable,
		create: boolean
	): void {
		const made = this.elements(table, set, elements);
		const list = mergeElements(
			this.draft.elementsOf(set),
			made,
			set,
			create,
			elements,
			this.env.now ?? 0
		);
		this.draft.setElements(set, list);
	}

	private elements(
		table: DraftTable,
		set: NamedSet,
		elements: SetLiteral | Variable,
		keysOnly = false
	): ReturnType<Sets['elements']> {
		const scope = this.scope(table);
		const literal = elements.kind === 'variable' ? this.values.resolve(elements) : elements;
		if (literal.kind !== 'set') throw new Fault(elements, 'expected elements in braces');
		const sets = new Sets(scope.values, scope.verdict, scope.set, scope.now);
		sets.keysOnly = keysOnly;
		return sets.elements(literal, shapeOf(set), true, set.each);
	}

	private addCounter(
		table: DraftTable,
		name: { readonly text: string } & Place,
		body: CounterBody,
		create: boolean
	): void {
		if (this.objectExists(table, 'counter', name, create)) return;
		table.objects.push({
			kind: 'counter',
			name: name.text,
			handle: this.draft.handle(table),
			state: {
				packets: body.packets ? this.values.count(body.packets) : 0,
				bytes: body.bytes ? this.values.count(body.bytes) : 0
			},
			...(body.comment ? { comment: body.comment.text } : {})
		});
	}

	private addHelper(
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
		if (this.objectExists(table, 'ct helper', name, create)) return;
		table.objects.push({
			kind: 'ct helper',
			name: name.text,
			handle: this.draft.handle(table),
			helper: body.helper.text,
			protocol: body.protocol.text === 'tcp' ? 6 : 17,
			...(body.comment ? { comment: body.comment.text } : {})
		});
	}

	private objectExists(
		table: DraftTable,
		kind: StatefulObject['kind'],
		name: { readonly text: string } & Place,
		create: boolean
	): boolean {
		const old = table.objects.some((object) => object.kind === kind && object.name === name.text);
		if (old && create) throw new Fault(name, `there is a ${kind} \`${name.text}\` already`);
		return old;
	}

	// --- Delete, flush, reset ---------------------------------------------------------------

	private remove(what: Deleted, missingOk: boolean): void {
		try {
			this.removeNow(what);
		} catch (thrown) {
			if (!(missingOk && thrown instanceof Missing)) throw thrown;
		}
	}

	private removeNow(what: Deleted): void {
		if (what.kind === 'table') {
			const family = this.family(what);
			const handle = what.handle ? this.values.count(what.handle) : null;
			const table = this.draft.all.find(
				(one) =>
					one.family === family &&
					(what.table ? one.name === what.table.text : one.handle === handle)
			);
			if (!table)
				throw new Missing(
					what.table ?? what.handle!,
					what.table
						? `there is no table \`${family} ${what.table.text}\``
						: `there is no table with handle ${handle}`
				);
			this.draft.removeTable(table);
			return;
		}
		const found = this.draft.find(this.family(what), what.table.text);
		if (!found)
			throw new Missing(
				what.table,
				`there is no table \`${this.family(what)} ${what.table.text}\``
			);
		const table = this.draft.edit(found);
		if (what.kind === 'rule') {
			const chain = this.draft.editChain(table, this.chainOf(table, what.name.text, what.name));
			chain.rules.splice(this.ruleAt(chain, what.handle), 1);
			return;
		}
		if (what.kind === 'element') {
			const set = table.sets.find((one) => one.name === what.name.text);
			if (!set) throw new Missing(what.name, `there is no set \`${what.name.text}\``);
			const made = this.elements(table, set, what.elements, true);
			this.draft.setElements(
				set,
				removeElements(this.draft.elementsOf(set), made, what.elements, this.env.now ?? 0)
			);
			return;
		}
		const handle = what.handle ? this.values.count(what.handle) : null;
		const place = what.name ?? what.handle!;
		const fits = (one: { readonly name: string; readonly handle: number }): boolean =>
			what.name ? one.name === what.name.text : one.handle === handle;
		const missing = (): never => {
			throw new Missing(
				place,
				`there is no ${what.kind} ${what.name ? `\`${what.name.text}\`` : `with handle ${handle}`} in table \`${table.family} ${table.name}\``
			);
		};
		if (what.kind === 'chain') {
			const chain = table.chains.find(fits) ?? missing();
			this.refuseWhileUsed(
				table,
				place,
				(name) => name.chain === chain.name,
				`chain \`${chain.name}\``
			);
			table.chains.splice(table.chains.indexOf(chain), 1);
		} else if (what.kind === 'set' || what.kind === 'map') {
			const set = table.sets.find(fits) ?? missing();
			this.refuseWhileUsed(table, place, (name) => name.set === set.name, `set \`${set.name}\``);
			table.sets.splice(table.sets.indexOf(set), 1);
		} else {
			const object = table.objects.find((one) => one.kind === what.kind && fits(one)) ?? missing();
			this.refuseWhileUsed(
				table,
				place,
				(name) => name.object === object.name && name.objectKind === object.kind,
				`${object.kind} \`${object.name}\``
			);
			table.objects.splice(table.objects.indexOf(object), 1);
		}
	}

	private refuseWhileUsed(
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
			for (const element of this.draft.elementsOf(set))
				if (element.verdict && 'chain' in element.verdict && uses({ chain: element.verdict.chain }))
					throw new Fault(place, `the ${what} is still in use by the map \`${set.name}\``);
	}

	private flush(what: Listed): void {
		switch (what.kind) {
			case 'ruleset':
				for (const table of [...this.draft.all])
					if (!what.family || table.family === what.family.text) this.draft.removeTable(table);
				return;
			case 'table': {
				const table = this.table(what);
				for (const chain of [...table.chains]) this.draft.editChain(table, chain).rules = [];
				return;
			}
			case 'chain': {
				const { table, chain } = this.chain(what);
				this.draft.editChain(table, chain).rules = [];
				return;
			}
			case 'set':
			case 'map': {
				const { set } = this.set(what);
				if ((set.data !== undefined) !== (what.kind === 'map'))
					throw new Fault(
						what.name,
						`\`${set.name}\` is a ${set.data ? 'map' : 'set'}: \`flush ${set.data ? 'map' : 'set'}\``
					);
				this.draft.setElements(set, []);
				return;
			}
			default:
				throw new Fault(what, `\`flush ${what.kind}\` is no command`);
		}
	}

	/** `reset counters`: what is printed is what stood there before. */
	private reset(what: Listed): void {
		const lines = listed(this.draft, what, this.print, this.env.now ?? 0);
		this.output.push(...lines);
		const named = what.kind === 'counter' ? what.name.text : null;
		for (const table of this.tablesIn(what))
			for (const object of table.objects)
				if (object.kind === 'counter' && (named === null || object.name === named))
					this.draft.onCommit((journal) => {
						journal.set(object.state, 'packets', 0);
						journal.set(object.state, 'bytes', 0);
					});
	}

	private tablesIn(what: Listed): readonly Table[] {
		if (what.kind === 'counter') return [this.table(what) as unknown as Table];
		if (what.kind !== 'counters' || !what.scope) return this.draft.all;
		const { scope } = what;
		return this.draft.all.filter(
			(table) =>
				table.family === this.family(scope) &&
				(scope.table === null || table.name === scope.table.text)
		);
	}
}

/** Something that is to be deleted and is not there: `destroy` does not mind. */
class Missing extends Fault {}
