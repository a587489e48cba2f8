/** Random `iptables` commands: every command on every table, right and now and then wrong. */
import {
	filterRule,
	iptablesRuleset,
	mangleRule,
	postroutingRule,
	preroutingRule,
	rawRule
} from './generator-iptables';
import type { Random } from './random';

/** A ruleset of flows that has FTP's control connections read. */
export function iptablesCommandsRuleset(random: Random): string[] {
	const lines = iptablesRuleset(random);
	const at = lines.indexOf(':OUTPUT ACCEPT [0:0]') + 1;
	return lines.toSpliced(at, 0, '-A PREROUTING -p tcp -m tcp --dport 21 -j CT --helper ftp');
}

/** A table of iptables. */
export type Table = 'raw' | 'mangle' | 'nat' | 'filter' | 'security';

const CHAINS: Readonly<Record<Table, readonly string[]>> = {
	raw: ['PREROUTING', 'OUTPUT'],
	mangle: ['PREROUTING', 'INPUT', 'FORWARD', 'OUTPUT', 'POSTROUTING'],
	nat: ['PREROUTING', 'INPUT', 'OUTPUT', 'POSTROUTING', 'WEB'],
	filter: ['INPUT', 'FORWARD', 'FORWARD', 'OUTPUT', 'MORE'],
	security: ['INPUT', 'FORWARD']
};
const OWN = ['ONE', 'TWO', 'MORE'];

function chainOf(random: Random, table: Table): string {
	return random.weighted<() => string>([
		[8, () => random.pick(CHAINS[table])],
		[3, () => random.pick(OWN)],
		[1, () => random.pick(['NOSUCH', 'PREROUTING', 'forward'])]
	])();
}

const jump = (random: Random): string =>
	random.pick(['-j ONE', '-j TWO', '-g ONE', '-j NOSUCH', '-p udp -j ONE', '-s 10.0.0.2 -j TWO']);

function ruleOf(random: Random, table: Table, chain: string): string {
	if (random.chance(0.2)) return jump(random);
	if (random.chance(0.2))
		return random.pick([
			'-p tcp --dport 80',
			'-s 10.0.0.2,10.0.0.3 -j ACCEPT',
			'! -s 10.0.0.0/24 -j RETURN',
			'-p udp --dport 9 -j DROP',
			'-p 89 -j ACCEPT',
			'-p tcp --syn -j ACCEPT',
			'-i ext -m mark --mark 7 -j RETURN',
			'-m set --match-set hosts src -j ACCEPT',
			'-m set --match-set nosuch src -j ACCEPT',
			'-p tcp -m multiport --dports 80,443 -j ACCEPT',
			'-m comment --comment "of two" -j ACCEPT',
			'--dport 80 -j ACCEPT',
			'-p icmp --icmp-type echo-request -j ACCEPT',
			'-j LOG --log-prefix "seen "',
			'-m limit --limit 5/min -j ACCEPT'
		]);
	if (table === 'raw') return rawRule(random);
	if (table === 'mangle') return mangleRule(random);
	if (table === 'nat' && chain === 'POSTROUTING') return postroutingRule(random);
	if (table === 'nat') return preroutingRule(random);
	return filterRule(random);
}

function listing(random: Random, table: Table, chain: string): string {
	const about = random.pick(['', '', ` ${chain}`, ` ${chain} ${random.pick([1, 2, 9])}`]);
	const flags = random.some(['-n', '-v', '-x', '--line-numbers'], 4).join(' ');
	return random.weighted<() => string>([
		[5, () => `-L${about} ${flags}`],
		[4, () => `-S${about}${random.pick(['', '', ' -v'])}`],
		[1, () => `-nvL${about}`],
		[table === 'raw' ? 0 : 1, () => `-L${about.replace(/ \d+$/, '')} -Z`]
	])();
}

/**
 * A command that changes or lists tables. Where the rules are not its `own`, only tables are named that nft's rules do
 * not use: how it reads what nft wrote is not asked.
 */
export function iptablesCommand(random: Random, own: boolean): string {
	const table = random.weighted<Table>([
		[2, 'raw'],
		[3, 'mangle'],
		[own ? 5 : 0, 'nat'],
		[own ? 7 : 0, 'filter'],
		[1, 'security']
	]);
	const chain = chainOf(random, table);
	const rule = (): string => ruleOf(random, table, chain);
	const number = (): string => String(random.pick([1, 1, 2, 3, 9, 0]));
	const verbose = random.chance(0.1) ? '-v ' : '';
	if (random.chance(0.1))
		return `iptables-save${random.pick(['', ' -c'])}${random.pick([own ? '' : ` -t ${table}`, ` -t ${table}`, ' -t nosuch'])}`;
	const command = random.weighted<() => string>([
		[6, () => `-A ${chain} ${rule()}`],
		[4, () => `-I ${chain} ${random.pick(['', number()])} ${rule()}`],
		[2, () => `-D ${chain} ${number()}`],
		[3, () => `-D ${chain} ${rule()}`],
		[2, () => `-C ${chain} ${rule()}`],
		[2, () => `-R ${chain} ${number()} ${rule()}`],
		[3, () => `-N ${random.pick([...OWN, 'ACCEPT', 'INPUT', 'A-CHAIN'])}`],
		[2, () => `-X ${random.pick(['', ...OWN, 'NOSUCH', chain])}`],
		[2, () => `-E ${random.pick(OWN)} ${random.pick([...OWN, 'THREE', 'INPUT'])}`],
		[2, () => `-P ${chain} ${random.pick(['ACCEPT', 'DROP', 'REJECT', 'RETURN'])}`],
		[2, () => `-F ${random.pick(['', chain])}`],
		// In `raw` it puts `CT --helper` in anew, and what waits in the host is gone.
		[table === 'raw' ? 0 : 2, () => `-Z ${random.pick(['', chain, `${chain} ${number()}`])}`],
		[9, () => listing(random, table, chain)]
	])();
	const where = table === 'filter' && random.chance(0.7) ? '' : `-t ${table} `;
	// Said twice it makes the tool print how it looks for its chains; and a rule is told before its chain is missed.
	const said = / -\w*v/.test(` ${command}`) || OWN.includes(chain) ? '' : verbose;
	return `iptables ${where}${said}${command}`.replace(/ +/g, ' ').trim();
}
