/**
 * Random commands of nft and iptables on the same tables: `filter`, `nat` and the others of family ip, as iptables uses
 * them, with rules of nft that iptables can read, cannot read, or does not know.
 */
import { iptablesCommand } from './generator-commands-iptables';
import type { Table } from './generator-commands-iptables';
import { chain, hooked } from './generator-nft';
import type { Random } from './random';

interface Base {
	readonly name: string;
	readonly type: string;
	readonly hook: string;
	readonly priority: string;
}

const base = (name: string, type: string, priority: string): Base => ({
	name,
	type,
	hook: name.toLowerCase(),
	priority
});

/** The built-in chains of each table, as nft writes them. */
const BASES: Readonly<Record<Table, readonly Base[]>> = {
	raw: [base('PREROUTING', 'filter', 'raw'), base('OUTPUT', 'filter', 'raw')],
	mangle: [
		base('PREROUTING', 'filter', 'mangle'),
		base('FORWARD', 'filter', 'mangle'),
		base('OUTPUT', 'route', 'mangle'),
		base('POSTROUTING', 'filter', 'mangle')
	],
	nat: [base('PREROUTING', 'nat', 'dstnat'), base('POSTROUTING', 'nat', 'srcnat')],
	filter: [
		base('INPUT', 'filter', 'filter'),
		base('FORWARD', 'filter', 'filter'),
		base('OUTPUT', 'filter', 'filter')
	],
	security: [base('FORWARD', 'filter', 'security')]
};

/** Some that iptables has no name for: another hook, type or priority than the chain of that name has, or no such name. */
const ODD: Readonly<Partial<Record<Table, readonly Base[]>>> = {
	mangle: [base('INPUT', 'filter', 'filter'), base('forward', 'filter', 'mangle')],
	nat: [base('INPUT', 'nat', '99'), base('output', 'nat', '-100')],
	filter: [
		base('forward', 'filter', 'filter'),
		{ name: 'OUTPUT', type: 'filter', hook: 'output', priority: '5' },
		{ name: 'early', type: 'filter', hook: 'prerouting', priority: '-200' }
	]
};

const TABLES: readonly (readonly [number, Table])[] = [
	[1, 'raw'],
	[2, 'mangle'],
	[4, 'nat'],
	[7, 'filter'],
	[1, 'security']
];

const OWN = ['ONE', 'TWO', 'MORE', 'mine'];

/** What a rule asks. */
function match(random: Random): string {
	const not = random.pick(['', '', '', '!= ']);
	return random.weighted<() => string>([
		[
			4,
			() =>
				`ip ${random.pick(['saddr', 'daddr'])} ${not}${random.pick(['10.0.0.2', '10.0.0.0/24', '198.51.100.10', '198.51.100.0/25', '10.0.0.2-10.0.0.9', '{ 10.0.0.2, 10.0.0.3 }', '0.0.0.0/0'])}`
		],
		[1, () => `ip saddr & 255.0.255.0 ${random.pick(['==', '!='])} 10.0.0.0`],
		[
			4,
			() =>
				`${random.pick(['tcp', 'udp', 'tcp'])} ${random.pick(['dport', 'dport', 'sport'])} ${random.pick([`${not}80`, `${not}53`, `${not}22-443`, '> 1023', '< 1024', '>= 80', '<= 443', '{ 80, 443 }', '{ 53, 1000-2000 }', '!= { 22, 53 }', '@doors'])}`
		],
		[1, () => 'tcp sport 1024-65535 tcp dport 80'],
		[2, () => `ip protocol ${not}${random.pick(['tcp', 'udp', 'icmp', '89', '{ tcp, udp }'])}`],
		[2, () => `meta l4proto ${not}${random.pick(['tcp', 'udp', 'icmp', '{ tcp, udp }'])}`],
		[1, () => `meta l4proto ${random.pick(['tcp', 'udp'])} th dport ${random.pick([53, 80])}`],
		[1, () => 'meta l4proto { tcp, udp } th dport 53'],
		[
			3,
			() =>
				`${random.pick(['iifname', 'oifname'])} ${not}${random.pick(['"ext"', '"int"', '"e*"', '{ "ext", "lo" }'])}`
		],
		[1, () => `${random.pick(['iif', 'oif'])} ${not}"lo"`],
		[2, () => `meta mark ${random.pick([`${not}7`, `${not}{ 7, 9 }`, '& 0xff == 0x7', '7-9'])}`],
		[1, () => `meta pkttype ${not}unicast`],
		[1, () => `ip ttl ${random.pick([64, '< 64', '> 9', '!= 63', '<= 64', '>= 63', '9-64'])}`],
		[
			2,
			() =>
				`tcp flags ${random.pick(['syn', '& (syn | ack) == syn', '& (fin | syn | rst | ack) != syn', '! syn', 'syn / syn,rst,ack'])}`
		],
		[
			1,
			() =>
				`icmp ${random.pick(['type echo-request', 'type != echo-reply', 'code 0', 'type { echo-request, echo-reply }', 'type destination-unreachable icmp code 3'])}`
		],
		[
			1,
			() =>
				`limit rate ${random.pick(['2/hour', '5/minute burst 2 packets', 'over 2/hour', '100 bytes/hour'])}`
		],
		[
			3,
			() =>
				random.pick([
					'ct state new',
					'ct state established,related',
					'ct mark 7',
					'ct status dnat',
					'ct direction reply',
					'ct original ip daddr 198.51.100.1'
				])
		],
		[
			2,
			() =>
				random.pick([
					'ip length > 60',
					'meta length 28-40',
					'ip dscp cs1',
					'ip frag-off & 0x1fff != 0',
					'ip frag-off & 8191 == 0',
					'ip id 1',
					'ip version 4',
					'ip saddr . tcp dport { 198.51.100.10 . 80 }',
					'udp length > 20',
					'tcp option maxseg size 1-500',
					'@th,16,16 53',
					'fib daddr type local',
					'ip saddr @hosts',
					'ip saddr @nosuch',
					'numgen inc mod 2 0',
					'meta skuid 0'
				])
		]
	])();
}

