/** What the kernel tests need of a machine, and what they set on it while they run. */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { Agent } from './agent';

const COMMANDS = ['python3', 'ip', 'ethtool', 'nft', 'iptables-restore', 'conntrack', 'ipset'];

/** Why scenarios cannot be run on this machine's kernel; `null` where they can. */
export async function whyNot(): Promise<string | null> {
	if (process.platform !== 'linux') return `this is ${process.platform}, not Linux`;
	if (process.getuid?.() !== 0) return 'this needs root (network namespaces and raw sockets)';
	for (const command of COMMANDS) {
		if (spawnSync(command, ['--help'], { stdio: 'ignore' }).error) return `there is no ${command}`;
	}
	const agent = new Agent();
	try {
		await agent.request(
			{ do: 'lock' },
			{ do: 'namespace', name: 'probe' },
			{ do: 'listen', host: 'probe', at: 'probe' },
			{ do: 'observe' }
		);
		return null;
	} catch (error) {
		return `the kernel does not let netfilter be asked: ${(error as Error).message}`;
	} finally {
		await agent.end();
	}
}

const BUCKETS = '/proc/sys/net/netfilter/nf_conntrack_buckets';
const ERROR_COST = '/proc/sys/net/ipv4/route/error_cost';

/**
 * Sets what all namespaces share: a small hash table, since listing a table walks all of it, and
 * no limit on "net unreachable". Gives the number of buckets there were, and what undoes it.
 */
export function prepareSystem(): { readonly buckets: string; readonly restore: () => void } {
	const old = new Map<string, string>();
	const set = (path: string, value: string) => {
		if (!existsSync(path)) return;
		old.set(path, readFileSync(path, 'ascii').trim());
		writeFileSync(path, value);
	};
	set(ERROR_COST, '0');
	const buckets = readFileSync(BUCKETS, 'ascii').trim();
	if (Number(buckets) > 4096) set(BUCKETS, '4096');
	const restore = () => {
		for (const [path, value] of old) writeFileSync(path, value);
		old.clear();
	};
	process.on('exit', restore);
	for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => process.exit(130));
	return { buckets, restore };
}

/** Lets at most `width` callers in at a time; each gives back its place when it is done. */
export function gate(width: number): () => Promise<() => void> {
	let free = width;
	const waiting: (() => void)[] = [];
	const leave = () => {
		const next = waiting.shift();
		if (next) next();
		else free++;
	};
	return async () => {
		if (free > 0) free--;
		else await new Promise<void>((resolve) => waiting.push(resolve));
		return leave;
	};
}
