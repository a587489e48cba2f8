/** Commands about rules: `-A`, `-I`, `-D`, `-R`, `-C`. */
import type { Chain, Rule, Ruleset } from '../ruleset';
import { builtinChain } from './builtin';
import { ruleText } from './print';
import { readBack } from './read-nft';
import { Refusal } from './refusal';
import type { IptablesRule, Target } from './rule';
import { NO_DROP_IN_NAT, TableCommand } from './table-command';
import { putChain } from './tables';
import { setsOf } from './targets/set';

/** The ipsets that a rule asks and changes. */
function setsNamed(matches: IptablesRule['matches'], target: Target | null): readonly string[] {
	const changing = target?.kind === 'extension' ? [target] : [];
	return [...matches, ...changing].flatMap(setsOf);
}

export class RuleCommand extends TableCommand {
	/** The ruleset after it. */
	run(): Ruleset {
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
			// The new one keeps the handle of the old.
			const { handle } = chain.rules[at]!;
			chain = { ...chain, rules: chain.rules.with(at, this.make(rules[0]!, handle)) };
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

	private make(rule: IptablesRule, handle = this.handle()): Rule {
		return this.rule(rule, handle, this.command.counters, this.options.source);
	}

	/** The first rule that says the same. */
	private find(chain: Chain, wanted: IptablesRule): number {
		const text = ruleText(wanted);
		return chain.rules.findIndex((rule) => {
			const { form, strange } = readBack(rule);
			return !strange && ruleText(form) === text;
		});
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
		if (this.chainOf(this.table(), target.chain)) return;
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
}
