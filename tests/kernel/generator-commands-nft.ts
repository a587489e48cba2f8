/** Random `nft` commands on tables, chains, rules, sets, maps, elements and objects. */
import {
	filterRule,
	mangleRule,
	nftRuleset,
	postroutingRule,
	preroutingRule
} from './generator-nft';
import type { Random } from './random';

/** A table with something of every kind in it, beside those of flows. */
const WORK = [
	'table inet work {',
	'  ct helper ftp-standard {',
	'    type "ftp" protocol tcp',
	'  }',
	'  counter seen {',
	'  }',
	'  quota most { over 200 bytes',
	'  }',
	'  limit slow { rate 3/hour burst 2 packets',
	'  }',
	'  set hosts { type ipv4_addr; elements = { 10.0.0.2, 198.51.100.10 }',
	'  }',
	'  set nets { type ipv4_addr; flags interval; auto-merge; elements = { 10.0.0.0/30 }',
	'  }',
	'  set pairs { type ipv4_addr . inet_service; counter',
	'  }',
	'  map marks { type inet_service : mark; elements = { 53 : 7, 80 : 8 }',
	'  }',
	'  map ways { type inet_service : verdict; elements = { 9 : drop }',
	'  }',
	'  map counted { type ipv4_addr : counter; elements = { 10.0.0.2 : "seen" }',
	'  }',
	'  chain help { type filter hook prerouting priority filter; policy accept;',
	'    tcp dport 21 ct helper set "ftp-standard"',
	'    ct mark set tcp dport map @marks',
	'  }',
	'  chain user {',
	'  }',
	'  chain pass { type filter hook forward priority 10; policy accept;',
	'    jump user',
	'    ip saddr @hosts counter name "seen"',
	'    udp dport vmap @ways',
	'  }',
	'}'
];

/** A ruleset of flows with that table. */
export const nftCommandsRuleset = (random: Random): string[] => [...nftRuleset(random), ...WORK];

interface Place {
	readonly table: string;
	readonly chain: string;
	readonly rule: (random: Random) => string;
}

const filter = (random: Random): string => filterRule(random, 'forward');

/** What only the table with everything can be asked. */
const work = (random: Random): string =>
	random.chance(0.5)
		? filter(random)
		: random.pick([
				'ip saddr @hosts counter',
				'ip daddr @nets accept',
				'ip saddr . udp dport @pairs counter',
				'add @pairs { ip saddr . udp dport }',
				'meta mark set udp dport map @marks',
				'tcp dport vmap @ways',
				'counter name "seen" accept',
				'quota name "most" drop',
				'limit name "slow" accept',
				'counter name ip saddr map @counted',
				'ip saddr @nosuch drop',
				'jump user',
				'goto nosuch',
				'ip saddr { 10.0.0.2, 10.0.0.3 } counter',
				'udp dport { 53, 1000-2000 } counter comment "some"'
			]);

const PLACES: readonly Place[] = [
	{ table: 'ip filter', chain: 'forward', rule: filter },
	{ table: 'ip filter', chain: 'more', rule: filter },
	{ table: 'ip nat', chain: 'prerouting', rule: preroutingRule },
	{ table: 'ip nat', chain: 'postrouting', rule: postroutingRule },
	{ table: 'ip early', chain: 'mangle', rule: mangleRule },
	{ table: 'inet work', chain: 'user', rule: work },
	{ table: 'inet work', chain: 'pass', rule: work },
	{ table: 'inet work', chain: 'extra', rule: work },
	{ table: 'ip fresh', chain: 'one', rule: filter },
	{ table: 'ip nosuch', chain: 'one', rule: filter }
];

const handle = (random: Random): string => `handle ${1 + random.below(24)}`;

/** Places in tables that iptables does not use, too. */
const APART = PLACES.filter(({ table }) => !/^ip (filter|nat)$/.test(table));

function rules(random: Random, places: readonly Place[]): string {
	const { table, chain, rule } = random.pick(places);
	const at = `${table} ${chain}`;
	const where = random.weighted<() => string>([
		[4, () => ''],
		[2, () => `${handle(random)} `],
		[1, () => `position ${1 + random.below(12)} `],
		[2, () => `index ${random.below(4)} `]
	])();
	return random.weighted<() => string>([
		[5, () => `add rule ${at} ${where}${rule(random)}`],
		[4, () => `insert rule ${at} ${where}${rule(random)}`],
		[3, () => `replace rule ${at} ${handle(random)} ${rule(random)}`],
		[3, () => `delete rule ${at} ${handle(random)}`]
	])();
}

