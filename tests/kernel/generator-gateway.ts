/** One gateway between two wire hosts, with rules of a theme. */
import type { Step } from '../../src/lib/scenario/scenario';
import {
	IPTABLES_COMMANDS_LAST,
	NFT_COMMANDS_LAST,
	anyCommand,
	expecting
} from './generator-commands';
import { COMMANDS_IPSETS } from './generator-commands-ipset';
import { iptablesCommandsRuleset } from './generator-commands-iptables';
import { nftCommandsRuleset } from './generator-commands-nft';
import { HOOKS_LAST, hooksCommand, hooksRuleset } from './generator-hooks';
import { iptablesCommand, iptablesRuleset } from './generator-iptables';
import { nftCommand, nftRuleset } from './generator-nft';
import {
	IPTABLES_PARTS_LAST,
	PARTS_IPSETS,
	iptablesPartsCommand,
	iptablesPartsRuleset
} from './generator-parts-iptables';
import { NFT_PARTS_LAST, nftPartsCommand, nftPartsRuleset } from './generator-parts-nft';
import { TABLES_LAST, nftTablesRuleset, tablesCommand } from './generator-tables';
import type { Network, Route } from './generator-theme';
import { CLIENTS, SERVERS, STEPS, gatewayBetween } from './generator-theme';
import { varied } from './generator-varied';
import type { Random } from './random';

const OUTER = ['198.51.100.1', '198.51.100.1', '198.51.100.2'];

/** A command takes as long as many packets, and a scenario must not take so long that entries notice. */
const STEPS_OF_COMMANDS = 24;

/** What a rule language gives a scenario: its rules, changes to them, and what lists them at the end. */
interface Language {
	readonly ruleset: (random: Random) => string[];
	readonly command: (random: Random) => string;
	readonly last: readonly string[];
	/** The sets that there are from the beginning. */
	readonly ipset?: readonly string[];
}

/** What scenarios are about. */
export interface Theme {
	readonly title: string;
	/** Without it the rules are nft's. */
	readonly iptables?: Language;
	readonly nft: Language;
	/** Whether packets differ in their headers, options and payloads, too. */
	readonly varied: boolean;
	/** Where most steps are commands: how one is made, and what goes before all. */
	readonly commands?: {
		readonly one: (random: Random, iptables: boolean) => string;
		readonly opening: (random: Random) => Step[];
	};
}

/** Flows: how they are tracked, translated and let through. */
export const FLOWS: Theme = {
	title: 'seed',
	iptables: { ruleset: iptablesRuleset, command: iptablesCommand, last: [] },
	nft: { ruleset: nftRuleset, command: nftCommand, last: [] },
	varied: false
};

/** Parts of rules that read and write headers and bytes, count, and remember. */
export const PARTS: Theme = {
	title: 'parts',
	iptables: {
		ruleset: iptablesPartsRuleset,
		command: iptablesPartsCommand,
		last: IPTABLES_PARTS_LAST,
		ipset: PARTS_IPSETS
	},
	nft: { ruleset: nftPartsRuleset, command: nftPartsCommand, last: NFT_PARTS_LAST },
	varied: true
};

/** Commands of every tool, between packets of flows. */
export const COMMANDS: Theme = {
	title: 'commands',
	iptables: {
		ruleset: iptablesCommandsRuleset,
		command: iptablesCommand,
		last: IPTABLES_COMMANDS_LAST,
		ipset: COMMANDS_IPSETS
	},
	nft: {
		ruleset: nftCommandsRuleset,
		command: nftCommand,
		last: NFT_COMMANDS_LAST,
		ipset: COMMANDS_IPSETS
	},
	varied: false,
	commands: { one: anyCommand, opening: expecting }
};

/** Commands of nft and iptables on the same tables, which one of them has made. */
export const TABLES: Theme = {
	title: 'tables',
	iptables: { ruleset: iptablesRuleset, command: tablesCommand, last: TABLES_LAST },
	nft: { ruleset: nftTablesRuleset, command: tablesCommand, last: TABLES_LAST },
	varied: false,
	commands: { one: tablesCommand, opening: () => [] }
};

/** Chains at every hook and priority. */
export const AROUND_HOOKS: Theme = {
	title: 'hooks',
	nft: { ruleset: hooksRuleset, command: hooksCommand, last: HOOKS_LAST },
	varied: false
};

