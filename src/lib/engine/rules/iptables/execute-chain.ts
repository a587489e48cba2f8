/** Commands about chains themselves: `-N`, `-X`, `-P`, `-E`. */
import { jumpsTo } from '../names-used';
import { renameChain, renameInElements } from '../rename';
import type { Chain, Ruleset } from '../ruleset';
import { builtinChain } from './builtin';
import { OTHER_TARGETS, TARGETS } from './extensions';
import type { Word } from './parse';
import { Refusal } from './refusal';
import { NO_CHAIN, NO_DROP_IN_NAT, TableCommand } from './table-command';
import { findChain, isBuiltin, makeTable, putChain } from './tables';

export class ChainCommand extends TableCommand {
	make(): Ruleset {
		const name = this.command.chain!;
		this.checkName(name, this.command.chainWord!);
		const table = this.table();
		if (builtinChain(this.options.table, name) || this.chainOf(table, name))
			this.refuse('Chain already exists.', 1);
		if (findChain(table, name)) this.refuse(`CHAIN_ADD failed (File exists): chain ${name}`, 4);
		const { env } = this.options;
		return this.commit(
			putChain(table ?? makeTable(this.options.table, env), {
				name,
				handle: this.handle(),
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

	delete(): Ruleset {
		const { chain: name } = this.command;
		const table = this.table();
		if (name !== null) {
			const chain = this.chainOf(table, name);
			if (!table || !chain) this.refuse(NO_CHAIN, 1);
			if (chain.rules.length === 0 && this.hasPolicy(chain)) this.refuse('Directory not empty.', 1);
			if (chain.rules.length > 0 || jumpsTo(chain.name, table.chains, table.sets) > 0)
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
			if (
				!kept.includes(chain) &&
				(chain.rules.length > 0 || jumpsTo(chain.name, kept, table.sets))
			)
				this.refuse(`CHAIN_DEL failed (Device or resource busy): chain ${chain.name}`, 4);
		return this.commit({ ...table, chains: kept });
	}

	private hasPolicy(chain: Chain): boolean {
		return chain.base?.policy === 'drop';
	}

	setPolicy(): Ruleset {
		const { chain: name, second } = this.command;
		const builtin = builtinChain(this.options.table, name!);
		if (second === 'DROP' && this.options.table === 'nat') this.refuse(NO_DROP_IN_NAT, 2);
		if (!builtin) this.refuse('Bad built-in chain name.', 1);
		if (second !== 'ACCEPT' && second !== 'DROP') this.refuse('Bad policy name.', 1);
		const [table, chain] = this.chainForUse();
		const policy = second === 'DROP' ? 'drop' : 'accept';
		// The chain is written anew, counters and all.
		const policyCounter = { packets: 0, bytes: 0 };
		return this.commit(
			putChain(table, { ...chain, base: { ...chain.base!, policy }, policyCounter })
		);
	}

	rename(): Ruleset {
		const { chain: name, second } = this.command;
		const { env } = this.options;
		const table = this.table();
		const chain = this.chainOf(table, name!);
		if (this.chainOf(table, second!) || builtinChain(this.options.table, second!))
			this.refuse('File exists.', 1);
		if (!table || !chain) this.refuse(NO_CHAIN, 1);
		if (findChain(table, second!))
			this.refuse(`CHAIN_USER_RENAME failed (File exists): chain ${name}`, 4);
		for (const { elements } of table.sets) {
			const renamed = renameInElements(elements.list, chain.name, second!);
			if (renamed !== elements.list) env.journal.set(elements, 'list', renamed);
		}
		return this.commit({ ...table, chains: renameChain(table.chains, chain, second!) });
	}
}
