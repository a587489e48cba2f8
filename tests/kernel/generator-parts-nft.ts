/** Random nft rulesets of expressions and statements that read and write packets, or remember them. */
import { chain, hooked } from './generator-nft';
import type { Random } from './random';

type Hook = 'prerouting' | 'input' | 'forward' | 'output' | 'postrouting';

const HOOKS: readonly Hook[] = ['prerouting', 'input', 'forward', 'output', 'postrouting'];

const HEAD = [
	'  counter one {',
	'  }',
	'  counter two {',
	'  }',
	'  quota little { over 100 bytes',
	'  }',
	'  quota under { 200 bytes',
	'  }',
	'  limit seldom { rate 2/hour burst 3 packets',
	'  }',
	'  limit wide { rate 100 bytes/hour burst 80 bytes',
	'  }',
	'  map who { type ipv4_addr : counter',
	'    elements = { 198.51.100.10 : "one", 10.0.0.2 : "two" }',
	'  }',
	'  map much { type inet_service : quota; flags interval',
	'    elements = { 53 : "little", 80-443 : "under" }',
	'  }',
	'  map pace { type ipv4_addr . inet_service : limit',
	'    elements = { 198.51.100.10 . 53 : "seldom", 198.51.100.11 . 80 : "wide" }',
	'  }',
	'  set few { type ipv4_addr; counter quota over 90 bytes',
	'    elements = { 198.51.100.10, 198.51.100.11 }',
	'  }',
	'  set slow { type ipv4_addr; limit rate 2/hour burst 2 packets counter',
	'    elements = { 198.51.100.10, 10.0.0.2 }',
	'  }',
	'  set live { type ipv4_addr . inet_service; flags dynamic; size 50; counter',
	'  }',
	'  set marks { type mark; flags dynamic; size 50;',
	'  }'
];

const PORT = [53, 80, 8080, 443, 9];

/**
 * What a rule asks for. Nothing of ICMP's checksum, which in a host's own timestamp replies is chance, nor what makes raw
 * payload several fields of a header.
 */
function match(random: Random): string {
	return random.weighted<() => string>([
		[
			2,
			() =>
				`jhash ip saddr . ${random.pick(['ip daddr', 'ip protocol', 'meta l4proto', 'ip ttl'])} mod 3 seed 0x5 ${random.pick(['0', '!= 1', '{ 1, 2 }'])}`
		],
		[
			1,
			() =>
				`jhash ${random.pick(['tcp sport', 'udp dport', 'tcp sequence', 'tcp window', 'icmp id', 'ct mark', 'ct status', 'ct direction', 'ip ttl . ip length'])} mod 2 seed 0x7 1`
		],
		[1, () => 'symhash mod 1 0'],
		[
			2,
			() =>
				`@th,${random.pick(['16,16 53', '0,16 5000', '64,32 0x6e656564', '64,8 0x71', '160,8 != 0'])}`
		],
		[1, () => `@ih,0,${random.pick(['8 0x71', '32 0x6e656564', '16 0x706f', '24 > 0x600000'])}`],
		[
			1,
			() =>
				`@nh,${random.pick(['64,8 63', '64,8 < 64', '96,32 0xc633640a', '48,16 0x4000', '160,16 5000', '128,32 0x0a000002'])}`
		],
		[
			2,
			() =>
				`tcp option ${random.pick(['window exists', 'window missing', 'sack-perm exists', 'timestamp exists', 'timestamp tsval > 100', 'window count 7', 'sack left 2000', 'maxseg size 1000-1460', 'maxseg length 4', '254 exists', 'nop exists', 'eol exists', 'maxseg exists', 'sack exists'])}`
		],
		[2, () => `quota ${random.pick(['over ', 'until ', ''])}${random.pick([60, 100, 150])} bytes`],
		[
			1,
			() =>
				`quota name ${random.pick(['"little"', '"under"', random.pick(['tcp', 'udp']) + ' dport map @much'])}`
		],
		[
			1,
			() => `limit name ${random.pick(['"seldom"', '"wide"', 'ip saddr . udp dport map @pace'])}`
		],
		[
			1,
			() =>
				`counter name ${random.pick(['"one"', 'ip saddr map @who', 'ip daddr map @who', 'udp dport map { 53 : "one", 9 : "two" }'])}`
		],
		[2, () => `ip ${random.pick(['saddr', 'daddr'])} ${random.pick(['@few', '@slow', '!= @few'])}`],
		[
			1,
			() =>
				`${random.pick(['add', 'update'])} @live { ip ${random.pick(['saddr', 'daddr'])} . ${random.pick(['udp dport', 'tcp dport', 'tcp sport'])} }`
		],
		[
			1,
			() =>
				`${random.pick(['add', 'update'])} @marks { ${random.pick(['@ih,0,32', '@th,32,32', 'tcp sequence', 'jhash ip saddr mod 9 seed 0x1', 'meta mark'])} }`
		],
		[
			1,
			() => 'ip saddr { 198.51.100.10 counter, 10.0.0.2 counter limit rate 1/hour burst 2 packets }'
		],
		[
			1,
			() =>
				`ip ${random.pick(['ttl 64', 'dscp af11', 'ecn ect0', 'ttl < 64', 'length > 40', 'frag-off & 0x4000 != 0'])}`
		],
		[
			1,
			() => `${random.pick(['tcp', 'udp'])} ${random.pick(['dport', 'sport'])} ${random.pick(PORT)}`
		],
		[
			1,
			() =>
				random.pick([
					'meta mark 9',
					'ct mark 7',
					'ct state new',
					'ct state established',
					'ct state invalid',
					'ct direction reply'
				])
		]
	])();
}

