/**
 * The hooks are data: for each, the list of stations a packet passes, sorted by the kernel's
 * priorities (`enum nf_ip_hook_priorities`). A user's chain slots in where its priority says.
 */
import type { StationInfo } from '../network/events';
import type { Chain, HookName, Ruleset, Table } from '../rules/ruleset';
import { HOOKS } from '../rules/ruleset';

export interface NatChain {
	readonly table: Table;
	readonly chain: Chain;
}

export type Station = StationInfo &
	(
		| { readonly kind: 'defrag' | 'conntrack' | 'nat' | 'confirm' }
		| { readonly kind: 'chain'; readonly rules: NatChain }
		| { readonly kind: 'nat-rules'; readonly chains: readonly NatChain[] }
	);

export type StationList = Readonly<Record<HookName, readonly Station[]>>;

export const PRIORITY_DEFRAG = -400;
export const PRIORITY_CONNTRACK = -200;
export const PRIORITY_NAT_DST = -100;
export const PRIORITY_NAT_SRC = 100;
export const PRIORITY_CONFIRM = 2147483647;

/** Hooks at which NAT rewrites, and where among their stations. */
const NAT_PRIORITY: Readonly<Partial<Record<HookName, number>>> = {
	prerouting: PRIORITY_NAT_DST,
	output: PRIORITY_NAT_DST,
	input: PRIORITY_NAT_SRC,
	postrouting: PRIORITY_NAT_SRC
};

interface Hooked extends NatChain {
	readonly hook: HookName;
	readonly priority: number;
	readonly registered: number;
	readonly nat: boolean;
}

function baseChains(ruleset: Ruleset): Hooked[] {
	const found: Hooked[] = [];
	for (const table of ruleset.tables) {
		if (table.dormant) continue;
		for (const chain of table.chains) {
			if (!chain.base) continue;
			const { hook, priority, registered, type } = chain.base;
			found.push({ table, chain, hook, priority, registered, nat: type === 'nat' });
		}
	}
	// Of two with one priority, the one hooked in later runs first (`nf_hook_entries_grow`).
	return found.sort((a, b) => a.priority - b.priority || b.registered - a.registered);
}

export function buildStations(ruleset: Ruleset): StationList {
	const chains = baseChains(ruleset);
	const anyNat = chains.some((one) => one.nat);
	const list = {} as Record<HookName, Station[]>;
	for (const hook of HOOKS) {
		const stations: Station[] = [];
		if (hook === 'prerouting' || hook === 'output') {
			stations.push({ hook, priority: PRIORITY_DEFRAG, kind: 'defrag', name: 'defragment' });
			stations.push({ hook, priority: PRIORITY_CONNTRACK, kind: 'conntrack', name: 'conntrack' });
		}
		const natPriority = NAT_PRIORITY[hook];
		if (anyNat && natPriority !== undefined) {
			stations.push({
				hook,
				priority: natPriority,
				kind: 'nat-rules',
				name: 'NAT chains',
				chains: chains.filter((one) => one.nat && one.hook === hook)
			});
			stations.push({ hook, priority: natPriority, kind: 'nat', name: 'NAT' });
		}
		if (hook === 'input' || hook === 'postrouting')
			stations.push({ hook, priority: PRIORITY_CONFIRM, kind: 'confirm', name: 'confirm' });
		for (const one of chains) {
			if (one.nat || one.hook !== hook) continue;
			const { table, chain, priority } = one;
			stations.push({
				hook,
				priority,
				kind: 'chain',
				name: `${table.family} ${table.name} ${chain.name}`,
				table: `${table.family} ${table.name}`,
				chain: chain.name,
				rules: one
			});
		}
		// Stable: a user's chain of the very priority of a built-in station stands behind it.
		list[hook] = stations.sort((a, b) => a.priority - b.priority);
	}
	return list;
}
