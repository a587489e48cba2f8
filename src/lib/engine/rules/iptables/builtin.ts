/**
 * The tables iptables knows and the chains each is born with (`xtables_ipv4` of iptables-nft).
 */
import type { ChainType, HookName } from '../ruleset';

export const TABLES = ['filter', 'nat', 'mangle', 'raw', 'security'] as const;
export type TableName = (typeof TABLES)[number];

export interface BuiltinChain {
	readonly name: string;
	readonly type: ChainType;
	readonly hook: HookName;
	readonly priority: number;
}

const chain = (hook: HookName, priority: number, type: ChainType = 'filter'): BuiltinChain => ({
	name: hook.toUpperCase(),
	type,
	hook,
	priority
});

/** In the order they are listed. */
export const BUILTIN: Readonly<Record<TableName, readonly BuiltinChain[]>> = {
	filter: [chain('input', 0), chain('forward', 0), chain('output', 0)],
	nat: [
		chain('prerouting', -100, 'nat'),
		chain('input', 100, 'nat'),
		chain('output', -100, 'nat'),
		chain('postrouting', 100, 'nat')
	],
	mangle: [
		chain('prerouting', -150),
		chain('input', -150),
		chain('forward', -150),
		chain('output', -150, 'route'),
		chain('postrouting', -150)
	],
	raw: [chain('prerouting', -300), chain('output', -300)],
	security: [chain('input', 150), chain('forward', 150), chain('output', 150)]
};

export function isTableName(name: string): name is TableName {
	return (TABLES as readonly string[]).includes(name);
}

export function builtinChain(table: TableName, name: string): BuiltinChain | undefined {
	return BUILTIN[table].find((candidate) => candidate.name === name);
}

/** In the order in which they are made where all are made at once (`xtables_ipv4`). */
export function builtinChains(table: TableName): readonly BuiltinChain[] {
	const [prerouting, input, output, postrouting] = BUILTIN.nat;
	return table === 'nat' ? [prerouting!, input!, postrouting!, output!] : BUILTIN[table];
}