/** What is written; of `th` nothing, for which wrong checksum a packet then has is not modelled. */
function write(random: Random): string {
	return random.weighted<() => string>([
		[
			2,
			() =>
				`tcp dport ${random.pick(PORT)} tcp ${random.pick(['dport set 8080', 'sport set 999', 'window set 100', 'flags set syn', 'flags set rst | ack', 'sequence set 5000', 'ackseq set 77', 'urgptr set 5', 'checksum set 0x1234', 'dport set 80'])}`
		],
		[
			2,
			() =>
				`udp dport ${random.pick(PORT)} udp ${random.pick(['dport set 5353', 'sport set 700', 'checksum set 0', 'dport set ip length', 'sport set udp dport', 'dport set jhash ip saddr mod 9 seed 0x3 offset 4000'])}`
		],
		[
			2,
			() => `icmp ${random.pick(['id set 9', 'sequence set 3', 'code set 1', 'checksum set 0'])}`
		],
		[
			3,
			() =>
				`ip ${random.pick(['id set 4321', 'frag-off set 0x4000', 'frag-off set 0', 'ttl set 5', 'ttl set 1', 'dscp set ef', 'ecn set ce', 'saddr set 198.51.100.11'])}`
		],
		[
			3,
			() =>
				`reset tcp option ${random.pick(['window', 'sack-perm', 'timestamp', 'maxseg', '254', 'nop', 'sack', 'eol'])}`
		],
		[
			1,
			() =>
				`ct mark set ${random.pick(['@ih,0,32', '@th,32,32', 'tcp sequence', 'icmp gateway', 'jhash ip saddr . ip daddr mod 1000 seed 0x9', 'symhash mod 1 offset 4', 'meta length'])}`
		],
		[
			1,
			() =>
				`meta mark set ${random.pick(['@th,16,16 map { 53 : 9, 80 : 7 }', 'jhash ip saddr mod 3 seed 0x2', '9', 'ip saddr map { 198.51.100.10 : 9, 10.0.0.2 : 1 }'])}`
		]
	])();
}

function verdict(random: Random): string {
	return random.weighted([
		[6, ''],
		[1, 'accept'],
		[2, 'drop'],
		[1, 'return']
	]);
}

/** Whether a part can stand in a rule that is about a protocol already. */
function fits(protocol: string, part: string): boolean {
	const asked = /\b(?:tcp|udp|icmp)\b/.exec(part)?.[0] ?? protocol;
	return protocol === '' || asked === protocol || !/\b(?:tcp|udp|icmp) [a-z]/.test(part);
}

function rule(random: Random, hook: Hook): string {
	const parts: string[] = [];
	let protocol = '';
	const add = (part: string): void => {
		if (!fits(protocol, part)) return;
		protocol ||= /\b(tcp|udp|icmp) [a-z]/.exec(part)?.[1] ?? '';
		parts.push(part);
	};
	for (let left = random.pick([0, 1, 1, 2]); left > 0; left--) add(match(random));
	if (random.chance(0.4)) add(write(random));
	if (parts.length === 0) add(match(random));
	parts.push(
		'counter',
		(hook === 'input' || hook === 'forward') && random.chance(0.1) ? 'reject' : verdict(random)
	);
	return parts.join(' ').trim();
}

