/** What a transaction works on: the draft, the names in force, and how things are found by name. */
import type { Journal } from '../../journal';
import type { RuleTextError } from '../errors';
import type { Chain, Family, NamedSet, Rule, Ruleset, Verdict } from '../ruleset';
import type {
	Define,
	ObjectRef,
	RuleText,
	TableRef,
	Undefine,
	Variable,
	VerdictValue
} from './ast';
import { Draft } from './draft';
import type { DraftChain, DraftTable } from './draft';
import { Fault, KernelFault } from './fault';
import type { Place, Places } from './place';
import type { PrintOptions } from './print';
import { translateRule } from './translate-rule';
import type { RuleScope } from './rule-scope';
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

/** Elements of a set that packets add to, where none is given (`nft_dynset_init`). */
const DYNAMIC_SIZE = 0xffff;

export class Workspace {
	readonly errors: RuleTextError[] = [];
	/** Whether nft itself refused something, so that the kernel was told nothing. */
	refusedByNft = false;
	readonly output: string[] = [];
	readonly print: PrintOptions;
	readonly draft: Draft;
	variables = new Variables();
	/** Where each new rule stands, for what only the commit can find wrong with it. */
	readonly rulePlaces = new Map<Rule, Place>();
	/** Sets of this text, by what stays when they are changed. */
	readonly newSets = new WeakSet<NamedSet['elements']>();
	readonly verdictPlaces = new Map<Verdict, Place>();

	constructor(
		ruleset: Ruleset,
		readonly places: Places,
		readonly env: NftEnvironment,
		print: PrintOptions
	) {
		this.draft = new Draft(ruleset);
		this.print = { interfaceIndex: env.interfaceIndex?.bind(env), ...print };
	}

	/** World time in ms. */
	get now(): number {
		return this.env.now ?? 0;
	}

	/** Do something; what is wrong with the text is noted, and the next thing done. */
	attempt(action: () => void): void {
		try {
			action();
		} catch (thrown) {
			if (!(thrown instanceof Fault)) throw thrown;
			this.refusedByNft ||= !(thrown instanceof KernelFault);
			this.errors.push(this.places.error(thrown.place, thrown.message));
		}
	}

	get values(): Values {
		return new Values(this.variables);
	}

	define(node: Define | Undefine): void {
		if (node.kind === 'undefine') {
			if (!this.variables.undefine(node.name.text))
				throw new Fault(node.name, `unknown variable \`$${node.name.text}\``);
			return;
		}
		if (!node.again && this.variables.find(node.name.text))
			throw new Fault(
				node.name,
				`\`${node.name.text}\` is defined already: \`redefine\` gives it another value`
			);
		// What a value refers to is settled where it is defined.
		const settle = (value: Define['value']): Define['value'] =>
			value.kind === 'variable' ? this.values.resolve(value) : value;
		this.variables.define(node.name.text, settle(node.value));
	}

	family(ref: { readonly family: { readonly text: Family } | null }): Family {
		return ref.family?.text ?? 'ip';
	}

	table(ref: TableRef): DraftTable {
		const table = this.draft.find(this.family(ref), ref.table.text);
		if (!table)
			throw new Fault(ref.table, `there is no table \`${this.family(ref)} ${ref.table.text}\``);
		return this.draft.edit(table);
	}

	chain(ref: ObjectRef): { table: DraftTable; chain: Chain | DraftChain } {
		const table = this.table(ref);
		return { table, chain: this.chainOf(table, ref.name.text, ref.name) };
	}

	chainOf(table: DraftTable, name: string, place: Place): Chain | DraftChain {
		const chain = table.chains.find((one) => one.name === name);
		if (!chain)
			throw new Fault(
				place,
				`there is no chain \`${name}\` in table \`${table.family} ${table.name}\``
			);
		return chain;
	}

	set(ref: ObjectRef): { table: DraftTable; set: NamedSet } {
		const table = this.table(ref);
		const set = table.sets.find((one) => one.name === ref.name.text);
		if (!set)
			throw new Fault(
				ref.name,
				`there is no set or map \`${ref.name.text}\` in table \`${table.family} ${table.name}\``
			);
		return { table, set };
	}

	wordOf(variable: Variable): string {
		const value = this.values.resolve(variable);
		if (value.kind === 'word' || value.kind === 'string') return value.text;
		throw new Fault(variable, 'expected a word');
	}

	scope(table: DraftTable): RuleScope {
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
			usedDynamically: (name) => this.usedDynamically(table, name),
			anonymousSet: () => void this.draft.handle(table),
			countsFlows: () => this.draft.onCommit(() => this.env.enableAccounting?.())
		};
	}

	/**
	 * A rule adds to a set. The kernel then gives it a size where it has none (`nft_dynset_init`), and
	 * nft marks a set of the same text as dynamic before it is made.
	 */
	private usedDynamically(table: DraftTable, name: string): void {
		const at = table.sets.findIndex((set) => set.name === name);
		const set = table.sets[at]!;
		const dynamic = this.newSets.has(set.elements) && !set.data && !set.flags.includes('dynamic');
		if (set.size !== undefined && !dynamic) return;
		table.sets[at] = {
			...set,
			size: set.size ?? DYNAMIC_SIZE,
			flags: dynamic ? [...set.flags, 'dynamic'] : set.flags
		};
	}

	verdict(node: VerdictValue): Verdict {
		if (node.what !== 'jump' && node.what !== 'goto') return { kind: node.what };
		const target = node.chain!;
		const chain = target.kind === 'variable' ? this.wordOf(target) : target.text;
		const verdict: Verdict = { kind: node.what, chain };
		this.verdictPlaces.set(verdict, target);
		return verdict;
	}

	/** A rule that replaces another has its handle; one that the kernel refuses has used its own. */
	makeRule(table: DraftTable, text: RuleText, handle?: number): Rule {
		const own = (): number => handle ?? this.draft.handle(table);
		let made: ReturnType<typeof translateRule>;
		try {
			made = translateRule(text, this.scope(table));
		} catch (thrown) {
			if (thrown instanceof KernelFault) {
				if (thrown.ofSet) this.draft.handle(table);
				own();
			}
			throw thrown;
		}
		const rule: Rule = { handle: own(), ...made };
		this.rulePlaces.set(rule, text);
		return rule;
	}
}
