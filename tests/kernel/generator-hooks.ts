/** Random chains at every hook and priority, before, at and behind conntrack, NAT and confirm, that come and go. */
import { chain, hooked } from './generator-nft';
import type { Random } from './random';

type Hook = 'prerouting' | 'input' | 'forward' | 'output' | 'postrouting';

const HOOKS: readonly Hook[] = ['prerouting', 'input', 'forward', 'output', 'postrouting'];

/** Around what the kernel itself has hooked in, and in between. */
const PRIORITIES = [
	...[-450, -401, -400, -399, -300, -201, -200, -199, -150, -101, -100, -99, 0, 0, 50],
	...[99, 100, 101, 300, 2147483646, 2147483647]
];

/** For chains of type nat, which stand behind conntrack. */
const NAT_PRIORITIES = [-199, -150, -101, -100, -100, -99, 0, 99, 100, 100, 101, 300];

interface Base {
	readonly type: 'filter' | 'nat' | 'route';
	readonly hook: Hook;
	readonly priority: number;
}

function base(random: Random): Base {
	const type = random.weighted<Base['type']>([
		[6, 'filter'],
		[4, 'nat'],
		[1, 'route']
	]);
	const hook =
		type === 'route'
			? 'output'
			: type === 'nat'
				? random.pick(HOOKS.filter((one) => one !== 'forward'))
				: random.pick(HOOKS);
	return { type, hook, priority: random.pick(type === 'nat' ? NAT_PRIORITIES : PRIORITIES) };
}

const match = (random: Random): string =>
	random.weighted([
		[3, ''],
		[2, 'ct state new '],
		[2, 'ct state established,related '],
		[2, 'ct state untracked '],
		[1, 'ct state invalid '],
		[1, 'ct status dnat '],
		[1, 'ct status snat '],
		[1, 'ct status confirmed '],
		[1, 'ct direction reply '],
		[1, 'ct mark 7 '],
		[1, 'meta mark 9 '],
		[1, 'ct zone 1 '],
		[2, 'ip daddr 198.51.100.1 '],
		[2, 'ip daddr 10.0.0.0/24 '],
		[1, 'ip saddr 10.0.0.0/24 '],
		[1, 'ip frag-off & 0x3fff != 0 '],
		[2, 'udp dport 53 '],
		[2, 'tcp dport { 80, 443 } '],
		[1, 'icmp type echo-request '],
		[1, 'meta l4proto icmp ']
	]);

function does(random: Random, { type, hook }: Base): string {
	const source = hook === 'postrouting' || hook === 'input';
	if (type === 'nat' && random.chance(0.7)) {
		return source
			? random.pick([
					...(hook === 'postrouting' ? ['masquerade', 'oifname "ext" masquerade'] : []),
					'snat ip to 198.51.100.2',
					'ip saddr 10.0.0.0/24 snat ip to 198.51.100.1'
				])
			: random.pick([
					'dnat ip to 10.0.0.2',
					'ip daddr 198.51.100.2 dnat ip to 10.0.0.3',
					'redirect'
				]);
	}
	return random.weighted([
		[6, 'counter'],
		[3, 'accept'],
		[1, 'drop'],
		[1, 'ct mark set 7'],
		[1, 'meta mark set 9'],
		[1, 'meta mark set ct mark'],
		[hook === 'prerouting' || hook === 'output' ? 3 : 0, 'notrack'],
		[hook === 'prerouting' || hook === 'output' ? 2 : 0, 'ct zone set 1'],
		[hook === 'forward' || hook === 'input' ? 1 : 0, 'reject']
	]);
}

const rule = (random: Random, place: Base): string => `${match(random)}${does(random, place)}`;

const NAMES = ['one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight'];

/** What each chain of a scenario is; a later one of its name may be another. */
function chains(random: Random): readonly (readonly [string, Base])[] {
	return NAMES.slice(0, 3 + random.below(6)).map((name) => [name, base(random)] as const);
}

/** A whole ruleset, in two tables. */
export function hooksRuleset(random: Random): string[] {
	const all = chains(random);
	const cut = random.below(all.length + 1);
	const table = (name: string, some: typeof all): string[] => [
		`table ${random.pick(['ip', 'ip', 'inet'])} ${name} {`,
		...some.flatMap(([of, it]) =>
			chain(
				of,
				hooked(it.type, it.hook, String(it.priority)),
				random.upTo(2, () => rule(random, it))
			)
		),
		'}'
	];
	return [...table('first', all.slice(0, cut)), ...table('second', all.slice(cut))];
}

/** A chain that comes or goes, with a rule in it; its family may be another's, which is an error like any. */
export function hooksCommand(random: Random): string {
	const table = `${random.pick(['ip', 'ip', 'inet'])} ${random.pick(['first', 'second'])}`;
	const name = random.pick([...NAMES.slice(0, 5), 'new', 'newer']);
	const it = base(random);
	const made = `{${hooked(it.type, it.hook, String(it.priority))} }`;
	return random.weighted<() => string>([
		[
			5,
			() => {
				const fresh = random.pick(['new', 'newer', 'newest']);
				return `nft 'add chain ${table} ${fresh} ${made}; add rule ${table} ${fresh} ${rule(random, it)}'`;
			}
		],
		[2, () => `nft 'flush chain ${table} ${name}; delete chain ${table} ${name}'`],
		[1, () => `nft delete table ${table}`],
		[1, () => `nft flush chain ${table} ${name}`],
		[2, () => 'nft list ruleset']
	])();
}

/** What shows at the end which chain has met what. */
export const HOOKS_LAST = ['conntrack -L', 'nft list ruleset'];
