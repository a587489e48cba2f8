/**
 * What each command does to a ruleset. The same for `iptables …` and for the lines of
 * `iptables-restore`; listing is apart (`list.ts`, `print.ts`).
 */
import type { Chain, Rule, Ruleset, SourceSpan, Table } from '../ruleset';
import { builtinChain, type TableName } from './builtin';
import { MATCHES, OTHER_TARGETS, TARGETS } from './extensions';
import type { Word } from './parse';
import { ruleText } from './print';
import { Refusal, type ExitStatus } from './refusal';
import { renameChain } from './rename';
import type { ReadCommand } from './reader';
import type { IptablesRule, Target } from './rule';
import { SharedTables } from './shared';
import { setsOf } from './targets/set';
import {
	findChain,
	findTable,
	isBuiltin,
	listedChains,
	makeBuiltin,
	makeTable,
	putChain,
	putTable,
	type RuleEnvironment
} from './tables';
import { counterOf, iptablesForm, toRule } from './translate';
import { validateTable } from './validate';

const NO_DROP_IN_NAT = 'the nat table is not for filtering: `DROP` has no place in it';
const NO_CHAIN = 'No chain/target/match by that name.';

export interface ExecuteOptions {
	readonly table: TableName;
	readonly env: RuleEnvironment;
	/** Where the command stands in its text. */
	readonly source?: SourceSpan;
	/** Of the transaction that the command is part of, if it is not one by itself. */
	readonly shared?: SharedTables;
}

/**
 * The ruleset after the command. Nothing is changed in place but counters of rules that nft
 * put there (`-Z`), and those through the journal.
 * @throws {Refusal}
 */
export function execute(ruleset: Ruleset, command: ReadCommand, options: ExecuteOptions): Ruleset {
	return new Executor(ruleset, command, options).run();
}

/** The ipsets that a rule asks and changes. */
function setsNamed(matches: IptablesRule['matches'], target: Target | null): readonly string[] {
	const changing = target?.kind === 'extension' ? [target] : [];
	return [...matches, ...changing].flatMap(setsOf);
}

class Executor {
	private readonly shared: SharedTables;

	constructor(
		private readonly ruleset: Ruleset,
		private readonly command: ReadCommand,
		private readonly options: ExecuteOptions
	) {
		this.shared = options.shared ?? new SharedTables(ruleset, options.env.journal, options.env.now);
	}

	run(): Ruleset {
		switch (this.command.name) {
			case 'append':
			case 'insert':
			case 'delete':
			case 'replace':
			case 'check':
				return this.rule();
			case 'flush':
				return this.flush();
			case 'zero':
				return this.zero();
			case 'new-chain':
				return this.newChain();
			case 'delete-chain':
				return this.deleteChain();
			case 'policy':
				return this.policy();
			case 'rename-chain':
				return this.rename();
			default:
				return this.ruleset;
		}
	}

	// --- Rules -----------------------------------------------------------------------------

	private rule(): Ruleset {
		const { name, rules } = this.command;
		this.checkTarget();
		this.checkSets();
		if (name === 'replace' && rules.length > 1)
			this.refuse('a rule can be replaced by one rule only, not by one for each address', 2);
		let [table, chain] = this.chainForUse();
		if (name === 'append' || name === 'insert') {
			const made = rules.map((rule) => this.make(rule));
			// Of several addresses each is inserted before the last.
			if (name === 'insert') made.reverse();
			const at = name === 'append' ? chain.rules.length : (this.command.number ?? 1) - 1;
			if (at > chain.rules.length) this.refuse('Index of insertion too big.', 1);
			chain = { ...chain, rules: chain.rules.toSpliced(at, 0, ...made) };
		} else if (name === 'replace') {
			const at = this.command.number! - 1;
			if (at >= chain.rules.length) this.refuse('Index of replacement too big.', 1);
			chain = { ...chain, rules: chain.rules.with(at, this.make(rules[0]!)) };
		} else if (name === 'delete' && this.command.number !== null) {
			const at = this.command.number - 1;
			if (at >= chain.rules.length) this.refuse('Index of deletion too big.', 1);
			chain = { ...chain, rules: chain.rules.toSpliced(at, 1) };
		} else {
			for (const rule of rules) {
				const at = this.find(chain, rule);
				if (at < 0) this.refuse('Bad rule (does a matching rule exist in that chain?).', 1);
				if (name === 'delete') chain = { ...chain, rules: chain.rules.toSpliced(at, 1) };
			}
			if (name === 'check') return this.ruleset;
		}
		table = putChain(table, chain);
		return this.commit(table);
	}

	private make(rule: IptablesRule): Rule {
		const { env, source } = this.options;
		this.count(rule);
		return toRule(rule, env.nextHandle(), this.command.counters, this.shared, source);
	}