function chains(random: Random, places: readonly Place[]): string {
	const { table, chain } = random.pick(places);
	const base = (hook: string): string =>
		`{ type ${random.pick(['filter', 'filter', 'nat', 'route'])} hook ${hook} priority ${random.pick(['0', 'mangle', '-10', 'filter + 5', 'dstnat'])}; policy ${random.pick(['accept', 'accept', 'drop'])}; }`;
	const name = random.pick([chain, 'extra', 'user', 'one']);
	return random.weighted<() => string>([
		[4, () => `${random.pick(['add', 'create', 'add'])} chain ${table} ${name}`],
		[
			2,
			() =>
				`${random.pick(['add', 'create'])} chain ${table} ${name} ${base(random.pick(['input', 'forward', 'output', 'postrouting']))}`
		],
		[2, () => `chain ${table} ${chain} { policy ${random.pick(['accept', 'drop'])}; }`],
		[3, () => `delete chain ${table} ${random.pick([name, name, handle(random)])}`],
		[3, () => `flush chain ${table} ${name}`],
		[2, () => `rename chain ${table} ${name} ${random.pick(['extra', 'user', 'other'])}`]
	])();
}

function tables(random: Random): string {
	const table = random.pick([
		'ip fresh',
		'ip fresh',
		'inet work',
		'ip early',
		'ip nosuch',
		'fresh'
	]);
	return random.weighted<() => string>([
		[4, () => `${random.pick(['add', 'create'])} table ${table}`],
		[2, () => `add table ${table} { comment "a table"; }`],
		[1, () => `add table ip fresh { chain one { ${filter(random)}; }; set s { type mark; }; }`],
		[1, () => `delete table ${random.pick(['ip fresh', 'ip nosuch', 'fresh'])}`],
		[1, () => `flush table ${table}`],
		[1, () => `destroy table ${table}`]
	])();
}

/** Sets and maps of the table, with an element that may be in each. */
const SETS: readonly (readonly [string, string, (random: Random) => string])[] = [
	[
		'set',
		'hosts',
		(random) => random.pick(['10.0.0.2', '10.0.0.3', '198.51.100.10', '10.0.0.0/24'])
	],
	[
		'set',
		'nets',
		(random) =>
			random.pick(['10.0.0.0/30', '10.0.0.2', '10.0.0.4-10.0.0.9', '198.51.100.0/24', '10.0.0.0/8'])
	],
	[
		'set',
		'pairs',
		(random) =>
			random.pick(['10.0.0.2 . 53', '198.51.100.10 . 53', '198.51.100.11 . http', '10.0.0.2'])
	],
	[
		'map',
		'marks',
		(random) => random.pick(['53 : 7', '80 : 8', '443 : 0x9', '443 : 7', '53', 'http : 8'])
	],
	[
		'map',
		'ways',
		(random) =>
			random.pick(['9 : drop', '53 : accept', '80 : jump user', '443 : goto nosuch', '9 : accept'])
	],
	[
		'map',
		'counted',
		(random) =>
			random.pick([
				'10.0.0.2 : "seen"',
				'10.0.0.3 : "seen"',
				'10.0.0.3 : "nosuch"',
				'198.51.100.10 : "two"'
			])
	],
	['set', 'young', (random) => random.pick(['53', '80', '53 timeout 100s', '22-25', 'ssh'])],
	['set', 'nosuch', () => '53']
];

