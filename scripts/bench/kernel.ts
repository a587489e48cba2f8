/** The same gateway on the kernel of this machine, between two wires with a sender on both. */
import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { encodePacket } from '../../src/lib/engine';
import { packetFromJson } from '../../src/lib/scenario/packet-json';
import { INSIDE, OUTSIDE, RULES, exchange, opening } from './gateway';
import type { Segment } from './gateway';

const here = (name: string): string => fileURLToPath(new URL(name, import.meta.url));
const works = (command: string, ...args: string[]): boolean =>
	spawnSync(command, args, { stdio: 'ignore' }).status === 0;

/** Why the kernel cannot be measured here; `null` when it can. */
export function kernelMissing(): string | null {
	if (process.platform !== 'linux') return 'this is not Linux';
	if (process.getuid?.() !== 0) return 'this needs root';
	for (const tool of ['ip', 'nft', 'nsenter', 'sysctl'])
		if (!works('which', tool)) return `${tool} is not installed`;
	if (!works('unshare', '--net', 'nft', 'add table ip bench'))
		return 'network namespaces with nftables are not to be had';
	return null;
}

/** The sender's command: compiled where there is a compiler, else in Python; `null` without either. */
export function sender(directory: string): readonly string[] | null {
	const binary = join(directory, 'sender');
	for (const compiler of ['cc', 'gcc', 'clang'])
		if (works(compiler, '-O2', '-o', binary, here('sender.c'))) return [binary];
	return works('python3', '--version') ? ['python3', here('sender.py')] : null;
}

/** An Ethernet frame after the number of the wire it goes on. */
function item({ half, flags, seq, ack }: Segment): Uint8Array {
	const { src, dst, sport, dport } = half;
	const packet = packetFromJson({ ip: { src, dst }, tcp: { sport, dport, flags, seq, ack } });
	const wire = half.from === 'ext' ? 0 : 1;
	const to = [2, 0, 0, 0, 0, wire + 1];
	const from = [2, 0, 0, 0, 0, 0xee];
	return Uint8Array.from([wire, ...to, ...from, 0x08, 0x00, ...encodePacket(packet)]);
}

/**
 * Nanoseconds the kernel takes for a packet, without what sending it costs.
 *
 * @throws when the packets did not all come out at the other side
 */
export function measureKernel(
	directory: string,
	command: readonly string[],
	pinned: readonly string[],
	flows: number,
	packets: number
): number {
	const once: Uint8Array[] = [];
	const round: Uint8Array[] = [];
	for (let i = 0; i < flows; i++) {
		once.push(...opening(i).map(item));
		round.push(...exchange(i).map(item));
	}
	const rules = join(directory, 'rules.nft');
	writeFileSync(rules, `${RULES}\n`);
	const counts = [once.length, round.length, packets].map(String);
	const [program, ...args] = [
		...pinned,
		...['unshare', '--net', 'sh', here('gateway.sh'), rules],
		...[...command, 'ext', 'int', ...counts]
	];
	const output = execFileSync(program!, args, {
		input: Buffer.concat([...once, ...round]),
		env: {
			...process.env,
			OUTSIDE: `${OUTSIDE.address}/${OUTSIDE.length}`,
			OUTSIDE_PEER: OUTSIDE.peer,
			INSIDE: `${INSIDE.address}/${INSIDE.length}`,
			INSIDE_PEER: INSIDE.peer
		},
		encoding: 'utf8'
	});
	const [carried, dropped, arrived, entries] = output.trim().split(/\s+/).map(Number);
	const sent = once.length + Math.floor(packets / 256) * 256;
	if (arrived !== sent) throw new Error(`${arrived} of ${sent} packets came out of the kernel`);
	if (entries !== flows) throw new Error(`${entries} entries in the kernel for ${flows} flows`);
	return carried! - dropped!;
}

/** Bytes of one `struct nf_conn` in the kernel's own account; `null` where it cannot be read. */
export function kernelEntryBytes(): number | null {
	try {
		const line = /^nf_conntrack\s+\d+\s+\d+\s+(\d+)/m.exec(readFileSync('/proc/slabinfo', 'utf8'));
		return line ? Number(line[1]) : null;
	} catch {
		return null;
	}
}