/** What a gateway's sysctls are, now and then. */
export function sysctls(random: Random): Record<string, number> {
	const sysctl: Record<string, number> = { 'net.ipv4.ip_forward': 1 };
	const set = (name: string, value: number) =>
		(sysctl[`net.netfilter.nf_conntrack_${name}`] = value);
	if (random.chance(0.3)) {
		set('udp_timeout', 2);
		set('tcp_timeout_syn_sent', 2);
		set('icmp_timeout', 2);
	}
	if (random.chance(0.15)) set('udp_timeout_stream', 5);
	if (random.chance(0.15)) set('tcp_loose', 0);
	if (random.chance(0.1)) set('tcp_be_liberal', 1);
	if (random.chance(0.1)) set('tcp_ignore_invalid_rst', 1);
	if (random.chance(0.1)) set('tcp_max_retrans', 2);
	if (random.chance(0.1)) set('checksum', 0);
	if (random.chance(0.1)) set('tcp_timeout_time_wait', 2);
	if (random.chance(0.05)) set('acct', 1);
	return sysctl;
}

function route(random: Random): Route {
	const client = random.pick(CLIENTS);
	const server = random.pick(SERVERS);
	return random.weighted<Route>([
		[6, { from: 'client/eth0', src: client, dst: random.pick(OUTER), back: 'server/eth0' }],
		[3, { from: 'client/eth0', src: client, dst: server, back: 'server/eth0' }],
		[8, { from: 'server/eth0', src: server, dst: client, back: 'client/eth0' }],
		[1, { from: 'server/eth0', src: server, dst: '10.0.0.1', back: 'client/eth0' }],
		[1, { from: 'server/eth0', src: server, dst: random.pick(OUTER), back: 'server/eth0' }],
		[2, { from: 'gateway', src: '198.51.100.1', dst: client, back: 'client/eth0' }],
		[1, { from: 'gateway', src: '10.0.0.1', dst: server, back: 'server/eth0' }]
	]);
}

export function conntrackCommand(random: Random): string {
	return random.weighted([
		[3, 'conntrack -F'],
		[3, 'conntrack -D -p udp'],
		[3, 'conntrack -D -s 198.51.100.10'],
		[3, 'conntrack -D -p tcp --state SYN_SENT'],
		[1, 'conntrack -D -d 10.0.0.2'],
		[1, 'conntrack -L -p tcp'],
		[1, 'conntrack -L -s 10.0.0.2'],
		[1, 'conntrack -L --mark 7'],
		[1, 'conntrack -D --mark 7'],
		[1, 'conntrack -L -n'],
		[1, 'conntrack -C']
	]);
}

/** The network of a theme. */
export function gatewayNetwork(random: Random, theme: Theme): Network {
	const iptables = theme.iptables !== undefined && random.chance(theme.varied ? 0.5 : 0.35);
	const { ruleset, command, last, ipset } = (iptables && theme.iptables) || theme.nft;
	const { commands } = theme;
	const on = 'gateway';
	const rules = {
		[iptables ? 'iptables' : 'nft']: ruleset(random),
		...(ipset ? { ipset: [...ipset] } : {})
	};
	return {
		title: theme.title,
		...gatewayBetween({ sysctl: sysctls(random), ...rules }),
		length: commands ? STEPS_OF_COMMANDS : STEPS,
		opening: commands?.opening(random) ?? [],
		weights: {
			...(theme.varied ? { rules: 6, fragments: 4 } : { rules: 3, fragments: 1 }),
			...(commands ? { advances: 0, commands: 90 } : { advances: 2 })
		},
		route,
		hold: (random, { from }) => ({
			on,
			hook: from === on ? 'output' : random.chance(0.8) ? 'forward' : 'input'
		}),
		side: (random, { back }) => {
			if (random.chance(0.9)) return back;
			return back === 'client/eth0' ? 'server/eth0' : 'client/eth0';
		},
		takesFragments: () => true,
		wires: ['client/eth0', 'server/eth0'],
		command: (random) => ({ on, command: conntrackCommand(random) }),
		...(commands
			? { anyCommand: (random: Random) => ({ on, command: commands.one(random, iptables) }) }
			: {}),
		change: (random) => ({ on, command: command(random) }),
		last: last.map((command) => ({ on, command })),
		varied: (random, packet) => (theme.varied ? varied(random, packet) : packet)
	};
}