/** What a rule does at the end; in a table where it can. */
function verdict(random: Random, table: Table, name: string): string {
	if (table === 'nat' && random.chance(0.5)) {
		return name === 'POSTROUTING'
			? random.pick(['masquerade', 'snat to 198.51.100.2', 'masquerade random'])
			: random.pick(['ip protocol tcp dnat to 10.0.0.2:80', 'dnat to 10.0.0.3', 'redirect']);
	}
	if (table === 'raw' && random.chance(0.4)) return 'notrack';
	if (table === 'mangle' && random.chance(0.4))
		return random.pick(['ip ttl set 9', 'meta mark set 7', 'ct mark set 7', 'ip dscp set cs1']);
	return random.weighted([
		[5, 'accept'],
		[3, 'drop'],
		[1, 'return'],
		[2, 'jump MORE'],
		[1, 'jump ONE'],
		[1, 'goto TWO'],
		[1, 'jump mine'],
		[1, 'continue'],
		[1, 'reject'],
		[1, 'udp dport vmap { 9 : drop, 53 : jump MORE }'],
		[1, 'ct state vmap { established : accept, invalid : drop }'],
		[3, '']
	]);
}

function rule(random: Random, table: Table, name: string): string {
	const does = verdict(random, table, name);
	const said = [
		...random.upTo(2, () => match(random)),
		random.weighted([
			[4, ''],
			[3, 'counter'],
			[1, 'log prefix "seen "'],
			// Of a jump behind it iptables prints the group, too, which docs/model.md names.
			[/jump|goto/.test(does) ? 0 : 1, 'log group 3 prefix "seen"'],
			[1, 'counter name "seen"']
		]),
		does
	].filter(Boolean);
	if (said.length === 0) said.push('counter');
	if (random.chance(0.1)) said.push('comment "of nft"');
	return said.join(' ');
}

const chainName = (random: Random, table: Table): string =>
	random.chance(0.7)
		? random.pick([...BASES[table], ...(ODD[table] ?? [])]).name
		: random.pick(OWN);

/** The braces of a chain that is hooked in. */
const head = ({ type, hook, priority }: Base, policy: string): string =>
	`{${hooked(type, hook, priority, policy)} }`;

