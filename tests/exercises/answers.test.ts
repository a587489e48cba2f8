/** Answers that come near: what merely fits the packets on the page is refused, what does the same another way is taken. */
import { describe, expect, test } from 'vitest';
import { check, solutionOf } from '../../src/lib/exercises/check';
import type { HostChange } from '../../src/lib/exercises/format/changes';
import type { Answer } from '../../src/lib/exercises/kinds/answer';
import { exerciseOf } from './load';

/** Old words of the rules at the start and new ones; or whole rules; or another kind of answer. */
type Given = readonly (readonly [old: string, fresh: string])[] | string | Answer;

interface Near {
	readonly slug: string;
	readonly part?: 'nft' | 'iptables';
	readonly wrong: Readonly<Record<string, Given>>;
	readonly right: Readonly<Record<string, Given>>;
}

const FORWARD_POLICY = 'hook forward priority filter; policy';

const DOCKER_ACCEPT =
	'-A DOCKER -d 172.17.0.2/32 ! -i docker0 -o docker0 -p tcp -m tcp --dport 5432 -j ACCEPT';
const TO_DOCKER_USER = '-A FORWARD -j DOCKER-USER';

const forwardAlone = (...rules: string[]): string =>
	[
		'table ip filter {',
		'  chain forward {',
		'    type filter hook forward priority filter; policy drop;',
		...rules.map((rule) => `    ${rule}`),
		'  }',
		'}'
	].join('\n');

const raw = (hook: string, ...rules: string[]): string =>
	[
		'table ip early {',
		'  chain early {',
		`    type filter hook ${hook} priority raw; policy accept;`,
		...rules.map((rule) => `    ${rule}`),
		'  }',
		'}',
		''
	].join('\n');

const FTP_NAT = ['oifname "ext" masquerade', 'oifname "ext" masquerade\n  }\n  chain prerouting {'];

/** One action more than there may be. */
const WAITING = { actions: ['wait', 'wait', 'wait', 'again'] };

