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

/**
 * Lets callers in, one after the other, as long as they take no more than `width` together; each gives back what it took
 * when it is done.
 */
export function gate(width: number): (share?: number) => Promise<() => void> {
	let free = width;
	const waiting: { share: number; enter: () => void }[] = [];
	const admit = () => {
		for (let next = waiting[0]; next && next.share <= free; next = waiting[0]) {
			waiting.shift();
			free -= next.share;
			next.enter();
		}
	};
	return async (share = 1) => {
		await new Promise<void>((enter) => {
			waiting.push({ share, enter });
			admit();
		});
		return () => {
			free += share;
			admit();
		};
	};
}