function nftChange(random: Random): string {
	const table = random.weighted(TABLES);
	const name = chainName(random, table);
	const at = `ip ${table} ${name}`;
	const handle = () => `handle ${1 + random.below(16)}`;
	const policy = () => random.pick(['accept', 'accept', 'drop']);
	return random.weighted<() => string>([
		[12, () => `add rule ${at} ${rule(random, table, name)}`],
		[5, () => `insert rule ${at} ${rule(random, table, name)}`],
		[2, () => `add rule ${at} index ${random.below(3)} ${rule(random, table, name)}`],
		// nft 1.0.6 ends by a signal where a rule with a range in a set of its own replaces none.
		[
			2,
			() =>
				`replace rule ${at} ${handle()} ${rule(random, table, name).replace('1000-2000', '1000')}`
		],
		[2, () => `delete rule ${at} ${handle()}`],
		[
			4,
			() => {
				const one = random.pick([...BASES[table], ...(ODD[table] ?? [])]);
				return `add chain ip ${table} ${one.name} ${head(one, policy())}`;
			}
		],
		[2, () => `add chain ip ${table} ${random.pick(OWN)}`],
		[1, () => `chain ${at} { policy ${policy()}; }`],
		[2, () => `delete chain ${at}`],
		[1, () => `flush chain ${at}`],
		[1, () => `rename chain ${at} ${random.pick([...OWN, 'FORWARD'])}`],
		[2, () => `add table ip ${table}`],
		[1, () => `delete table ip ${table}`],
		[1, () => `flush table ip ${table}`],
		[1, () => `add set ip ${table} hosts { type ipv4_addr; }`],
		[1, () => `add set ip ${table} doors { type inet_service; elements = { 53, 80 }; }`],
		[1, () => `add counter ip ${table} seen`]
	])();
}

function nftList(random: Random): string {
	const table = random.weighted(TABLES);
	return random.weighted<() => string>([
		[4, () => `list chain ip ${table} ${chainName(random, table)}`],
		[3, () => `list table ip ${table}`],
		[1, () => 'list ruleset'],
		[1, () => 'list chains ip']
	])();
}

function nftCommand(random: Random): string {
	if (random.chance(0.2)) return `nft ${random.pick(['', '', '-s ', '-n '])}'${nftList(random)}'`;
	const changes = [nftChange(random), ...(random.chance(0.2) ? [nftChange(random)] : [])];
	return `nft '${changes.join('; ')}'`;
}

/** A command of one of the two languages. */
export function tablesCommand(random: Random): string {
	return random.chance(0.45) ? nftCommand(random) : iptablesCommand(random, true);
}

/** A rule of one question that can be read into any chain. */
function plainRule(random: Random): string {
	for (;;) {
		const asked = match(random);
		if (/nosuch/.test(asked)) continue;
		const does = random.pick([
			'accept',
			'counter',
			'counter accept',
			'drop',
			'jump MORE',
			'return'
		]);
		return `${asked} ${does}`;
	}
}

/** Tables of the names that iptables uses, which nft has made, with rules of its own. */
export function nftTablesRuleset(random: Random): string[] {
	const tables = TABLES.map(([, table]) => table).filter(
		(table) => table === 'filter' || random.chance(0.6)
	);
	return tables.flatMap((table) => {
		const bases = BASES[table].filter(() => random.chance(0.8));
		const odd = (ODD[table] ?? []).filter(
			({ name }) => random.chance(0.15) && !bases.some((one) => one.name === name)
		);
		return [
			`table ip ${table} {`,
			...['  counter seen {', '  }'],
			...['  set hosts { type ipv4_addr; elements = { 10.0.0.2 }', '  }'],
			...['  set doors { type inet_service; elements = { 53, 80 }', '  }'],
			...chain('MORE', '', random.chance(0.5) ? ['udp dport 53 counter'] : []),
			...chain('ONE', '', random.chance(0.5) ? ['tcp dport 80 counter return'] : []),
			...[...bases, ...odd].flatMap(({ name, type, hook, priority }) =>
				chain(
					name,
					hooked(type, hook, priority),
					random.upTo(2, () => plainRule(random))
				)
			),
			'}'
		];
	});
}

/** What shows at the end what either has made of what the other wrote. */
export const TABLES_LAST = [
	'iptables -L -n -v -x',
	'iptables -t nat -S',
	'iptables -t mangle -S',
	'iptables-save -c',
	'nft list ruleset'
];
