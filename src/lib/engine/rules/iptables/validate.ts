/**
 * What the kernel checks of a table when a change to it is committed (`nft_chain_validate`):
 * from each base chain, along every jump, is each rule allowed there?
 */
import type { Chain, Table } from '../ruleset';
import type { RulePlace } from './extension';
import { MATCHES, TARGETS } from './extensions';
import type { IptablesRule } from './rule';
import { iptablesForm } from './translate';

/** `NFT_JUMP_STACK_SIZE`: how deep jumps may go. */
const DEEPEST = 16;

/** What is wrong with a table. */
export interface TableFault {
	readonly message: string;
	/** The chain whose rule it is; `null`: it is about how chains hang together. */
	readonly chain: string | null;
	/** Name of the match or target it is about. */
	readonly extension?: string;
}

/** The first thing the kernel would refuse, or `null` where all is well. */
export function validateTable(table: Table): TableFault | null {
	return new Validation(table).run();
}

class Validation {
	private readonly chains: ReadonlyMap<string, Chain>;

	constructor(private readonly table: Table) {
		this.chains = new Map(table.chains.map((chain) => [chain.name, chain]));
	}

	run(): TableFault | null {
		for (const chain of this.table.chains)
			for (const rule of chain.rules) {
				const form = iptablesForm(rule);
				const message = this.checkJump(form);
				if (message !== null) return { message, chain: chain.name };
				const found = form && this.checkExtensions(form);
				if (found) return { ...found, chain: chain.name };
			}
		for (const chain of this.table.chains) {
			const fault = chain.base ? this.walk(chain, chain.base, 0, new Map()) : null;
			if (fault) return fault;
		}
		return null;
	}

	private checkJump(rule: IptablesRule | undefined): string | null {
		const never = (match: IptablesRule['source']): boolean =>
			match?.negated === true && match.mask === 0;
		if (never(rule?.source) || never(rule?.destination))
			return 'no address is outside of 0.0.0.0/0';
		const target = rule?.target;
		if (target?.kind !== 'jump' && target?.kind !== 'goto') return null;
		const chain = this.chains.get(target.chain);
		if (chain && !chain.base) return null;
		return `\`${target.chain}\` is built in, and cannot be jumped to`;
	}

	/** `seen`: the depth at which a chain was found well before, so that nothing is walked in vain. */
	private walk(
		chain: Chain,
		base: { readonly type: string; readonly hook: string },
		depth: number,
		seen: Map<string, number>
	): TableFault | null {
		if (depth >= DEEPEST)
			return {
				message: `jumps that go round in a circle, or more than ${DEEPEST} deep`,
				chain: null
			};
		if ((seen.get(chain.name) ?? -1) >= depth) return null;
		for (const rule of chain.rules) {
			const form = iptablesForm(rule);
			if (!form) continue;
			const found = this.checkExtensions(form, base, depth === 0);
			if (found) return { ...found, chain: chain.name };
			const { target } = form;
			if (target?.kind !== 'jump' && target?.kind !== 'goto') continue;
			const fault = this.walk(this.chains.get(target.chain)!, base, depth + 1, seen);
			if (fault) return fault;
		}
		seen.set(chain.name, depth);
		return null;
	}

	private checkExtensions(
		form: IptablesRule,
		base?: RulePlace['base'],
		direct = false
	): { message: string; extension: string } | null {
		const place: RulePlace = {
			table: this.table.name,
			...(base && { base, direct }),
			...(form.protocol && { protocol: form.protocol })
		};
		for (const { name, options } of form.matches) {
			const message = MATCHES.get(name)!.check?.(options, place);
			if (message) return { message, extension: name };
		}
		if (form.target?.kind !== 'extension') return null;
		const { name, options } = form.target;
		const message = TARGETS.get(name)!.check?.(options, place);
		return message ? { message, extension: name } : null;
	}
}
