/** Commands about the rules of a chain, or of all chains: `-F` and `-Z`. */
import type { Chain, Rule, Ruleset, Table } from '../ruleset';
import { builtinChains } from './builtin';
import { formRead } from './read-nft';
import { NO_CHAIN, TableCommand } from './table-command';
import {
	chainsOf,
	findChain,
	listedChains,
	makeBuiltin,
	makeTable,
	putChain,
	putTable
} from './tables';
import { counterOf, iptablesForm, toRule } from './translate';

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
		let table = this.table() ?? makeTable(name, env);
		for (const builtin of builtinChains(name))
			if (!findChain(table, builtin.name)) table = putChain(table, makeBuiltin(builtin, env));
		const own = new Set(this.ownChains(table));
		const chains = table.chains.map((chain) => (own.has(chain) ? { ...chain, rules: [] } : chain));
		return this.commit({ ...table, chains });
	}

	/** All chains but base chains that iptables did not hook. */
	private ownChains(table: Table | undefined): readonly Chain[] {
		return chainsOf(listedChains(this.options.table, table));
	}

	zero(): Ruleset {
		const { chain: name, number } = this.command;
		let table = this.table();
		if (name === null) {
			for (const chain of this.ownChains(table)) table = putChain(table!, this.zeroed(chain));
			return table ? putTable(this.ruleset, table) : this.ruleset;
		}
		const chain = this.chainOf(table, name);
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
	 * @param always also where it has counted nothing, and as iptables reads it where nft wrote it
	 */
	private zeroedRule(rule: Rule, always = false): Rule {
		const counter = counterOf(rule);
		const counted = counter !== undefined && (counter.packets > 0 || counter.bytes > 0);
		if (!counted && !always) return rule;
		const form = always ? formRead(rule) : iptablesForm(rule);
		if (form) {
			this.count(form);
			return toRule(form, rule.handle, null, this.shared, rule.source);
		}
		this.options.env.journal.set(counter!, 'packets', 0);
		this.options.env.journal.set(counter!, 'bytes', 0);
		return rule;
	}
}
