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
	return found.sort(byOrder);
}

/** Of two with one priority, the one hooked in later runs first (`nf_hook_entries_grow`). */
function byOrder(
	one: { readonly priority: number; readonly registered: number },
	other: { readonly priority: number; readonly registered: number }
): number {
	return one.priority - other.priority || other.registered - one.registered;
}

/** Tracking is hooked in before any chain is. */
const FROM_THE_BEGINNING = -1;

export function buildStations(ruleset: Ruleset): StationList {
	const chains = baseChains(ruleset);
	// The first chain of type nat hooks NAT in everywhere, the others are called by it (`nf_nat_register_fn`).
	const natSince = Math.min(...chains.filter(({ nat }) => nat).map(({ registered }) => registered));
	const list = {} as Record<HookName, Station[]>;
	for (const hook of HOOKS) {
		const stations: { station: Station; priority: number; registered: number }[] = [];
		const put = (station: Station, registered: number): void => {
			stations.push({ station, priority: station.priority, registered });
		};
		const add = (
			kind: 'defrag' | 'conntrack' | 'nat' | 'confirm',
			priority: number,
			registered = FROM_THE_BEGINNING
		): void => {
			const info = { hook, priority, kind, name: NAMES[kind] };
			put({ ...info, info }, registered);
		};
		if (hook === 'prerouting' || hook === 'output') {
			add('defrag', PRIORITY_DEFRAG);
			add('conntrack', PRIORITY_CONNTRACK);
		}
		const priority = NAT_PRIORITY[hook];
		if (natSince < Infinity && priority !== undefined) {
			const info = { hook, priority, kind: 'nat-rules', name: 'NAT chains' } as const;
			const asked = chains.filter((one) => one.nat && one.hook === hook);
			put({ ...info, info, chains: asked }, natSince);
			add('nat', priority, natSince);
		}
		if (hook === 'input' || hook === 'postrouting') add('confirm', PRIORITY_CONFIRM);
		for (const rules of chains) {
			if (rules.nat || rules.hook !== hook) continue;
			const table = `${rules.table.family} ${rules.table.name}`;
			const chain = rules.chain.name;
			const name = `${table} ${chain}`;
			const info = { hook, priority: rules.priority, kind: 'chain', name, table, chain } as const;
			put({ ...info, info, rules }, rules.registered);
		}
		list[hook] = stations.sort(byOrder).map(({ station }) => station);
	}
	return list;
}
