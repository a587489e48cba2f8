/** The hosts of a random network: interfaces, routes, sysctls and rules. */
import type { HostSpec, Scenario } from '../../src/lib/scenario/scenario';
import { sysctls } from './generator-gateway';
import { iptablesRuleset } from './generator-iptables';
import { chain, hooked, nftRuleset } from './generator-nft';
import { NOBODY, POOL, at, nextAbove, wholeNet, withLength } from './generator-networks-place';
import type { End, Net, Places, Router } from './generator-networks-place';
import type { Random } from './random';

/** Which rules a router has. */
export type Rules = 'nft' | 'iptables' | 'both' | 'empty' | 'none';

/** Rules of the one gateway, as another router's: with its addresses in place of the gateway's. */
export function asOf({ inner, outer }: Router, above: Net): (text: string) => string {
	return (text) =>
		text.replace(/\b(198\.51\.100|10\.0\.0)\.(\d+)(\/24)?\b/g, (_, prefix, last, length) => {
			if (prefix === '10.0.0') return length ? wholeNet(inner) : at(inner, last);
			if (length) return wholeNet(outer);
			return Number(last) >= 10 ? at(above, last) : at(outer, Number(last) + 1);
		});
}

/** The names that nft's tables have beside those of iptables. */
export const besideIptables = (text: string) => text.replace(/\bip (nat|filter)\b/g, 'ip my-$1');

const MORE_NFT: readonly (readonly [string, string, string, readonly string[]])[] = [
	[
		'nat',
		'postrouting',
		'90',
		[
			'oifname "ext" masquerade fully-random',
			'oifname "ext" masquerade persistent',
			'oifname "ext" masquerade random,persistent',
			`oifname "ext" snat to ${POOL.first}-${POOL.last}`,
			`oifname "ext" snat to ${POOL.first}-${POOL.last} persistent`,
			`oifname "ext" udp dport 53 snat to ${POOL.first}:4000-4999`,
			'oifname { "int", "dmz" } masquerade'
		]
	],
	[
		'nat',
		'prerouting',
		'-110',
		[
			'tcp dport 8080 redirect',
			'udp dport 8080 redirect to :7000-7999',
			'icmp type echo-request redirect'
		]
	],
	[
		'filter',
		'prerouting',
		'-300',
		[
			'iifname "int" ct zone set 1',
			'ct zone set 3',
			'iifname "ext" ct reply zone set 2',
			'iifname "int" ct original zone set 4',
			'iifname "ext" ip protocol icmp notrack',
			'fib daddr type local notrack'
		]
	],
	[
		'filter',
		'output',
		'-300',
		['notrack', 'ct zone set 1', 'udp sport 53 notrack', 'ct original zone set 4']
	],
	[
		'filter',
		'forward',
		'-150',
		['ip ttl set 9', 'ct state new meta mark set 9', 'ip dscp set cs1']
	],
	['route', 'output', '-150', ['meta mark set 5', 'ip dscp set cs1', 'ip daddr set 198.51.100.10']]
];

function moreNft(random: Random): string[] {
	const chains = random
		.some(MORE_NFT, 2)
		.flatMap(([type, hook, priority, rules], i) =>
			chain(`more${i}`, hooked(type, hook, priority), [random.pick(rules)])
		);
	return chains.length > 0 ? ['table ip extra {', ...chains, '}'] : [];
}

const MORE_IPTABLES: readonly (readonly [string, string])[] = [
	['nat', 'POSTROUTING -o ext -j MASQUERADE --random'],
	['nat', 'POSTROUTING -o ext -j MASQUERADE --random-fully'],
	['nat', `POSTROUTING -o ext -j SNAT --to-source ${POOL.first}-${POOL.last} --persistent`],
	['nat', `POSTROUTING -o ext -p udp -j SNAT --to-source ${POOL.first}:4000-4999`],
	['nat', 'PREROUTING -i int -p udp -j REDIRECT'],
	['nat', 'INPUT -p icmp -j SNAT --to-source 198.51.100.10'],
	['raw', 'PREROUTING -i int -j CT --zone-orig 1'],
	['raw', 'PREROUTING -i ext -j CT --zone-reply 1'],
	['raw', 'OUTPUT -j CT --zone 1'],
	['raw', 'OUTPUT -p tcp -j CT --notrack']
];

/** A ruleset of flows with some of these at the end of their tables. */
function moreIptables(random: Random): string[] {
	const lines = iptablesRuleset(random);
	for (const [table, rule] of random.some(MORE_IPTABLES, 2))
		lines.splice(lines.indexOf('COMMIT', lines.indexOf(`*${table}`)), 0, `-A ${rule}`);
	return lines;
}

const EMPTY_NAT = [
	'table ip nat {',
	...chain('prerouting', hooked('nat', 'prerouting', 'dstnat'), []),
	...chain('postrouting', hooked('nat', 'postrouting', 'srcnat'), []),
	'}'
];

function rulesOf(random: Random, router: Router, above: Net, rules: Rules): Partial<HostSpec> {
	const own = asOf(router, above);
	const dmz = router.dmz ? (text: string) => text : (text: string) => text.replace(', "dmz"', '');
	const nft = () => [...nftRuleset(random), ...moreNft(random)].map(own).map(dmz);
	const iptables = () => moreIptables(random).map(own);
	switch (rules) {
		case 'nft':
			return { nft: nft() };
		case 'iptables':
			return { iptables: iptables() };
		case 'both':
			return { nft: nft().map(besideIptables), iptables: iptables() };
		case 'empty':
			return { nft: EMPTY_NAT };
		case 'none':
			return {};
	}
}