const CASES: readonly Near[] = [
	{
		slug: 'only-the-answer',
		wrong: {
			'by the server’s address': [
				['udp sport 53 accept', 'ip saddr 203.0.113.53 udp sport 53 accept']
			],
			'by address and port of this one query': [
				['udp sport 53 accept', 'ip saddr 203.0.113.53 udp sport 53 udp dport 40000 accept']
			]
		},
		right: {
			'by direction': [['udp sport 53 accept', 'ct direction reply udp sport 53 accept']],
			'new ones are dropped at PREROUTING': [
				[
					'table ip filter {',
					'table ip filter {\n  chain early {\n    type filter hook prerouting priority filter; policy accept;\n    iifname "ext" ct state != established drop\n  }'
				]
			]
		}
	},
	{
		slug: 'let-errors-home',
		wrong: {
			'every “too big”': [
				[
					'ct state established accept',
					'ct state established accept\n    icmp type destination-unreachable icmp code frag-needed accept'
				]
			],
			'every error of the tunnel': [
				[
					'ct state established accept',
					'ct state established accept\n    ip saddr 203.0.113.1 icmp type destination-unreachable accept'
				]
			]
		},
		right: {
			'related errors only': [
				[
					'ct state established accept',
					'ct state established accept\n    ct state related icmp type destination-unreachable accept'
				]
			],
			'errors that are not invalid': [
				[
					'ct state established accept',
					'ct state established accept\n    ct state invalid drop\n    icmp type destination-unreachable accept'
				]
			]
		}
	},
	{
		slug: 'reply-at-forward',
		wrong: {
			'by high ports': [
				[
					'ip daddr 203.0.113.2 udp sport 123',
					'ip daddr 192.168.1.10 udp sport 123 udp dport >= 1024'
				]
			],
			'by the port of this one query': [
				[
					'ip daddr 203.0.113.2 udp sport 123',
					'ip daddr 192.168.1.10 udp sport 123 udp dport 40000'
				]
			]
		},
		right: {
			'by direction': [['ip daddr 203.0.113.2 udp sport 123', 'ct direction reply']],
			'and by port as well': [
				['ip daddr 203.0.113.2 udp sport 123', 'ct state established,related udp sport 123']
			],
			'strangers are dropped at PREROUTING': [
				['ip daddr 203.0.113.2 udp sport 123 counter accept', 'udp sport 123 counter accept'],
				[
					'table ip watch {',
					'table ip watch {\n  chain guard {\n    type filter hook prerouting priority filter; policy accept;\n    iifname "ext" ct state new drop\n  }'
				]
			]
		}
	},
	{
		slug: 'room-in-the-table',
		wrong: {
			'queries untracked, answers not': `${raw('prerouting', 'udp dport 53 notrack')}${forwardAlone(
				'ct state established accept',
				'ip daddr 10.0.0.53 udp dport 53 accept',
				'ip daddr 10.0.0.53 tcp dport 22 accept',
				'udp sport 53 accept'
			)}`
		},
		right: {
			'both, without addresses': `${raw('prerouting', 'udp dport 53 notrack', 'udp sport 53 notrack')}${forwardAlone(
				'ct state established accept',
				'udp dport 53 accept',
				'ip daddr 10.0.0.53 tcp dport 22 accept',
				'ip saddr 10.0.0.53 udp sport 53 accept'
			)}`,
			'all of UDP': `${raw('prerouting', 'meta l4proto udp notrack')}${forwardAlone(
				'ct state established accept',
				'udp dport 53 accept',
				'tcp dport 22 accept',
				'ct state untracked accept'
			)}`
		}
	},
	{
		slug: 'keep-strangers-from-the-container',
		part: 'iptables',
		wrong: {
			'in Docker’s own chain': [[DOCKER_ACCEPT, DOCKER_ACCEPT.replace('-d', '-s 192.0.2.5/32 -d')]],
			'in Docker’s own jump': [
				['-A FORWARD -o docker0 -j DOCKER', '-A FORWARD -o docker0 -s 192.0.2.5 -j DOCKER']
			],
			'in Docker’s own DNAT': [
				['-A DOCKER ! -i docker0 -p tcp', '-A DOCKER ! -i docker0 -s 192.0.2.5/32 -p tcp']
			],
			'one stranger only': [
				[
					TO_DOCKER_USER,
					`-A DOCKER-USER -s 192.0.2.99 -p tcp --dport 5432 -j DROP\n${TO_DOCKER_USER}`
				]
			]
		},
		right: {
			'by the database’s port': [
				[
					TO_DOCKER_USER,
					`-A DOCKER-USER -i eth0 ! -s 192.0.2.5 -p tcp --dport 5432 -j DROP\n${TO_DOCKER_USER}`
				]
			],
			'at the head of FORWARD': [
				[
					TO_DOCKER_USER,
					`-A FORWARD -i eth0 -o docker0 ! -s 192.0.2.5 -m conntrack --ctstate NEW -j DROP\n${TO_DOCKER_USER}`
				]
			],
			'refused, not dropped': [
				[
					TO_DOCKER_USER,
					`-A DOCKER-USER ! -s 192.0.2.5 -p tcp --dport 5432 -j REJECT\n${TO_DOCKER_USER}`
				]
			],
			'in raw': [
				[
					'*nat\n',
					'*raw\n:PREROUTING ACCEPT [0:0]\n-A PREROUTING -i eth0 ! -s 192.0.2.5 -p tcp --dport 5432 -j DROP\nCOMMIT\n*nat\n'
				]
			],
			'in mangle': [
				[
					'*nat\n',
					'*mangle\n:POSTROUTING ACCEPT [0:0]\n-A POSTROUTING -o docker0 ! -s 192.0.2.5 -p tcp --dport 5432 -j DROP\nCOMMIT\n*nat\n'
				]
			]
		}
	},
	{
		slug: 'find-the-rule',
		wrong: {
			'one address of the half': [['203.0.113.0/24', '203.0.113.200']],
			'half of the half': [['203.0.113.0/24', '203.0.113.192/26']],
			'everything is let in': [
				['203.0.113.0/24', '203.0.113.128/25'],
				[`${FORWARD_POLICY} drop`, `${FORWARD_POLICY} accept`]
			],
			'the other half may do anything': [
				[
					'ip saddr @blocked counter drop',
					'ip saddr 203.0.113.0/25 accept\n    ip saddr @blocked counter drop'
				]
			]
		},
		right: {
			'as a range': [['203.0.113.0/24', '203.0.113.128-203.0.113.255']],
			'in the rule itself': [
				['ip saddr @blocked counter drop', 'ip saddr 203.0.113.128/25 counter drop']
			],
			'an exception for what is published': [
				[
					'ip saddr @blocked counter drop',
					'ip saddr 203.0.113.0/25 ip daddr 10.0.0.2 tcp dport 8443 accept\n    ip saddr @blocked counter drop'
				]
			],
			'dropped before routing': [
				['203.0.113.0/24', '203.0.113.128/25'],
				[
					'  chain forward {',
					'  chain early {\n    type filter hook prerouting priority raw; policy accept;\n    ip saddr @blocked drop\n  }\n  chain forward {'
				]
			]
		}
	},
	{
		slug: 'the-staff-door',
		wrong: {
			'the one stranger on the page': [
				[
					'ip saddr != 198.51.100.5 tcp dport 81',
					'meta l4proto tcp ct original proto-dst 81 ip saddr 198.51.100.10'
				]
			]
		},
		right: {
			'before the translation': [
				[
					'table ip filter {',
					'table ip filter {\n  chain early {\n    type filter hook prerouting priority raw; policy accept;\n    iifname "ext" ip saddr != 198.51.100.5 tcp dport 81 drop\n  }'
				]
			],
			'after it, on the way out': [
				[
					'table ip filter {',
					'table ip filter {\n  chain late {\n    type filter hook postrouting priority filter; policy accept;\n    meta l4proto tcp ct original proto-dst 81 ct direction original ip saddr != 198.51.100.5 drop\n  }'
				]
			]
		}
	},
	{
		slug: 'from-the-gateway-itself',
		wrong: {
			'port 80 of anybody': [
				[
					'table ip nat {',
					'table ip nat {\n  chain output {\n    type nat hook output priority -100; policy accept;\n    tcp dport 80 dnat to 10.0.0.2\n  }'
				]
			],
			'every port from outside': [
				['ip daddr 198.51.100.1 tcp dport 80 counter dnat to 10.0.0.2', 'dnat to 10.0.0.2'],
				[
					'table ip nat {',
					'table ip nat {\n  chain output {\n    type nat hook output priority -100; policy accept;\n    ip daddr 198.51.100.1 tcp dport 80 dnat to 10.0.0.2\n  }'
				]
			]
		},
		right: {
			'by the interface': [
				[
					'table ip nat {',
					'table ip nat {\n  chain output {\n    type nat hook output priority -100; policy accept;\n    oifname "lo" tcp dport 80 dnat to 10.0.0.2\n  }'
				]
			],
			'whatever is local': [
				[
					'table ip nat {',
					'table ip nat {\n  chain output {\n    type nat hook output priority -100; policy accept;\n    fib daddr type local tcp dport 80 dnat to 10.0.0.2:80\n  }'
				]
			]
		}
	},
	{
		slug: 'both-ways-or-none',
		wrong: {
			'whatever is invalid': [['ct state invalid counter drop', 'ct state invalid accept']],
			'everything but SSH': [
				['ct state invalid counter drop', 'tcp dport 22 drop'],
				[`${FORWARD_POLICY} drop`, `${FORWARD_POLICY} accept`]
			],
			'everything but other TCP ports': [
				['ct state invalid counter drop', 'ip daddr 10.0.0.2 tcp dport != 80 drop'],
				[`${FORWARD_POLICY} drop`, `${FORWARD_POLICY} accept`]
			]
		},
		right: {
			'the port before the state': [
				[
					'ct state invalid counter drop',
					'ip daddr 10.0.0.2 tcp dport 80 accept\n    ct state invalid counter drop'
				],
				['established accept\n    ip daddr 10.0.0.2 tcp dport 80 accept', 'established accept']
			],
			'nothing is tracked': `${raw('prerouting', 'notrack')}${forwardAlone('ip daddr 10.0.0.2 tcp dport 80 accept')}`
		}
	},
	{
		slug: 'close-the-way-through',
		wrong: {
			'all TCP ports but one': [
				['    tcp dport 22 counter drop\n', ''],
				[
					`${FORWARD_POLICY} accept;`,
					`${FORWARD_POLICY} accept;\n    iifname "lan" tcp dport != 80 drop`
				]
			],
			'nothing but one port': [
				['    tcp dport 22 counter drop\n', ''],
				[
					`${FORWARD_POLICY} accept;`,
					`${FORWARD_POLICY} drop;\n    ct state established accept\n    iifname "dmz" accept\n    ip daddr 10.0.0.2 tcp dport 80 accept`
				]
			]
		},
		right: {
			'by the interface': [
				['    tcp dport 22 counter drop\n', ''],
				[
					`${FORWARD_POLICY} accept;`,
					`${FORWARD_POLICY} accept;\n    iifname "lan" tcp dport 22 drop`
				]
			],
			'refused, not dropped': [
				['    tcp dport 22 counter drop\n', ''],
				[
					`${FORWARD_POLICY} accept;`,
					`${FORWARD_POLICY} accept;\n    ip daddr 10.0.0.2 tcp dport 22 reject with tcp reset`
				]
			],
			'before routing': [
				['hook input priority filter', 'hook prerouting priority raw'],
				['tcp dport 22 counter drop', 'ip daddr 10.0.0.2 tcp dport 22 counter drop']
			],
			'on the way out': [
				['hook input priority filter', 'hook postrouting priority filter'],
				['tcp dport 22 counter drop', 'oifname "dmz" tcp dport 22 counter drop']
			]
		}
	},
	{
		slug: 'block-who-is-already-in',
		wrong: {
			'the published port only, at FORWARD': [
				[
					'hook forward priority filter; policy accept;',
					'hook forward priority filter; policy accept;\n    ip saddr @blocked tcp dport 8080 drop'
				]
			],
			'the published port only, wherever': [
				['    ip saddr @blocked counter drop\n', ''],
				[
					'hook forward priority filter; policy accept;',
					'hook forward priority filter; policy accept;\n    ip saddr @blocked tcp dport 8080 drop'
				]
			]
		},
		right: {
			'before routing': [
				[
					'  chain forward {',
					'  chain early {\n    type filter hook prerouting priority raw; policy accept;\n    ip saddr @blocked drop\n  }\n  chain forward {'
				]
			],
			'by the way out': [
				[
					'hook forward priority filter; policy accept;',
					'hook forward priority filter; policy accept;\n    oifname "int" ip saddr @blocked reject'
				]
			]
		}
	},
	{
		slug: 'open-the-right-hook',
		wrong: {
			'everything but SSH': [
				['    tcp dport 80 counter accept\n', ''],
				[
					'ct state established accept',
					'ct state established accept\n    iifname "ext" tcp dport != 22 accept'
				]
			],
			'INPUT stays open to the outside': [
				['tcp dport 80 counter accept', 'iifname "ext" tcp dport 80 accept'],
				[
					'ct state established accept',
					'ct state established accept\n    ip daddr 10.0.0.2 tcp dport 8080 accept'
				]
			]
		},
		right: {
			'whatever was translated': [
				['    tcp dport 80 counter accept\n', ''],
				['ct state established accept', 'ct state established accept\n    ct status dnat accept']
			],
			'by the interface': [
				['    tcp dport 80 counter accept\n', ''],
				[
					'ct state established accept',
					'ct state established accept\n    iifname "ext" tcp dport 8080 ct state new accept'
				]
			]
		}
	},
	{
		slug: 'flags-are-not-states',
		wrong: {
			'the two services on the page': forwardAlone(
				'ct state established accept',
				'iifname "int" tcp dport 80 accept',
				'iifname "int" udp dport 53 accept'
			),
			'TCP and UDP only': forwardAlone(
				'ct state established accept',
				'iifname "int" meta l4proto { tcp, udp } accept'
			)
		},
		right: {
			'the inside, whatever it is': forwardAlone(
				'ct state established,related accept',
				'iifname "int" accept'
			),
			'by the outside': forwardAlone(
				'iifname "ext" ct state != { established, related } drop',
				'accept'
			)
		}
	},
	{
		slug: 'read-along',
		wrong: {
			'one port, for ever': [
				[
					FTP_NAT[0]!,
					`${FTP_NAT[1]!}\n    type nat hook prerouting priority dstnat; policy accept;\n    iifname "ext" tcp sport 20 dnat to 10.0.0.2`
				],
				[
					'ct state related accept',
					'ct state related accept\n    ip saddr 198.51.100.21 tcp sport 20 tcp dport 5001 accept'
				]
			],
			'any port of this server': [
				[
					FTP_NAT[0]!,
					`${FTP_NAT[1]!}\n    type nat hook prerouting priority dstnat; policy accept;\n    iifname "ext" ip saddr 198.51.100.21 ip daddr 198.51.100.1 tcp sport 20 dnat to 10.0.0.2`
				],
				['ct state related accept', 'ct state related accept\n    ct status dnat accept']
			]
		},
		right: {
			'assigned at FORWARD': [
				[
					'table ip filter {',
					'table ip filter {\n  ct helper ftp {\n    type "ftp" protocol tcp\n  }'
				],
				['iifname "int" accept', 'tcp dport 21 ct helper set "ftp"\n    iifname "int" accept']
			]
		}
	},
	{
		slug: 'no-stray-packets',
		wrong: {
			'one direction only': [['ct state invalid counter', 'iifname "int" ct state invalid drop']],
			'by the number on the page': [['ct state invalid counter', 'tcp sequence > 2000000 drop']]
		},
		right: {
			'a liberal conntrack': {
				changes: { gateway: { sysctl: { 'net.netfilter.nf_conntrack_tcp_be_liberal': 1 } } }
			},
			'before routing': [
				[
					'table ip filter {',
					'table ip filter {\n  chain early {\n    type filter hook prerouting priority filter; policy accept;\n    ct state invalid drop\n  }'
				]
			],
			'only what is known passes': [
				[
					'ct state invalid counter',
					'ct state established accept\n    ct status dnat accept\n    drop'
				]
			]
		}
	},
	{
		slug: 'let-the-flow-go',
		wrong: {
			'waiting until the entry is gone': WAITING,
			'waiting less': { actions: ['wait', 'wait', 'again'] },
			'the new server’s entry': { actions: ['wrong', 'again'] }
		},
		right: {
			'after ten seconds': { actions: ['wait', 'delete', 'again'] },
			'and then ten seconds': { actions: ['delete', 'wait', 'again'] }
		}
	},
	{
		slug: 'dnat-to-nobody',
		wrong: {
			'every port': [
				['tcp dport 80 counter dnat to 10.0.0.3:8080', 'meta l4proto tcp dnat to 10.0.0.2:8080']
			]
		},
		right: {
			'by the address': [
				[
					'iifname "ext" tcp dport 80 counter dnat to 10.0.0.3:8080',
					'ip daddr 198.51.100.1 tcp dport 80 dnat to 10.0.0.2:8080'
				]
			]
		}
	},
	{
		slug: 'room-for-everybody',
		wrong: {
			'two hosts only': [
				[
					'oifname "ext" counter meta l4proto tcp snat to 203.0.113.2:50000-50001',
					'ip saddr 192.168.1.10 meta l4proto tcp snat to 203.0.113.2:50000-50001\n    ip saddr 192.168.2.20 meta l4proto tcp snat to 203.0.113.3:50000-50001'
				]
			]
		},
		right: {
			'by the interface they come from': [
				[
					'oifname "ext" counter meta l4proto tcp snat to 203.0.113.2:50000-50001',
					'iifname "lan1" meta l4proto tcp snat to 203.0.113.2:50000-50001\n    iifname "lan2" meta l4proto tcp snat to 203.0.113.3:50000-50001'
				]
			],
			'by both networks': [
				[
					'oifname "ext" counter meta l4proto tcp snat to 203.0.113.2:50000-50001',
					'ip saddr 192.168.2.0/24 oifname "ext" meta l4proto tcp snat to 203.0.113.2:50000-50001\n    ip saddr 192.168.1.0/24 oifname "ext" meta l4proto tcp snat to 203.0.113.3:50000-50001'
				]
			]
		}
	},
	{
		slug: 'masquerade-the-way-out',
		wrong: {
			'on both sides': [['oifname "int" counter masquerade', 'counter masquerade']],
			'one host only': [
				['oifname "int" counter masquerade', 'ip saddr 192.168.1.10 oifname "ext" masquerade']
			]
		},
		right: {
			'by the network': [
				['oifname "int" counter masquerade', 'ip saddr 192.168.1.0/24 masquerade']
			],
			'with the address': [
				['oifname "int" counter masquerade', 'oifname "ext" snat to 203.0.113.2']
			]
		}
	},
	{
		slug: 'every-visitor-is-the-gateway',
		wrong: {
			'the server only': [
				['counter masquerade', 'ip saddr 10.0.0.2 oifname "ext" snat to 198.51.100.1']
			]
		},
		right: {
			'by the way out': [['counter masquerade', 'oifname "ext" snat to 198.51.100.1']]
		}
	}
];

