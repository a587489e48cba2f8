/** Commands about the rules of a chain, or of all chains: `-F` and `-Z`. */
import { namesUsed } from '../names-used';
import type { Chain, Rule, Ruleset, Statement, Table } from '../ruleset';
import { BUILTIN, builtinChains, type BuiltinChain } from './builtin';
import { formRead } from './read-nft';
import { NO_CHAIN, TableCommand } from './table-command';
import { chainsOf, findChain, listedChains, makeBuiltin, makeTable, putChain } from './tables';
import { iptablesForm } from './translate';

export class ContentCommand extends TableCommand {
	flush(): Ruleset {
		const { chain: name } = this.command;
		if (name === null) return this.command.verbose ? this.flushEach() : this.flushAll();
		const [table, chain] = this.chainForUse();
		return this.commit(putChain(table, { ...chain, rules: [] }));
	}

	/** The table as a whole: the chains that nft hooked in are emptied with the others. */
	private flushAll(): Ruleset {
		const table = this.table();
		if (!table) return this.ruleset;
		const chains = table.chains.map((chain) => ({ ...chain, rules: [] }));
		return this.commit({ ...table, chains });
	}

	/** Chain by chain, as `-v` tells it: built-in chains that were not there are there then (`nft_rule_flush`). */
	private flushEach(): Ruleset {
		const { table: name, env } = this.options;
		const before = this.table() ?? makeTable(name, env);
		const table = this.withBuiltins(
			before,
			builtinChains(name),
			(chain) => `CHAIN_ADD failed (Operation not supported): chain ${chain}`
		);
		const own = new Set(this.ownChains(table));
		const chains = table.chains.map((chain) => (own.has(chain) ? { ...chain, rules: [] } : chain));
		return this.commit({ ...table, chains });
	}

	/**
	 * The table with those of the chains that were missing. A base chain of nft's that has the name of one stands in its
	 * way, which is told when the others are made.
	 */
	private withBuiltins(
		before: Table,
		builtins: readonly BuiltinChain[],
		failed: (chain: string) => string
	): Table {
		const missing = builtins.filter(({ name }) => !this.chainOf(before, name));
		const taken = missing.find(({ name }) => findChain(before, name));
		const table = missing
			.filter(({ name }) => !findChain(before, name))
			.reduce(
				(made, builtin) => putChain(made, makeBuiltin(builtin, this.handle(), this.options.env)),
				before
			);
		if (taken) this.refuse(failed(taken.name), 4);
		return table;
	}

	/** All chains but base chains that iptables did not hook. */
	private ownChains(table: Table | undefined): readonly Chain[] {
		return chainsOf(listedChains(this.options.table, table));
	}

	zero(): Ruleset {
		const { chain: name, number } = this.command;
		const table = this.table();
		if (name === null) return table ? this.allZeroed(table) : this.ruleset;
		const chain = this.chainOf(table, name);
		if (!table || !chain) this.refuse(NO_CHAIN, 1);
		if (number === null) return this.put(putChain(table, this.zeroed(chain)));
		const rule = chain.rules[number - 1];
		if (!rule) return this.ruleset;
		const rules = chain.rules.with(number - 1, this.zeroedRule(rule, true));
		return this.put(putChain(table, { ...chain, rules }));
	}

	/**
	 * `-L -Z`, of a table or one of its chains. For the list there are built-in chains, whether the kernel has them or not
	 * (`nft_xt_fake_builtin_chains`), and to be set to zero they must come to be.
	 */
	zeroListed(): Ruleset {
		const { table: name } = this.options;
		const { chain: only } = this.command;
		const builtins = BUILTIN[name].filter((one) => only === null || one.name === only);
		const before = this.table();
		if (!before)
			this.refuse(
				`CHAIN_ZERO failed (No such file or directory): chain ${only ?? builtins[0]!.name}`,
				4
			);
		const table = this.withBuiltins(
			before,
			builtins,
			(chain) => `CHAIN_ZERO failed (Operation not supported): chain ${chain}`
		);
		if (only === null) return this.allZeroed(table);
		return this.put(putChain(table, this.zeroed(findChain(table, only)!)));
	}

	private allZeroed(table: Table): Ruleset {
		const zeroed = this.ownChains(table).reduce(
			(done, chain) => putChain(done, this.zeroed(chain)),
			table
		);
		return this.put(zeroed);
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
	 * @param always also where it has counted nothing, and as iptables reads it where nft wrote it
	 */
	private zeroedRule(rule: Rule, always = false): Rule {
		const counted = rule.statements.some(
			(one) => one.kind === 'counter' && (one.state.packets > 0 || one.state.bytes > 0)
		);
		if (!counted && !always) return rule;
		const form = always ? formRead(rule) : iptablesForm(rule);
		return form ? this.rule(form, rule.handle, null, rule.source) : this.putAgain(rule);
	}

	/** A rule of nft's goes in again with its own expressions, some of which the kernel takes from nft alone. */
	private putAgain(rule: Rule): Rule {
		// An anonymous set belongs to the rule that is there already.
		if (namesUsed(rule.statements).some(({ anonymous }) => anonymous))
			this.refuse('RULE_REPLACE failed (Device or resource busy)', 4);
		if (rule.statements.some(({ kind }) => kind === 'update'))
			this.refuse('RULE_REPLACE failed (Operation not supported)', 4);
		const statements = rule.statements.map((one): Statement => {
			if (one.kind === 'counter' && one.name === undefined)
				return { ...one, state: { packets: 0, bytes: 0 } };
			if (one.kind === 'limit' && one.name === undefined)
				return { ...one, state: { tokens: null, last: 0 } };
			return one;
		});
		return { ...rule, statements };
	}
}
