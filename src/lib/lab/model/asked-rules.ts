/** Which chains the packets of a recording came through in a host, and which rules matched: the others can be folded. */
import type { Table } from '$lib/engine';
import type { Recording } from './recording';

export interface AskedRules {
	/** Whether some packet came to this chain. */
	chain(table: Table, chain: string): boolean;
	/** Whether the rule at a place (from 0) of a chain was carried out for some packet. */
	matched(table: Table, chain: string, rule: number): boolean;
}

const keyOf = ({ family, name }: Table, chain: string): string => `${family} ${name} ${chain}`;

const known = new WeakMap<Recording, Map<string, AskedRules>>();

/** Looks through a recording, once for each host. */
export function askedRules(recording: Recording, host: string): AskedRules {
	let hosts = known.get(recording);
	if (!hosts) known.set(recording, (hosts = new Map()));
	let asked = hosts.get(host);
	if (!asked) hosts.set(host, (asked = lookThrough(recording, host)));
	return asked;
}

function lookThrough({ events }: Recording, host: string): AskedRules {
	const chains = new Map<string, Set<number>>();
	for (const event of events) {
		if (event.kind !== 'station' || event.host !== host) continue;
		const { outcome } = event;
		if (outcome.kind !== 'chain' && outcome.kind !== 'nat-rules') continue;
		for (const { table, chain, rule, failedAt } of outcome.steps) {
			const key = keyOf(table, chain);
			let matched = chains.get(key);
			if (!matched) chains.set(key, (matched = new Set()));
			if (failedAt === null && rule >= 0) matched.add(rule);
		}
	}
	return {
		chain: (table, chain) => chains.has(keyOf(table, chain)),
		matched: (table, chain, rule) => chains.get(keyOf(table, chain))?.has(rule) ?? false
	};
}