	/** A rule that asks what flows have carried has them counted (`connbytes_mt_check`). */
	private count({ matches }: IptablesRule): void {
		if (matches.some(({ name }) => MATCHES.get(name)!.countsFlows))
			this.options.env.enableAccounting?.();
	}

	/** The first rule that says the same. */
	private find(chain: Chain, wanted: IptablesRule): number {
		const text = ruleText(wanted);
		return chain.rules.findIndex((rule) => {
			const form = iptablesForm(rule);
			return form !== undefined && ruleText(form) === text;
		});
	}

	/** The table and chain a rule command is about, made if it is built in and not there yet. */
	private chainForUse(): [Table, Chain] {
		const name = this.command.chain!;
		const { env } = this.options;
		const table = this.table() ?? makeTable(this.options.table, env);
		const builtin = builtinChain(this.options.table, name);
		const chain = findChain(table, name);
		if (chain) {
			if (builtin && !isBuiltin(this.options.table, chain))
				this.refuse(`CHAIN_ADD failed (Operation not supported): chain ${name}`, 4);
			return [table, chain];
		}
		if (!builtin) this.refuse(NO_CHAIN, 1);
		const made = makeBuiltin(builtin, env);
		return [putChain(table, made), made];
	}

	private checkTarget(): void {
		const word = this.command.targetWord;
		const target = this.command.rules[0]?.target;
		if (!word || !target || target.kind === 'extension') return;
		if (target.kind === 'verdict') {
			if (target.verdict === 'DROP' && this.options.table === 'nat')
				throw new Refusal(NO_DROP_IN_NAT, word.from, word.to);
			return;
		}
		if (findChain(this.table(), target.chain)) return;
		if (builtinChain(this.options.table, target.chain)) return;
		throw new Refusal(`there is no chain or target \`${target.chain}\``, word.from, word.to, 2);
	}

	private checkSets(): void {
		const { env } = this.options;
		if (!env.hasSet) return;
		for (const { matches, target } of this.command.rules)
			for (const set of setsNamed(matches, target))
				if (!env.hasSet(set)) this.refuse(`Set ${set} doesn't exist.`, 2);
	}

	// --- Chains ----------------------------------------------------------------------------

	private flush(): Ruleset {
		const { chain: name } = this.command;
		if (name === null) {
			const table = this.table();
			if (!table) return this.ruleset;
			const own = new Set(this.ownChains(table));
			return this.commit({
				...table,
				chains: table.chains.map((chain) => (own.has(chain) ? { ...chain, rules: [] } : chain))
			});
		}
		const [table, chain] = this.chainForUse();
		return this.commit(putChain(table, { ...chain, rules: [] }));
	}

	/** All chains but base chains that iptables did not hook. */
	private ownChains(table: Table | undefined): readonly Chain[] {
		const { builtin, user } = listedChains(this.options.table, table);
		return [...builtin.flatMap(({ chain }) => chain ?? []), ...user];
	}

	private zero(): Ruleset {
		const { chain: name, number } = this.command;
		let table = this.table();
		if (name === null) {
			for (const chain of this.ownChains(table)) table = putChain(table!, this.zeroed(chain));
			return table ? putTable(this.ruleset, table) : this.ruleset;
		}
		const chain = findChain(table, name);
		if (!table || !chain) this.refuse(NO_CHAIN, 1);
		if (number === null) return putTable(this.ruleset, putChain(table, this.zeroed(chain)));
		const rule = chain.rules[number - 1];
		if (!rule) return this.ruleset;
		const rules = chain.rules.with(number - 1, this.zeroedRule(rule, true));
		return putTable(this.ruleset, putChain(table, { ...chain, rules }));
	}

	/** The chain with its counters at zero; a base chain's own are begun anew. */
	private zeroed(chain: Chain): Chain {
		const rules = chain.rules.map((rule) => this.zeroedRule(rule));
		return {
			...chain,
			rules,
			...(chain.base && { policyCounter: { packets: 0, bytes: 0 } })
		};
	}

	/**
	 * A rule that has counted is replaced by one that has not (`nft_rule_zero_counters`), and whatever else it remembers
	 * of packets begins anew, too.
	 *
	 * @param always also where it has counted nothing
	 */
	private zeroedRule(rule: Rule, always = false): Rule {
		const counter = counterOf(rule);
		if (!counter) return rule;
		const form = iptablesForm(rule);
		if (form) {
			if (!always && counter.packets === 0 && counter.bytes === 0) return rule;
			this.count(form);
			return toRule(form, rule.handle, null, this.shared, rule.source);
		}
		this.options.env.journal.set(counter, 'packets', 0);
		this.options.env.journal.set(counter, 'bytes', 0);
		return rule;
	}

