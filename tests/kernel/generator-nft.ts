/** Random nft rulesets for the generator, and random changes to them. */
import type { Random } from './random';

const PORTS = [22, 53, 80, 443, 8080];
const L4 = ['tcp', 'udp'];

/** `tcp dport 80`, mostly with an interface or an address before it. */
function toPort(random: Random): string {
	const where = random.weighted([
		[3, ''],
		[2, 'ip daddr 198.51.100.1 '],
		[2, 'iifname "ext" ip daddr 198.51.100.1 '],
		[1, 'iifname "ext" ']
	]);
	return `${where}${random.pick(L4)} dport ${random.pick(PORTS)}`;
}

export function preroutingRule(random: Random): string {
	return random.weighted<() => string>([
		[3, () => `${toPort(random)} dnat to 10.0.0.${random.pick([2, 3])}`],
		[3, () => `${toPort(random)} dnat to 10.0.0.${random.pick([2, 3])}:${random.pick(PORTS)}`],
		[2, () => 'ip daddr 198.51.100.2 dnat to 10.0.0.3'],
		[2, () => `${toPort(random)} redirect to :${random.pick([9000, 8080])}`],
		[1, () => `${toPort(random)} redirect`],
		[1, () => `${toPort(random)} dnat to 10.0.0.2:9100-9999`],
		[1, () => `${toPort(random)} dnat to 10.0.0.2-10.0.0.3`],
		[1, () => 'dnat to tcp dport map { 80 : 10.0.0.2, 443 : 10.0.0.3 }'],
		[1, () => `${toPort(random)} accept`],
		[1, () => `${toPort(random)} counter`]
	])();
}

function outputRule(random: Random): string {
	return random.pick([
		'udp dport 53 dnat to 10.0.0.2:5353',
		'tcp dport 80 dnat to 10.0.0.3:8080',
		'ip daddr 198.51.100.11 dnat to 10.0.0.2',
		'udp dport 9 redirect to :9000'
	]);
}

export function postroutingRule(random: Random): string {
	return random.weighted([
		[4, 'oifname "ext" masquerade'],
		[2, 'oifname "int" masquerade'],
		[2, 'ip saddr 10.0.0.0/24 oifname "ext" snat to 198.51.100.2'],
		// One port, which is soon taken, or a thousand. With a few it would be left to chance whether
		// a flow that begins anew meets the old one's answers.
		[1, 'oifname "ext" ip protocol tcp snat to 198.51.100.1:2000'],
		[2, 'oifname "ext" ip protocol tcp snat to 198.51.100.1:2000-2999'],
		[1, 'oifname "ext" ip protocol udp masquerade to :3000'],
		[2, 'oifname "ext" ip protocol udp masquerade to :3000-3999'],
		[1, 'ip saddr 10.0.0.0/24 oifname "ext" snat to 198.51.100.1-198.51.100.2'],
		[1, 'oifname "ext" masquerade random'],
		[1, 'ip saddr 10.0.0.3 accept'],
		[1, 'oifname "int" ip protocol icmp snat to 10.0.0.1']
	]);
}

/** A rule of a filter chain; `hook` says which reject is wise and which interface is known. */
export function filterRule(
	random: Random,
	hook: 'forward' | 'input' | 'output' | 'prerouting'
): string {
	const rejects: [number, string][] =
		hook === 'forward' || hook === 'input'
			? [
					[2, 'tcp dport 22 reject with tcp reset'],
					[1, 'reject with icmp port-unreachable'],
					[1, 'udp dport 443 reject with icmp admin-prohibited'],
					[1, 'ip saddr 198.51.100.11 reject']
				]
			: [];
	const incoming: [number, string][] =
		hook === 'output' ? [] : [[2, 'ct state new iifname "int" accept']];
	return random.weighted<string>([
		[4, 'ct state established,related accept'],
		[3, 'ct state invalid drop'],
		[2, 'ct state new tcp flags & (fin|syn|rst|ack) != syn drop'],
		[2, 'ct state vmap { established : accept, related : accept, invalid : drop }'],
		[2, 'ct status dnat accept'],
		[2, 'ct status snat accept'],
		[2, 'ct status assured accept'],
		[1, 'ct status seen-reply counter'],
		[2, 'ct original ip daddr 198.51.100.1 accept'],
		[1, 'ct reply ip saddr 10.0.0.2 accept'],
		[2, 'ct direction reply accept'],
		[2, 'ct mark 7 accept'],
		[1, 'meta mark 9 drop'],
		[2, 'ip protocol icmp accept'],
		[2, 'udp dport 53 accept'],
		[2, 'tcp dport { 80, 443, 8080 } accept'],
		[2, 'tcp flags & (syn|ack) == syn accept'],
		[1, 'icmp type echo-request accept'],
		[1, 'icmp type { echo-reply, timestamp-request } drop'],
		[1, 'ip ttl < 64 counter'],
		[1, 'ip length > 60 counter'],
		[1, 'jump more'],
		[1, 'goto more'],
		[1, 'udp sport 5001 drop'],
		[1, 'counter'],
		[1, 'limit rate 2/hour burst 5 packets accept'],
		[1, 'ct state untracked accept'],
		[1, 'ct state new drop'],
		...incoming,
		...rejects
	]);
}

