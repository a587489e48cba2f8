/** What the kernel tests need of a machine, and what they set on it while they run. */
import { spawnSync } from 'node:child_process';
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

/**
 * Sets what all namespaces share for as long as the agent lives. Gives the number of hash buckets
 * that the kernel had chosen for itself.
 */
export async function prepareSystem(agent: Agent): Promise<string> {
	const [before] = (await agent.request({ do: 'shareSystem' })) as [Record<string, string>];
	return before[BUCKETS]!;
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
