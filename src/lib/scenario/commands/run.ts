/** A command line on a Linux host. */
import type { Host } from '../../engine';
import {
	findSet,
	ipsetReferences,
	runIpsetCommand,
	runIptablesCommand,
	runNftCommand
} from '../../engine';
import { conntrackCommand } from './conntrack';
import { ipCommand } from './ip';
import type { CommandResult } from './result';
import { failed, words } from './result';
import { sysctlCommand } from './sysctl';

/** What rule texts need of their host. */
export function rulesEnv(
	host: Host,
	now: number
): {
	readonly now: number;
	hasInterface(name: string): boolean;
	interfaceIndex(name: string): number | null;
	enableAccounting(): void;
	nextHandle(): number;
	nextRegistration(): number;
	journal: Host['journal'];
	hasSet(name: string): boolean;
} {
	return {
		now,
		hasInterface: (name) => name === 'lo' || host.interface(name) !== null,
		interfaceIndex: (name) => host.interface(name)?.index ?? null,
		enableAccounting: () =>
			host.journal.set(host.conntrack, 'settings', { ...host.conntrack.settings, acct: true }),
		nextHandle: () => host.nextHandle(),
		nextRegistration: () => host.nextRegistration(),
		journal: host.journal,
		hasSet: (name) => findSet(host.ipsets, name) !== undefined
	};
}

/**
 * Run a command. Its output is as an observation has it: runs of blanks as one, trimmed, empty
 * lines left out.
 */
export function runCommand(host: Host, line: string, now: number): CommandResult {
	const result = dispatch(host, line.trim(), now);
	return {
		...result,
		stdout: result.stdout.map((text) => text.replace(/\s+/g, ' ').trim()).filter((t) => t !== '')
	};
}

function dispatch(host: Host, line: string, now: number): CommandResult {
	const [name = '', rest = ''] = /^(\S*)\s*([\s\S]*)$/.exec(line)?.slice(1) ?? [];
	const { journal } = host;
	switch (name) {
		case 'nft': {
			const result = runNftCommand(host.ruleset, rest, rulesEnv(host, now));
			if (result.ruleset !== host.ruleset) journal.set(host, 'ruleset', result.ruleset);
			return result;
		}
		case 'iptables':
		case 'iptables-save':
		case 'iptables-restore': {
			const result = runIptablesCommand(host.ruleset, line, rulesEnv(host, now));
			if (result.ruleset !== host.ruleset) journal.set(host, 'ruleset', result.ruleset);
			return result;
		}
		case 'ipset': {
			const references = (name: string): number => ipsetReferences(host.ruleset, name);
			const result = runIpsetCommand(host.ipsets, rest, { journal, now, references });
			if (result.sets !== host.ipsets) journal.set(host, 'ipsets', result.sets);
			return result;
		}
		case 'conntrack':
			return conntrackCommand(host, words(rest), now);
		case 'sysctl':
			return sysctlCommand(host, words(rest));
		case 'ip':
			return ipCommand(host, words(rest), now);
		default:
			return failed(`${name}: not a command of this host`, 127);
	}
}
