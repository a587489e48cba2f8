/**
 * When the kernel throws away the packets that wait in a host (`nf_queue_nf_hook_drop`): a chain
 * that it might have gone on to is unhooked, or what a rule had given it is taken away.
 */
import type { Ruleset, Statement, Table } from '../rules/ruleset';

/**
 * Whether a change of the rules empties the queue of waiting packets. It does when
 *
 * - a base chain of type filter or route goes, or its table falls dormant
 *   (`__nf_unregister_net_hook`); of type nat, when the last one of IPv4 or of IPv6 goes (`nf_nat_unregister_fn`);
 * - an nft rule that sets a zone goes (`nft_ct_set_destroy`), or a `ct helper` object
 *   (`nft_ct_helper_obj_destroy`);
 * - an iptables rule that gives a helper goes (`xt_ct_tg_destroy`); one that gives a zone does not.
 */
export function emptiesQueue(before: Ruleset, after: Ruleset): boolean {
	if (before === after) return false;
	const was = holds(before);
	const is = holds(after);
	for (const one of was.nat) if (!is.nat.has(one)) return true;
	for (const one of was.hooks) if (!is.hooks.has(one)) return true;
	for (const one of was.templates) if (!is.templates.has(one)) return true;
	return false;
}

interface Holds {
	/** Base chains of type filter and route, by the number they were hooked in with. */
	readonly hooks: ReadonlySet<number>;
	/** Families that have base chains of type nat. */
	readonly nat: ReadonlySet<string>;
	/** Rules and objects that packets may carry something of, by table and handle. */
	readonly templates: ReadonlySet<string>;
}

function holds(ruleset: Ruleset): Holds {
	const hooks = new Set<number>();
	const templates = new Set<string>();
	const nat = new Set<string>();
	for (const table of ruleset.tables) {
		for (const { base } of table.chains) {
			if (!base || table.dormant) continue;
			if (base.type !== 'nat') hooks.add(base.registered);
			else for (const one of table.family === 'inet' ? ['ip', 'ip6'] : [table.family]) nat.add(one);
		}
		for (const handle of templatesOf(table))
			templates.add(`${table.family} ${table.name} ${table.handle} ${handle}`);
	}
	return { hooks, nat, templates };
}

/** Handles of the rules and objects of a table that give packets a zone or a helper. */
function templatesOf(table: Table): number[] {
	const handles = table.objects
		.filter((object) => object.kind === 'ct helper')
		.map((object) => object.handle);
	for (const chain of table.chains)
		for (const rule of chain.rules)
			if (rule.statements.some(givesTemplate)) handles.push(rule.handle);
	return handles;
}

function givesTemplate(statement: Statement): boolean {
	if (statement.kind === 'assign')
		return statement.target.kind === 'ct' && statement.target.key === 'zone';
	return (
		statement.kind === 'xt' &&
		statement.name === 'CT' &&
		(statement.options as { helper?: string }).helper !== undefined
	);
}