function sets(random: Random): string {
	const [kind, name, element] = random.pick(SETS);
	const key = (): string => {
		const text = element(random);
		return random.chance(0.7) ? text.replace(/ : .*/, '') : text;
	};
	const several = (make: () => string): string =>
		[make(), ...(random.chance(0.25) ? [make()] : [])].join(', ');
	return random.weighted<() => string>([
		[
			6,
			() =>
				`${random.pick(['add', 'add', 'create'])} element inet work ${name} { ${several(() => element(random))} }`
		],
		[4, () => `delete element inet work ${name} { ${several(key)} }`],
		[2, () => `get element inet work ${name} { ${several(key)} }`],
		[1, () => `flush ${kind} inet work ${name}`],
		[2, () => `delete ${kind} inet work ${random.pick([name, 'young'])}`],
		[
			3,
			() =>
				`${random.pick(['add', 'create'])} set inet work ${random.pick(['young', name])} { type inet_service; ${random.pick(['', 'flags interval; ', 'flags timeout; timeout 1h; ', 'size 2; ', 'counter; ', 'flags dynamic; '])}}`
		],
		[
			1,
			() =>
				`add map inet work ${random.pick(['young', 'ways'])} { type inet_service : ${random.pick(['mark', 'verdict', 'ipv4_addr'])}; }`
		]
	])();
}

function objects(random: Random): string {
	const [kind, name, text] = random.pick([
		['counter', 'seen', ''],
		['counter', 'two', ''],
		['counter', 'two', ' packets 3 bytes 9'],
		['quota', 'most', ' over 100 bytes'],
		['quota', 'two', ' { 50 bytes; }'],
		['limit', 'slow', ' rate 5/second'],
		['limit', 'two', ' { rate 3/minute burst 7 packets; }']
	] as const);
	return random.weighted<() => string>([
		[4, () => `${random.pick(['add', 'create'])} ${kind} inet work ${name}${text}`],
		[2, () => `delete ${kind} inet work ${random.pick([name, handle(random)])}`],
		[
			2,
			() =>
				`reset ${random.pick(['counters', 'quotas', 'counters table inet work', `counter inet work ${name}`, `quota inet work ${name}`, 'rules'])}`
		]
	])();
}

function lists(random: Random): string {
	const { table, chain } = random.pick(PLACES);
	const [kind, name] = random.pick(SETS);
	const flags = random.weighted([
		[6, ''],
		[3, '-a '],
		[1, '-n '],
		[1, '-s '],
		[1, '-t '],
		[1, '-y '],
		[1, '-p '],
		[1, '-as ']
	]);
	// A table's handle comes from a count that all tables of a host share.
	const ofTable = flags.includes('a') ? '' : flags;
	return random.weighted<() => string>([
		[4, () => `${flags}list chain ${table} ${chain}`],
		[3, () => `${ofTable}list table ${table}`],
		[2, () => `${ofTable}list ruleset${random.pick(['', '', ' ip', ' inet'])}`],
		[3, () => `${flags}list ${kind} inet work ${name}`],
		[1, () => `list ${random.pick(['tables', 'chains', 'tables inet', 'chains ip'])}`],
		[1, () => `list ${random.pick(['sets', 'maps', 'sets inet', 'sets table inet work'])}`],
		[2, () => `list ${random.pick(['counters', 'quotas', 'limits', 'counters table inet work'])}`],
		[
			1,
			() =>
				`list ${random.pick(['counter inet work seen', 'quota inet work most', 'limit inet work slow', 'ct helper inet work ftp-standard', 'ct helpers table inet work'])}`
		]
	])();
}

function one(random: Random, places: readonly Place[]): string {
	return random.weighted<(random: Random, places: readonly Place[]) => string>([
		[8, rules],
		[4, chains],
		[2, tables],
		[7, sets],
		[3, objects]
	])(random, places);
}

/**
 * One command, or several of which all are carried out or none. Where the rules are not its `own`, the tables of iptables
 * are only listed.
 */
export function nftCommand(random: Random, own: boolean): string {
	if (random.chance(0.35)) return `nft ${quoted(lists(random))}`;
	const count = random.weighted([
		[8, 1],
		[2, 2],
		[1, 3]
	]);
	const commands = Array.from({ length: count }, () => one(random, own ? PLACES : APART));
	// What prints does so out of what nft knew before the others, or not at all: alone it is plain.
	const silent = commands.filter((command) => !/^(get|reset) /.test(command));
	return `nft ${quoted(silent.length > 0 ? silent.join('; ') : commands[0]!)}`;
}

/** Options stand before the text, which has quotes and braces in it. */
function quoted(text: string): string {
	const [, options = '', command = ''] = /^(-\w+ )?([^]*)$/.exec(text)!;
	return `${options}'${command}'`;
}