function routesOf(random: Random, places: Places, i: number): HostSpec['routes'] {
	const { routers, nets } = places;
	const { inner } = routers[i]!;
	const routes: NonNullable<HostSpec['routes']> = [];
	const top = i === routers.length - 1;
	const above = nextAbove(places, i);
	if (random.chance(top ? 0.4 : 0.9)) routes.push({ to: 'default', via: above });
	const below = at(inner, 2);
	for (let j = 0; j < i; j++) {
		if (random.chance(0.7)) routes.push({ to: wholeNet(masked(nets[j]!)), via: below });
		const { dmz } = routers[j]!;
		if (dmz && random.chance(0.6)) routes.push({ to: wholeNet(masked(dmz)), via: below });
		if (random.chance(0.4)) routes.push({ to: POOL.net, via: below });
	}
	if (random.chance(0.1)) routes.push({ to: `${NOBODY}/32`, via: random.pick([above, below]) });
	if (random.chance(0.1) && i > 0) routes.push({ to: `${at(nets[0]!, 2)}/32`, via: below });
	const seen = new Set<string>();
	return routes.filter(({ to }) => !seen.has(to) && seen.add(to));
}

/** With a first address that its length allows. */
export const masked = (net: Net): Net =>
	net.length === 16 ? { ...net, prefix: net.prefix.replace(/\.\d+$/, '.0') } : net;

function networkSysctls(random: Random, router: boolean): Record<string, number> {
	const sysctl: Record<string, number> = router
		? sysctls(random)
		: { 'net.ipv4.conf.all.accept_redirects': 0 };
	if (router && random.chance(0.04)) sysctl['net.ipv4.ip_forward'] = 0;
	if (random.chance(0.15)) sysctl['net.ipv4.conf.all.rp_filter'] = random.pick([1, 2]);
	if (router && random.chance(0.1)) sysctl['net.ipv4.conf.ext.rp_filter'] = random.pick([1, 2]);
	if (random.chance(0.05)) sysctl['net.ipv4.ip_default_ttl'] = random.pick([2, 32]);
	if (random.chance(0.05)) sysctl['net.ipv4.icmp_echo_ignore_all'] = 1;
	if (router && random.chance(0.01)) sysctl['net.netfilter.nf_conntrack_max'] = 6;
	return sysctl;
}

const withMtu = ({ mtu }: Net) => (mtu === undefined ? {} : { mtu });

function router(random: Random, places: Places, i: number, rules: Rules): HostSpec {
	const it = places.routers[i]!;
	const { inner, outer, dmz, alone } = it;
	const own = [withLength(outer, 2), withLength(outer, 3), ...(alone ? [`${alone}/32`] : [])];
	const routes = routesOf(random, places, i) ?? [];
	// In the order of the wires: by it Linux looks for an address where an interface has none.
	return {
		kind: 'linux',
		interfaces: {
			int: { address: withLength(inner, 1), ...withMtu(inner) },
			ext: { address: own, ...withMtu(outer) },
			...(dmz ? { dmz: { address: withLength(dmz, 1), ...withMtu(dmz) } } : {})
		},
		...(routes.length > 0 ? { routes } : {}),
		sysctl: networkSysctls(random, true),
		...rulesOf(random, it, places.nets.at(-1)!, rules)
	};
}

const END_RULES = [
	'ct state established,related accept',
	'ct state invalid drop',
	'tcp dport 22 reject',
	'udp dport 53 drop',
	'icmp type echo-request drop',
	'ct state new counter'
];

function end(random: Random, { linux, net, addresses, via }: End): HostSpec {
	const address = addresses.map((one) => `${one}/${net.length}`);
	if (!linux) return { kind: 'wire', interfaces: { eth0: { address, via } } };
	const rules = random.some(END_RULES, 2);
	const filter = chain('input', hooked('filter', 'input', 'filter'), rules);
	return {
		kind: 'linux',
		interfaces: { eth0: { address, ...withMtu(net) } },
		...(random.chance(0.85) ? { routes: [{ to: 'default', via }] } : {}),
		sysctl: { ...networkSysctls(random, false), 'net.ipv4.conf.eth0.accept_redirects': 0 },
		...(rules.length > 0 ? { nft: ['table ip filter {', ...filter, '}'] } : {})
	};
}

/** All hosts, and which rules each router has. */
export function networkHosts(
	random: Random,
	places: Places
): { hosts: Scenario['hosts']; links: string[][]; rules: readonly Rules[] } {
	const rules = places.routers.map(() =>
		random.weighted<Rules>([
			[8, 'nft'],
			[4, 'iptables'],
			[2, 'both'],
			[1, 'empty'],
			[1, 'none']
		])
	);
	const hosts: Scenario['hosts'] = {};
	for (const it of places.ends) if (!it.linux) hosts[it.name] = end(random, it);
	places.routers.forEach(({ name }, i) => (hosts[name] = router(random, places, i, rules[i]!)));
	for (const it of places.ends) if (it.linux) hosts[it.name] = end(random, it);
	const onWire = (net: Net) => [
		...places.ends.filter((one) => one.net === net).map(({ name }) => `${name}/eth0`),
		...places.routers.flatMap((one) => [
			...(one.inner === net ? [`${one.name}/int`] : []),
			...(one.outer === net ? [`${one.name}/ext`] : []),
			...(one.dmz === net ? [`${one.name}/dmz`] : [])
		])
	];
	const dmzs = places.routers.flatMap(({ dmz }) => (dmz ? [dmz] : []));
	return { hosts, links: [...places.nets, ...dmzs].map(onWire), rules };
}
