/**
 * What the kernel looks at when a transaction is committed (`nf_tables_validate`), whichever language a rule came from:
 * where jumps lead, and what may stand at a hook.
 */
import { unfit } from './fit';
import { iptablesForm } from './iptables/translate';
import { extensionFault } from './iptables/validate';
import { namesUsed } from './names-used';
import type { Chain, NamedSet, Rule, SetElement, Table, Verdict } from './ruleset';

/** `NFT_JUMP_STACK_SIZE`. */
const DEEPEST = 16;

/** What is wrong with a rule. */
export interface CommitFault {
	readonly chain: Chain;
	readonly rule: Rule;
	/** The jump that it is about. */
	readonly verdict?: Verdict;
	/** Name of the iptables match or target that it is about. */
	readonly extension?: string;
	/** The base chain that leads there and has no place for it, where the rule is not its own. */
	readonly from?: Chain;
	readonly message: string;
	/** Whether the kernel finds it while it reads the rules, or at the end. */
	readonly when: 'early' | 'late';
}

/**
 * All that is wrong with a table, each fault once; what is found at the end only where nothing was before.
 *
 * @param elementsOf the elements of a set of the table, as they would be
 */
export function commitFaults(
	table: Pick<Table, 'family' | 'name' | 'chains' | 'sets'>,
	elementsOf: (set: NamedSet) => readonly SetElement[] = (set) => set.elements.list
): readonly CommitFault[] {
	return new Check(table, elementsOf).run();
}

interface Jump {
	readonly verdict: Verdict;
	readonly target: string;
}

const jumpOf = ({ verdict }: { readonly verdict?: Verdict }): Jump[] =>
	verdict && 'chain' in verdict ? [{ verdict, target: verdict.chain }] : [];

interface Leads {
	readonly jumps: readonly Jump[];
	/** Names of the sets and maps that it asks. */
	readonly sets: readonly string[];
}

/** A rule never changes, and all of them are looked at with every change to their table. */
const known = new WeakMap<Rule, Leads>();

function leads(rule: Rule): Leads {
	let found = known.get(rule);
	if (!found) {
		const names = namesUsed(rule.statements);
		found = { jumps: names.flatMap(jumpOf), sets: names.flatMap(({ set }) => set ?? []) };
		known.set(rule, found);
	}
	return found;
}

class Check {
	private readonly chains: ReadonlyMap<string, Chain>;
	private readonly found = new Map<string, CommitFault>();

	constructor(
		private readonly table: Pick<Table, 'family' | 'name' | 'chains' | 'sets'>,
		private readonly elementsOf: (set: NamedSet) => readonly SetElement[]
	) {
		this.chains = new Map(table.chains.map((chain) => [chain.name, chain]));
	}

	run(): readonly CommitFault[] {
		const { chains } = this.table;
		for (const chain of chains) for (const rule of chain.rules) this.rule(chain, rule);
		if (this.found.size === 0)
			for (const chain of chains) if (chain.base) this.visit(chain, chain, [], new Map());
		return [...this.found.values()];
	}

	private tell(fault: CommitFault): void {
		const key = `${fault.rule.handle} ${fault.message}`;
		if (!this.found.has(key)) this.found.set(key, fault);
	}

	/** A rule by itself. */
	private rule(chain: Chain, rule: Rule): void {
		const when = 'early';
		for (const { verdict, target } of this.targets(rule)) {
			const next = this.chains.get(target);
			if (next && !next.base) continue;
			const message = next
				? `\`${target}\` is a base chain: only a chain without a hook can be jumped to`
				: `there is no chain \`${target}\` in table \`${this.table.family} ${this.table.name}\``;
			this.tell({ chain, rule, verdict, message, when });
		}
		const form = iptablesForm(rule);
		const fault = form && extensionFault(form, { table: this.table.name });
		if (fault) this.tell({ chain, rule, ...fault, when });
	}

	/** Where a rule leads to, by itself and by the maps that it asks. */
	private targets(rule: Rule): readonly Jump[] {
		const { jumps, sets } = leads(rule);
		if (sets.length === 0) return jumps;
		const maps = this.table.sets.filter(
			({ name, data }) => data?.[0] === 'verdict' && sets.includes(name)
		);
		return [...jumps, ...maps.flatMap((map) => this.elementsOf(map).flatMap(jumpOf))];
	}

	/**
	 * Follow jumps from a base chain: no loops, no more than so many deep, and every rule fit for the hook. Where no base
	 * chain leads to, jumps may run in a circle (`nft_table_validate`).
	 *
	 * @param seen how deep each chain was looked at already: less deep, nothing else would be found, and ways through
	 *   chains that call chains multiply
	 */
	private visit(
		start: Chain,
		chain: Chain,
		path: readonly Chain[],
		seen: Map<Chain, number>
	): void {
		const when = 'late';
		for (const rule of chain.rules) {
			for (const fault of this.unfit(rule, start, path.length === 0))
				this.tell({ chain, rule, ...fault, ...(chain !== start && { from: start }), when });
			for (const { verdict, target } of this.targets(rule)) {
				const next = this.chains.get(target)!;
				if (next === chain || path.includes(next)) {
					const message = `jumps run in a circle through chain \`${target}\``;
					this.tell({ chain, rule, verdict, message, when });
					continue;
				}
				if (path.length + 1 >= DEEPEST) {
					const message = `jumps are more than ${DEEPEST} deep`;
					this.tell({ chain, rule, verdict, message, when });
					continue;
				}
				if ((seen.get(next) ?? -1) < path.length + 1)
					this.visit(start, next, [...path, chain], seen);
			}
		}
		seen.set(chain, path.length);
	}

	/** What of a rule has no place in chains that `start` leads to. */
	private unfit(
		rule: Rule,
		start: Chain,
		direct: boolean
	): readonly { readonly message: string; readonly extension?: string }[] {
		const form = iptablesForm(rule);
		if (form) {
			const fault = extensionFault(form, { table: this.table.name, base: start.base!, direct });
			return fault ? [fault] : [];
		}
		return rule.statements.flatMap((statement) => {
			const message = unfit(statement, start);
			return message === null ? [] : [{ message }];
		});
	}
}
