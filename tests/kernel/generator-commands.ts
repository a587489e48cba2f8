/** Random commands of every tool, and what goes before them. */
import type { Step } from '../../src/lib/scenario/scenario';
import { conntrackCommand } from './generator-commands-conntrack';
import { iptablesCommand } from './generator-commands-iptables';
import { ipsetCommand } from './generator-commands-ipset';
import { nftCommand } from './generator-commands-nft';
import type { Random } from './random';

/** Settings that a command may write or read; `nf_conntrack_max` is one for all namespaces, so it is left alone. */
const KNOBS = [
	'acct',
	'checksum',
	'events',
	'generic_timeout',
	'gre_timeout',
	'gre_timeout_stream',
	'icmp_timeout',
	'tcp_be_liberal',
	'tcp_ignore_invalid_rst',
	'tcp_loose',
	'tcp_max_retrans',
	'tcp_timeout_close',
	'tcp_timeout_close_wait',
	'tcp_timeout_established',
	'tcp_timeout_fin_wait',
	'tcp_timeout_last_ack',
	'tcp_timeout_max_retrans',
	'tcp_timeout_syn_recv',
	'tcp_timeout_syn_sent',
	'tcp_timeout_time_wait',
	'tcp_timeout_unacknowledged',
	'timestamp',
	'udp_timeout',
	'udp_timeout_stream',
	'count',
	'log_invalid',
	'frag6_timeout',
	'nosuch'
].map((name) => `net.netfilter.nf_conntrack_${name}`);

function sysctlCommand(random: Random): string {
	const knob = random.pick(KNOBS);
	// A second more or less must not matter, so no time is as short as that, or less than nothing.
	const value = random.pick([
		...(knob.includes('timeout') ? [20, 600] : [1, 1, 2, -1]),
		...[0, 20, 120, 300, 255, 256, '0x10', '010', 'x', '', '4294967296']
	]);
	return random
		.weighted<() => string>([
			[5, () => `sysctl ${random.pick(['-w', '-w', '-qw', ''])} ${knob}=${value}`],
			[3, () => `sysctl ${random.pick(['', '-n', '-N', '-e', '-b'])} ${knob}`],
			[1, () => `sysctl -w ${knob.replaceAll('.', '/')}=${value}`],
			[1, () => `sysctl -w ${knob}=${value} ${random.pick(KNOBS)}=1`],
			[1, () => `sysctl ${knob} ${random.pick(KNOBS)}`],
			[1, () => `sysctl -w ${knob}`]
		])()
		.replace(/ +/g, ' ');
}

const COMMAND = /^(-[A-Z]|--(dump|stats|flush|count))$/;

/** A command with one word left out, said twice, in another's place, or misspelt. */
function spoilt(random: Random, command: string): string {
	const [name = '', ...words] = command.split(' ');
	if (words.length < 2) return command;
	const at = random.below(words.length);
	const word = words[at]!;
	// What is between quotes stays there; and `conntrack` without a command prints how it is used, which is its own text.
	if (/['"]/.test(word) || (name === 'conntrack' && COMMAND.test(word))) return command;
	const other = random.pick([[], [word, word], [`${word}x`], ['nosuch'], ['1']]);
	words.splice(at, 1, ...other);
	return [name, ...words].join(' ');
}

/** A command of any of the tools; `own` are those of the rules that the scenario has. */
export function anyCommand(random: Random, iptables: boolean): string {
	const command = random.weighted<(random: Random) => string>([
		[10, conntrackCommand],
		[iptables ? 2 : 10, (random) => nftCommand(random, !iptables)],
		[iptables ? 10 : 2, (random) => iptablesCommand(random, iptables)],
		[6, ipsetCommand],
		[3, sysctlCommand]
	])(random);
	return random.chance(0.06) ? spoilt(random, command) : command;
}

/** An FTP control connection that announces a port, so that something is expected. */
export function expecting(random: Random): Step[] {
	const [src, dst] = [random.pick(['198.51.100.10', '198.51.100.11']), '10.0.0.2'];
	const ports = { sport: 4021, dport: 21 };
	const from = 'client/eth0';
	const ip = { src, dst };
	return [
		{ send: { from, packet: { ip, tcp: { ...ports, flags: 'S', seq: 1000 } } } },
		{
			send: {
				from: 'server/eth0',
				replyTo: 0,
				packet: { tcp: { flags: 'SA', seq: 5000, ack: 1001 } }
			}
		},
		{ send: { from, packet: { ip, tcp: { ...ports, flags: 'A', seq: 1001, ack: 5001 } } } },
		{
			send: {
				from,
				packet: {
					ip,
					tcp: { ...ports, flags: 'PA', seq: 1001, ack: 5001 },
					payload: `PORT ${src.replaceAll('.', ',')},19,137\r\n`
				}
			}
		}
	];
}

/** What shows at the end what has become of it all; what nft wrote, iptables is not asked for. */
export const IPTABLES_COMMANDS_LAST = [
	'conntrack -L',
	'iptables-save -c',
	'ipset save -s hosts',
	'nft list ruleset'
];
export const NFT_COMMANDS_LAST = ['conntrack -L', 'ipset save -s hosts', 'nft list ruleset'];
