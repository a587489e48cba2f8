/** What is large: many rules, many hosts, many entries. */
import type { HostSpec, Scenario } from '$lib/scenario/scenario';
import {
	CLIENT,
	FORWARD,
	OUTER,
	PUBLISH,
	SERVER,
	chain,
	datagram,
	gateway,
	said,
	segment
} from '../build';
import type { State } from '../types';

/** Six routers in a row, each with a host of its own. */
function twelveHosts(): Scenario {
	const hosts: Record<string, HostSpec> = {};
	const links: string[][] = [];
	for (let i = 1; i <= 6; i++) {
		hosts[`h${i}`] = {
			kind: 'wire',
			interfaces: { eth0: { address: `10.${i}.0.2/24`, via: `10.${i}.0.1` } }
		};
		hosts[`r${i}`] = {
			kind: 'linux',
			interfaces: {
				lan: { address: `10.${i}.0.1/24` },
				...(i > 1 ? { left: { address: `172.16.${i - 1}.2/24` } } : {}),
				...(i < 6 ? { right: { address: `172.16.${i}.1/24` } } : {})
			},
			routes: Array.from({ length: 6 }, (_, j) => j + 1)
				.filter((j) => j !== i)
				.map((j) => ({
					to: `10.${j}.0.0/24`,
					via: j > i ? `172.16.${i}.2` : `172.16.${i - 1}.1`
				})),
			sysctl: { 'net.ipv4.ip_forward': 1 },
			nft: FORWARD.replace('policy drop', 'policy accept')
		};
		links.push([`h${i}/eth0`, `r${i}/lan`]);
		if (i < 6) links.push([`r${i}/right`, `r${i + 1}/left`]);
	}
	return {
		version: 1,
		hosts,
		links,
		steps: [datagram('h1/eth0', '10.1.0.2', '10.6.0.2', 5000, 53)]
	};
}

const IPTABLES = `*raw
:PREROUTING ACCEPT [0:0]
-A PREROUTING -p udp -m udp --dport 9 -j CT --notrack
COMMIT
*mangle
:PREROUTING ACCEPT [0:0]
:POSTROUTING ACCEPT [0:0]
-A PREROUTING -p tcp -m tcp --dport 80 -j MARK --set-xmark 0x7/0xffffffff
COMMIT
*nat
:PREROUTING ACCEPT [0:0]
:POSTROUTING ACCEPT [0:0]
:PUBLISHED - [0:0]
-A PREROUTING -i ext -j PUBLISHED
-A PUBLISHED -p tcp -m multiport --dports 80,443 -m comment --comment "the web" -j DNAT --to-destination 10.0.0.2
COMMIT
*filter
:FORWARD DROP [0:0]
:ALLOWED - [0:0]
-A FORWARD -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT
-A FORWARD -j ALLOWED
-A ALLOWED -p tcp -m tcp --dport 22 -j REJECT --reject-with tcp-reset
-A ALLOWED -d 10.0.0.2/32 -p tcp -m tcp --dport 80 -j ACCEPT
COMMIT
`;

export const large: readonly State[] = [
	{
		id: 'iptables',
		name: { en: 'iptables: five tables and chains of one’s own', zh: 'iptables：五张表与自定义链' },
		about: {
			en: 'raw, mangle, nat and filter in their order, with jumps into user chains.',
			zh: 'raw、mangle、nat 和 filter 依次排列，并跳入自定义链。'
		},
		scenario: () => gateway('', [segment('S', OUTER, 80)], { iptables: IPTABLES }),
		at: said('chain', ({ verdict }) => verdict === 'accept', 'forward')
	},
	{
		id: 'priorities',
		name: { en: 'Chains at many priorities', zh: '多个优先级上的链' },
		about: {
			en: 'User chains stand where their priority puts them, before and after connection tracking and NAT.',
			zh: '自定义的链按优先级各就各位，在连接跟踪和 NAT 的前后。'
		},
		scenario: () =>
			gateway(
				[-350, -250, -150, -50, 50, 150]
					.map(
						(priority) => `table ip at${priority < 0 ? 'm' : 'p'}${Math.abs(priority)} {
	chain pre {
		type filter hook prerouting priority ${priority}; policy accept;
		tcp dport 80 counter
	}
}
`
					)
					.join('') + PUBLISH,
				[segment('S', OUTER, 80)]
			),
		at: said('nat', ({ rewrites }) => rewrites.length > 0)
	},
	{
		id: 'long-rules',
		name: { en: 'A long ruleset', zh: '很长的规则集' },
		about: {
			en: 'Three hundred rules in one chain; the one that decides is found among them.',
			zh: '一条链里有三百条规则；作出裁决的那一条能从中找到。'
		},
		scenario: () =>
			gateway(
				chain(
					'filter',
					'forward',
					'filter',
					[
						...Array.from(
							{ length: 299 },
							(_, i) => `ip saddr 203.0.113.${i % 256} tcp dport ${1000 + i} counter drop`
						),
						'tcp dport 8080 accept'
					],
					'drop'
				) + PUBLISH,
				[segment('S', OUTER, 80)]
			),
		at: said('chain', ({ verdict }) => verdict === 'accept', 'forward'),
		heavy: true,
		views: ['network', 'path', 'packet', 'table', 'rules']
	},
	{
		id: 'twelve-hosts',
		name: { en: 'Twelve hosts', zh: '十二台主机' },
		about: {
			en: 'Six routers in a row, each with a host: laid out by itself, with the packet on its way.',
			zh: '六台路由器连成一排，各带一台主机：自动布局，包在路上。'
		},
		scenario: twelveHosts,
		at: said('confirm', () => true)
	},
	{
		id: 'ten-thousand',
		name: { en: 'Ten thousand entries', zh: '一万个条目' },
		about: {
			en: 'A table that scrolls, with its count and a filter.',
			zh: '可以滚动的表，有条目数和筛选。'
		},
		scenario: () =>
			gateway(
				'',
				Array.from({ length: 10_000 }, (_, i) =>
					datagram('client/eth0', CLIENT, SERVER, 1024 + (i % 60_000), 53)
				)
			),
		at: 'end',
		heavy: true,
		views: ['network', 'path', 'packet', 'table']
	}
];
