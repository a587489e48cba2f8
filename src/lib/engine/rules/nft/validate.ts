/** What the kernel looks at when a transaction is committed: jumps, and what may stand at a hook. */
import type { Chain, Expression, HookName, Rule, Statement, Table, Verdict } from '../ruleset';
import type { Draft } from './draft';
import { namesUsed } from './names-used';
import type { Place } from './place';

/** `NFT_JUMP_STACK_SIZE`. */
const DEEPEST = 16;

type Fail = (place: Place, message: string) => void;

/**
 * Check every table; `fail` is told of what is wrong, with the place of a rule of this text.
 *
 * @returns how often the kernel tries: what it finds only at the end (`nf_tables_validate`) makes it go through
 *   all of it again, to see which rule it was
 */
export function checkCommit(
	draft: Draft,
	rulePlaces: ReadonlyMap<Rule, Place>,
	verdictPlaces: ReadonlyMap<Verdict, Place>,
	fail: Fail
): number {
	let early = false;
	let late = false;
	const somewhere: Place = { from: 0, to: 0 };
	for (const table of draft.all) {
		if (table.language !== 'nft') continue;
		const walk = new TableCheck(table, draft, (rule, verdict, message) => {
			const place = (verdict && verdictPlaces.get(verdict)) ?? rulePlaces.get(rule);
			fail(place ?? [...rulePlaces.values()].at(-1) ?? somewhere, message);
		});
		const found = walk.run();
		early ||= found === 'early';
		late ||= found === 'late';
	}
	return late && !early ? 2 : 1;
}

class TableCheck {
	private readonly chains: Map<string, Chain>;
	private readonly told = new Set<string>();

	constructor(
		private readonly table: Table,
		private readonly draft: Draft,
		private readonly fail: (rule: Rule, verdict: Verdict | null, message: string) => void
	) {
		this.chains = new Map(table.chains.map((chain) => [chain.name, chain]));
	}

	/** When the kernel finds something wrong: while it reads the rules, or at the end. */
	run(): 'early' | 'late' | null {
		for (const chain of this.table.chains)
			for (const rule of chain.rules)
				for (const { verdict, target } of this.targets(rule)) {
					const found = this.chains.get(target);
					if (!found)
						this.tell(
							rule,
							verdict,
							`there is no chain \`${target}\` in table \`${this.table.family} ${this.table.name}\``
						);
					else if (found.base)
						this.tell(
							rule,
							verdict,
							`\`${target}\` is a base chain: only a chain without a hook can be jumped to`
						);
				}
		if (this.told.size > 0) return 'early';
		for (const chain of this.table.chains) if (chain.base) this.visit(chain, chain, [], new Map());
		return this.told.size > 0 ? 'late' : null;
	}

	private tell(rule: Rule, verdict: Verdict | null, message: string): void {
		const key = `${rule.handle} ${message}`;
		if (this.told.has(key)) return;
		this.told.add(key);
		this.fail(rule, verdict, message);
	}

	private *targets(rule: Rule): Generator<{ verdict: Verdict; target: string }> {
		for (const name of namesUsed(rule.statements)) {
			if (name.chain !== undefined && name.verdict)
				yield { verdict: name.verdict, target: name.chain };
			const set = name.set && this.table.sets.find((one) => one.name === name.set);
			if (set && set.data?.[0] === 'verdict')
				for (const element of this.draft.elementsOf(set))
					if (element.verdict && 'chain' in element.verdict)
						yield { verdict: element.verdict, target: element.verdict.chain };
		}
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
		for (const rule of chain.rules) {
			for (const statement of rule.statements) {
				const wrong = unfit(statement, start);
				if (wrong) this.tell(rule, null, wrong);
			}
			for (const { verdict, target } of this.targets(rule)) {
				const next = this.chains.get(target);
				if (!next) continue;
				if (next === chain || path.includes(next)) {
					this.tell(rule, verdict, `jumps run in a circle through chain \`${target}\``);
					continue;
				}
				if (path.length + 1 >= DEEPEST) {
					this.tell(rule, verdict, `jumps are more than ${DEEPEST} deep`);
					continue;
				}
				if ((seen.get(next) ?? -1) < path.length + 1)
					this.visit(start, next, [...path, chain], seen);
			}
		}
		seen.set(chain, path.length);
	}
}

function atHooks(
	what: string,
	chain: Chain,
	hooks: readonly HookName[],
	nat: boolean
): string | null {
	const base = chain.base!;
	if (nat && base.type !== 'nat')
		return `\`${what}\` belongs in a chain of type nat, and \`${chain.name}\` is of type ${base.type}`;
	if (hooks.includes(base.hook)) return null;
	return `\`${what}\` is possible at ${hooks.join(', ')} only, and \`${chain.name}\` is hooked into ${base.hook}`;
}

/** Whether a value takes `rt mtu`. */
function asksRoute(one: Expression | undefined): boolean {
	switch (one?.kind) {
		case 'rt':
			return true;
		case 'binary':
			return asksRoute(one.left) || asksRoute(one.right);
		case 'concat':
			return one.parts.some(asksRoute);
		case 'map':
			return asksRoute(one.key);
		default:
			return false;
	}
}

/** The values that a statement goes by; those of NAT are addresses and ports. */
function valuesOf(statement: Statement): readonly (Expression | undefined)[] {
	switch (statement.kind) {
		case 'match':
			return [statement.left];
		case 'assign':
			return [statement.value];
		case 'vmap':
		case 'object map':
			return [statement.key];
		case 'update':
			return [statement.key, statement.data];
		default:
			return [];
	}
}

/** Why a statement cannot be carried out in chains of this base (`nft_chain_validate_hooks`). */
function unfit(statement: Statement, chain: Chain): string | null {
	// `nft_rt_validate`: elsewhere no way out is known.
	if (valuesOf(statement).some(asksRoute)) {
		const wrong = atHooks('rt mtu', chain, ['forward', 'output', 'postrouting'], false);
		if (wrong) return wrong;
	}
	switch (statement.kind) {
		case 'nat':
			switch (statement.type) {
				case 'snat':
					return atHooks('snat', chain, ['postrouting', 'input'], true);
				case 'dnat':
					return atHooks('dnat', chain, ['prerouting', 'output'], true);
				case 'masquerade':
					return atHooks('masquerade', chain, ['postrouting'], true);
				case 'redirect':
					return atHooks('redirect', chain, ['prerouting', 'output'], true);
			}
		// falls through: every type has returned
		case 'reject':
			return atHooks('reject', chain, ['prerouting', 'input', 'forward', 'output'], false);
		case 'match': {
			const { left } = statement;
			if (left.kind !== 'fib') return null;
			if (left.result !== 'type')
				return atHooks('fib … ' + left.result, chain, ['prerouting', 'input', 'forward'], false);
			if (left.select.includes('iif'))
				return atHooks('fib … iif type', chain, ['prerouting', 'input', 'forward'], false);
			if (left.select.includes('oif'))
				return atHooks('fib … oif type', chain, ['forward', 'output', 'postrouting'], false);
			return null;
		}
		default:
			return null;
	}
}
