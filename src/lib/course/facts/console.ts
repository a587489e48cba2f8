/** Commands on a scenario's host, and what the real ones print there. */
import { runIptablesCommand, runNftCommand, type Host } from '../../engine';
import { rulesEnv, runCommand } from '../../scenario/commands/run';
import { listing, listingLine } from './conntrack';
import { hostOf, type Played } from './play';

interface Said {
	readonly exit: number;
	readonly lines: readonly string[];
}

/**
 * Runs a command line as a reader would, with the lines in the layout of the real tool, standard error among them.
 * What it changes stays changed in `played`.
 */
export function runInConsole(played: Played, command: string, hostName?: string): Said {
	const host = hostOf(played, hostName);
	const { now } = played.world;
	const [name = '', rest = ''] = /^(\S*)\s*([\s\S]*)$/.exec(command.trim())?.slice(1) ?? [];
	if (name === 'nft') {
		const result = runNftCommand(host.ruleset, rest, rulesEnv(host, now));
		host.ruleset = result.ruleset;
		return { exit: result.exit, lines: lines([...result.stderr, ...result.stdout]) };
	}
	if (name === 'iptables' || name === 'iptables-save') {
		const result = runIptablesCommand(host.ruleset, command.trim(), rulesEnv(host, now));
		host.ruleset = result.ruleset;
		return { exit: result.exit, lines: lines([...result.stderr, ...result.stdout]) };
	}
	const result = runCommand(host, command, now);
	if (name !== 'conntrack' || result.exit !== 0)
		return { exit: result.exit, lines: [...result.stderr, ...result.stdout] };
	return { exit: 0, lines: conntrackLines(played, host, rest, result.stdout) };
}

/** A text of several lines may come as one. */
function lines(parts: readonly string[]): string[] {
	return parts.flatMap((part) => part.replace(/\n$/, '').split('\n'));
}

const TOOL = 'conntrack v1.4.7 (conntrack-tools):';

const DONE: Record<string, string> = {
	'-L': 'shown',
	'--dump': 'shown',
	'-D': 'deleted',
	'--delete': 'deleted',
	'-U': 'updated',
	'--update': 'updated'
};

function conntrackLines(
	played: Played,
	host: Host,
	rest: string,
	stdout: readonly string[]
): string[] {
	// The tool prints a line for each processor: the host has one.
	if (/^(-S|--stats)\b/.test(rest)) return stdout.map((line) => `cpu=0   \t${line}`);
	if (/(^|\s)expect(\s|$)/.test(rest))
		return [...stdout, `${TOOL} ${stdout.length} expectations have been shown.`];
	if (!stdout.some((line) => / src=/.test(line)))
		return [...stdout, ...tally(rest, 0).filter(() => stdout.length === 0 && /-L/.test(rest))];
	// The command without choice prints the table in its own order; a choice keeps that order too.
	const all = listing(played, host.name);
	const shown = stdout.map(listingLine);
	const ordered = all.filter((line) => shown.includes(line));
	return [...(ordered.length === shown.length ? ordered : shown), ...tally(rest, shown.length)];
}

/** The line that the tool writes to standard error when it is done. */
function tally(rest: string, count: number): string[] {
	const did = rest.split(/\s+/).flatMap((word) => DONE[word] ?? [])[0];
	return did ? [`${TOOL} ${count} flow entries have been ${did}.`] : [];
}