function natRule(random: Random, hook: Hook): string {
	const scope = random.pick(['', '', 'ip protocol tcp ', 'ip protocol udp ', 'udp dport 53 ']);
	if (hook === 'postrouting' || hook === 'input')
		return random.weighted([
			[
				2,
				`${scope}ip saddr 10.0.0.0/24 snat prefix to ${random.pick(['198.51.100.2/32', '192.0.2.0/24', '192.0.2.0/30'])}`
			],
			[
				2,
				`${scope}snat ip prefix to ip saddr map { 10.0.0.0/24 : 192.0.2.0/24, 198.51.100.8/29 : 192.0.3.8/29 }`
			],
			[hook === 'input' ? 0 : 2, `${scope}oifname "ext" masquerade`]
		]);
	return random.weighted([
		[2, `${scope}ip daddr 198.51.100.0/30 dnat prefix to 10.0.0.${random.pick(['2/31', '2/32'])}`],
		[
			2,
			`${scope}dnat ip prefix to ip daddr map { 198.51.100.0/30 : 10.0.0.2/31, 10.0.0.3 : 198.51.100.11/32 }`
		],
		[
			1,
			'udp dport 53 dnat to jhash ip saddr . udp sport mod 2 seed 0xdead map { 0 : 10.0.0.2, 1 : 10.0.0.3 }'
		],
		[1, 'ip daddr 198.51.100.1 tcp dport 80 dnat to 10.0.0.2:8080'],
		[1, 'udp dport 9 dnat to symhash mod 1 offset 3 map { 3 : 10.0.0.3 }'],
		[1, 'udp dport 53 redirect to :9000']
	]);
}

/** Name, hook, priority and type of each chain. */
const PLACES: readonly (readonly [string, Hook, string, string])[] = [
	['whole', 'prerouting', '-450', 'filter'],
	['raw', 'prerouting', 'raw', 'filter'],
	['mangle', 'prerouting', 'mangle', 'filter'],
	['dnatted', 'prerouting', '-50', 'filter'],
	['input', 'input', 'filter', 'filter'],
	['forward', 'forward', 'filter', 'filter'],
	['early', 'output', 'raw', 'filter'],
	['route', 'output', 'mangle', 'route'],
	['output', 'output', 'filter', 'filter'],
	['post', 'postrouting', 'mangle', 'filter'],
	['snatted', 'postrouting', '150', 'filter']
];

/** A whole ruleset. */
export function nftPartsRuleset(random: Random): string[] {
	const lines: string[] = [`table ${random.pick(['ip', 'inet'])} parts {`, ...HEAD];
	for (const [name, hook, priority, type] of PLACES) {
		const most = name === 'forward' ? 4 : 2;
		const rules = random.chance(name === 'forward' ? 0.9 : 0.5)
			? random.upTo(most, () => rule(random, hook))
			: [];
		lines.push(...chain(name, hooked(type, hook, priority), rules));
	}
	lines.push('}');
	if (random.chance(0.85)) {
		lines.push('table ip nat {');
		for (const hook of HOOKS) {
			if (hook === 'forward') continue;
			const source = hook === 'postrouting' || hook === 'input';
			const priority = source ? '100' : '-100';
			const rules = random.upTo(hook === 'input' || hook === 'output' ? 1 : 2, () =>
				natRule(random, hook)
			);
			lines.push(...chain(hook, hooked('nat', hook, priority), rules));
		}
		lines.push('}');
	}
	return lines;
}

/** A command that changes or lists such a ruleset. Its family may be another's, which is an error like any. */
export function nftPartsCommand(random: Random): string {
	const family = random.pick(['ip', 'inet']);
	const [name, hook] = random.pick(PLACES);
	return random.weighted<() => string>([
		[
			5,
			() =>
				`nft ${random.pick(['add', 'insert'])} rule ${family} parts ${name} ${quoted(rule(random, hook))}`
		],
		[1, () => `nft flush chain ${family} parts ${name}`],
		[1, () => `nft add rule ip nat prerouting ${quoted(natRule(random, 'prerouting'))}`],
		[1, () => `nft add element ${family} parts few '{ 10.0.0.3 }'`],
		[1, () => `nft delete element ${family} parts few '{ 198.51.100.10 }'`],
		[1, () => `nft add element ${family} parts who '{ 198.51.100.11 : "two" }'`],
		[1, () => `nft reset ${random.pick(['counters', 'quotas'])}`],
		[1, () => `nft list ${random.pick(['counters', 'quotas', 'limits'])}`],
		[1, () => `nft list chain ${family} parts ${name}`],
		[1, () => `nft ${random.pick(['-n', '-s', '-y', '-p'])} list table ${family} parts`],
		[1, () => 'nft list ruleset']
	])();
}

const quoted = (text: string): string => `'${text}'`;

/** What shows at the end which rule has met what. */
export const NFT_PARTS_LAST = ['conntrack -L', 'nft -n list ruleset', 'nft list ruleset'];
