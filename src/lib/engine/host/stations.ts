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

export type Station = StationInfo & {
	/** What is told of it. */
	readonly info: StationInfo;
} & (
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

const NAMES = {
	defrag: 'defragment',
	conntrack: 'conntrack',
	nat: 'NAT',
	confirm: 'confirm'
} as const;

interface Hooked extends NatChain {
	readonly hook: HookName;
	readonly priority: number;
	readonly registered: number;
	readonly nat: boolean;
}

function baseChains(ruleset: Ruleset): Hooked[] {
	const found: Hooked[] = [];
	for (const table of ruleset.tables) {
		// No packet here is IPv6.
		if (table.dormant || table.family === 'ip6') continue;
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
		const add = (kind: 'defrag' | 'conntrack' | 'nat' | 'confirm', priority: number): void => {
			const info = { hook, priority, kind, name: NAMES[kind] };
			stations.push({ ...info, info });
		};
		if (hook === 'prerouting' || hook === 'output') {
			add('defrag', PRIORITY_DEFRAG);
			add('conntrack', PRIORITY_CONNTRACK);
		}
		const priority = NAT_PRIORITY[hook];
		if (anyNat && priority !== undefined) {
			const info = { hook, priority, kind: 'nat-rules', name: 'NAT chains' } as const;
			const asked = chains.filter((one) => one.nat && one.hook === hook);
			stations.push({ ...info, info, chains: asked });
			add('nat', priority);
		}
		if (hook === 'input' || hook === 'postrouting') add('confirm', PRIORITY_CONFIRM);
		for (const rules of chains) {
			if (rules.nat || rules.hook !== hook) continue;
			const table = `${rules.table.family} ${rules.table.name}`;
			const chain = rules.chain.name;
			const name = `${table} ${chain}`;
			const info = { hook, priority: rules.priority, kind: 'chain', name, table, chain } as const;
			stations.push({ ...info, info, rules });
		}
		// Stable: a user's chain of the very priority of a built-in station stands behind it.
		list[hook] = stations.sort((a, b) => a.priority - b.priority);
	}
	return list;
}