	private newChain(): Ruleset {
		const name = this.command.chain!;
		this.checkName(name, this.command.chainWord!);
		const table = this.table();
		if (builtinChain(this.options.table, name) || findChain(table, name))
			this.refuse('Chain already exists.', 1);
		const { env } = this.options;
		return this.commit(
			putChain(table ?? makeTable(this.options.table, env), {
				name,
				handle: env.nextHandle(),
				rules: []
			})
		);
	}

	/** Names that options or targets have are for them. */
	private checkName(name: string, word: Word): void {
		if (name.startsWith('-') || name.startsWith('!'))
			throw new Refusal(`a chain's name cannot begin with \`${name[0]}\``, word.from, word.to);
		if (TARGETS.has(name) || OTHER_TARGETS.has(name) || /^(ACCEPT|DROP|RETURN)$/.test(name))
			throw new Refusal(`\`${name}\` is the name of a target`, word.from, word.to);
	}

	private deleteChain(): Ruleset {
		const { chain: name } = this.command;
		const table = this.table();
		if (name !== null) {
			const chain = findChain(table, name);
			if (!table || !chain) this.refuse(NO_CHAIN, 1);
			if (chain.rules.length === 0 && this.hasPolicy(chain)) this.refuse('Directory not empty.', 1);
			if (chain.rules.length > 0 || this.isUsed(table, chain))
				this.refuse(`CHAIN_DEL failed (Device or resource busy): chain ${name}`, 4);
			return this.commit({ ...table, chains: table.chains.filter((one) => one !== chain) });
		}
		if (!table) return this.ruleset;
		// Of the built-in chains those go that are as good as not there.
		const kept = table.chains.filter((chain) => {
			if (!chain.base) return false;
			return (
				!isBuiltin(this.options.table, chain) || chain.rules.length > 0 || this.hasPolicy(chain)
			);
		});
		for (const chain of table.chains)
			if (!kept.includes(chain) && (chain.rules.length > 0 || this.isUsedBy(kept, chain)))
				this.refuse(`CHAIN_DEL failed (Device or resource busy): chain ${chain.name}`, 4);
		return this.commit({ ...table, chains: kept });
	}

	private hasPolicy(chain: Chain): boolean {
		return chain.base?.policy === 'drop';
	}

	private isUsed(table: Table, chain: Chain): boolean {
		return this.isUsedBy(table.chains, chain);
	}

	private isUsedBy(chains: readonly Chain[], chain: Chain): boolean {
		return chains.some((one) =>
			one.rules.some((rule) =>
				rule.statements.some(
					(statement) =>
						statement.kind === 'verdict' &&
						'chain' in statement.verdict &&
						statement.verdict.chain === chain.name
				)
			)
		);
	}

	private policy(): Ruleset {
		const { chain: name, second } = this.command;
		const builtin = builtinChain(this.options.table, name!);
		if (!builtin) this.refuse('Bad built-in chain name.', 1);
		if (second !== 'ACCEPT' && second !== 'DROP') this.refuse('Bad policy name.', 1);
		if (second === 'DROP' && this.options.table === 'nat') this.refuse(NO_DROP_IN_NAT, 2);
		const [table, chain] = this.chainForUse();
		const policy = second === 'DROP' ? 'drop' : 'accept';
		// The chain is written anew, counters and all.
		const policyCounter = { packets: 0, bytes: 0 };
		return this.commit(
			putChain(table, { ...chain, base: { ...chain.base!, policy }, policyCounter })
		);
	}

	private rename(): Ruleset {
		const { chain: name, second } = this.command;
		const table = this.table();
		const chain = findChain(table, name!);
		if (findChain(table, second!) || builtinChain(this.options.table, second!))
			this.refuse('File exists.', 1);
		if (!table || !chain) this.refuse(NO_CHAIN, 1);
		return this.commit(renameChain(table, chain, second!));
	}

	// --- The whole -------------------------------------------------------------------------

	private table(): Table | undefined {
		return findTable(this.ruleset, this.options.table);
	}

	private commit(table: Table): Ruleset {
		const fault = validateTable(table);
		if (!fault) return putTable(this.ruleset, table);
		const { chain, chainWord, targetWord, extensionWords } = this.command;
		const own = fault.chain === chain || fault.chain === null;
		const word =
			(own && fault.extension !== undefined ? extensionWords.get(fault.extension) : undefined) ??
			targetWord ??
			chainWord;
		const message = own ? fault.message : `in chain \`${fault.chain}\`: ${fault.message}`;
		throw new Refusal(message, word?.from ?? null, word?.to ?? null, 4);
	}

	private refuse(message: string, exit: ExitStatus): never {
		const word = this.command.chainWord;
		throw new Refusal(message, word?.from ?? null, word?.to ?? null, exit);
	}
}