/** Whether the answer solves the exercise, and what it does not meet. */
function marked({ slug, part = 'nft' }: Near, given: Given): { solved: boolean; errors: unknown } {
	const exercise = exerciseOf(slug);
	const whole = typeof given === 'string' || Array.isArray(given);
	const rules = typeof given === 'string' ? given : { replace: given };
	const answer = whole
		? { changes: { gateway: { [part]: rules } as HostChange } }
		: (given as Answer);
	const { solved, errors, goals } = check(exercise, answer);
	return { solved, errors: errors.length > 0 ? errors : goals.filter((goal) => !goal.met) };
}

describe.each(CASES)('$slug', (near) => {
	test('its own solution solves it', () => {
		const exercise = exerciseOf(near.slug);
		expect(check(exercise, solutionOf(exercise)).solved).toBe(true);
	});

	test.each(Object.keys(near.wrong))('refuses: %s', (name) => {
		const { solved, errors } = marked(near, near.wrong[name]!);
		expect(solved).toBe(false);
		// It was run, and a goal is not met: not just rules that cannot be read. Or it takes an action too many.
		const atMost = { message: expect.stringMatching(/^\d+ actions at most$/) as string };
		expect(errors).toContainEqual(
			near.wrong[name] === WAITING
				? expect.objectContaining(atMost)
				: expect.objectContaining({ met: false })
		);
	});

	test.each(Object.keys(near.right))('takes: %s', (name) => {
		const { solved, errors } = marked(near, near.right[name]!);
		expect(errors).toEqual([]);
		expect(solved).toBe(true);
	});
});