const more = (random: Random) =>
	random.draw(
		[
			'udp dport 53 return',
			'tcp dport 80 accept',
			'ct state new counter',
			'ip saddr 10.0.0.3 drop',
			'icmp type echo-request return',
			'meta l4proto tcp counter'
		],
		random.below(3)
	);

export function rawRule(random: Random): string {
	return random.weighted([
		[2, 'udp dport 53 notrack'],
		[2, 'ip saddr 198.51.100.11 notrack'],
		[2, 'tcp sport 8080 notrack'],
		[1, 'ip protocol icmp notrack'],
		[1, 'udp dport 9 ct zone set 1'],
		[1, 'iifname "int" ct original zone set 2'],
		[1, 'tcp dport 9999 drop']
	]);
}

export function mangleRule(random: Random): string {
	return random.weighted([
		[2, 'ip saddr 198.51.100.11 ct mark set 7'],
		[2, 'ct state new ct mark set 7'],
		[2, 'tcp dport 443 ct mark set 7'],
		[1, 'meta mark set ct mark'],
		[1, 'udp dport 8080 meta mark set 9'],
		[1, 'ct mark set meta mark'],
		[1, 'ct mark 7 ct mark set 8']
	]);
}

/** A chain of a table, as lines. */
export const chain = (name: string, head: string, rules: readonly string[]) => [
	`  chain ${name} {${head}`,
	...rules.map((rule) => `    ${rule}`),
	'  }'
];

/** The head of one that is hooked in. */
export const hooked = (type: string, hook: string, priority: string, policy = 'accept') =>
	` type ${type} hook ${hook} priority ${priority}; policy ${policy};`;

/** A whole ruleset: translation, filtering, and what comes before. */
export function nftRuleset(random: Random): string[] {
	const lines: string[] = [];
	if (random.chance(0.95)) {
		lines.push('table ip nat {');
		const pre = random.upTo(3, () => preroutingRule(random));
		lines.push(...chain('prerouting', hooked('nat', 'prerouting', 'dstnat'), pre));
		if (random.chance(0.2)) {
			const rules = random.some(['udp dport 8080 snat to 10.0.0.2', 'counter'], 2);
			lines.push(...chain('input', hooked('nat', 'input', '100'), rules));
		}
		const out = random.chance(0.5) ? [outputRule(random)] : [];
		lines.push(...chain('output', hooked('nat', 'output', '-100'), out));
		const post = random.upTo(2, () => postroutingRule(random));
		lines.push(...chain('postrouting', hooked('nat', 'postrouting', 'srcnat'), post), '}');
	}
	lines.push(`table ip filter {`, ...chain('more', '', more(random)));
	const policy = random.pick(['accept', 'drop']);
	const forward = random.upTo(5, () => filterRule(random, 'forward'));
	lines.push(...chain('forward', hooked('filter', 'forward', 'filter', policy), forward));
	const input = random.upTo(2, () => filterRule(random, 'input'));
	lines.push(...chain('input', hooked('filter', 'input', 'filter'), input));
	if (random.chance(0.3)) {
		const output = random.upTo(2, () => filterRule(random, 'output'));
		lines.push(...chain('output', hooked('filter', 'output', 'filter'), output));
	}
	lines.push('}', 'table ip early {');
	const raw = random.chance(0.4) ? [rawRule(random)] : [];
	lines.push(...chain('raw', hooked('filter', 'prerouting', 'raw'), raw));
	const mangle = random.chance(0.5) ? [mangleRule(random)] : [];
	lines.push(...chain('mangle', hooked('filter', 'prerouting', 'mangle'), mangle), '}');
	return lines;
}

/** A command that changes or lists such a ruleset; no base chain comes or goes. */
export function nftCommand(random: Random): string {
	return random.weighted<() => string>([
		[2, () => `nft add rule ip filter forward ${filterRule(random, 'forward')}`],
		[2, () => `nft insert rule ip filter forward ${filterRule(random, 'forward')}`],
		[1, () => 'nft flush chain ip filter forward'],
		[2, () => `nft add rule ip nat prerouting ${preroutingRule(random)}`],
		[2, () => `nft insert rule ip nat postrouting ${postroutingRule(random)}`],
		[1, () => 'nft flush chain ip nat prerouting'],
		[1, () => 'nft flush chain ip nat postrouting'],
		[1, () => `nft add rule ip early raw ${rawRule(random)}`],
		[1, () => 'nft flush chain ip early raw'],
		[1, () => `nft add rule ip early mangle ${mangleRule(random)}`],
		[1, () => 'nft list chain ip filter forward'],
		[1, () => 'nft list table ip filter'],
		[1, () => 'nft list table ip nat']
	])();
}
