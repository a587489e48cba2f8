/**
 * One measurement of the engine, in a process of its own: what the compiler learned of one must
 * not tell on the next. Arguments: flows, entries, `plain` or `recording`, packets.
 * Prints one JSON line.
 */
import type { Packet } from '../../src/lib/engine';
import type { WireInterface, World } from '../../src/lib/engine';
import { buildWorld } from '../../src/lib/scenario/build';
import { packetFromJson } from '../../src/lib/scenario/packet-json';
import { INSIDE, OUTSIDE, RULES, exchange, opening } from './gateway';
import type { Segment } from './gateway';

export interface EngineFigures {
	/** Nanoseconds of CPU time a packet took, without what fetching it from the sender's memory takes. */
	readonly perPacket: number;
	/** Bytes of heap an entry takes; `null` without `--expose-gc`. */
	readonly bytesPerEntry: number | null;
	/** Events told a packet. */
	readonly eventsPerPacket: number;
}

type Sending = readonly [at: WireInterface, packet: Packet];

function gateway(): World {
	const built = buildWorld({
		version: 1,
		hosts: {
			internet: {
				kind: 'wire',
				interfaces: { eth0: { address: `${OUTSIDE.peer}/${OUTSIDE.length}` } }
			},
			gateway: {
				kind: 'linux',
				interfaces: {
					ext: { address: `${OUTSIDE.address}/${OUTSIDE.length}` },
					int: { address: `${INSIDE.address}/${INSIDE.length}` }
				},
				routes: [{ to: 'default', via: OUTSIDE.peer }],
				sysctl: {
					'net.ipv4.ip_forward': 1,
					'net.netfilter.nf_conntrack_max': 2_000_000
				},
				nft: RULES.split('\n')
			},
			server: {
				kind: 'wire',
				interfaces: { eth0: { address: `${INSIDE.peer}/${INSIDE.length}` } }
			}
		},
		links: [
			['internet/eth0', 'gateway/ext'],
			['server/eth0', 'gateway/int']
		],
		steps: []
	});
	if (!built.ok) throw new Error(JSON.stringify(built.errors));
	return built.world;
}

function sending(world: World, { half, flags, seq, ack }: Segment): Sending {
	const at = world.wireInterfaces.get(half.from === 'ext' ? 'internet/eth0' : 'server/eth0')!;
	const { src, dst, sport, dport } = half;
	return [at, packetFromJson({ ip: { src, dst }, tcp: { sport, dport, flags, seq, ack } })];
}

function heap(): number | null {
	const { gc } = globalThis as { gc?: () => void };
	if (!gc) return null;
	gc();
	gc();
	return process.memoryUsage().heapUsed;
}

/** Nanoseconds of this process's own time, so that others on the machine do not count. */
function timed(work: () => void): number {
	const start = process.cpuUsage();
	work();
	const { user, system } = process.cpuUsage(start);
	return (user + system) * 1000;
}

/** Takes what `readAll` reads, so that no compiler leaves the reading out. */
export let read = 0;

/** Fetches packets out of memory, as a sender has to whoever carries them; the kernel's figure is without that too. */
function readAll(all: readonly Sending[], count: number): void {
	for (let i = 0, at = 0; i < count; i++) {
		const { ip, l4 } = all[at]![1];
		if (l4.kind === 'tcp') read ^= ip.src ^ ip.dst ^ l4.sport ^ l4.seq ^ l4.ack ^ l4.payload.length;
		at = at + 1 === all.length ? 0 : at + 1;
	}
}

function measure(flows: number, entries: number, recording: boolean, packets: number) {
	const world = gateway();
	let arrived = 0;
	world.onArrival = () => arrived++;
	const send = ([at, packet]: Sending): void => {
		world.sendFromWire(at, packet, null);
		world.run();
	};
	const { conntrack } = world.hosts.get('gateway')!;
	const before = heap();
	for (let i = 0; i < entries; i++) {
		for (const one of opening(i)) send(sending(world, one));
		// Events of the handshakes would be counted as the entries' memory.
		conntrack.log.length = 0;
	}
	const after = heap();
	if (conntrack.table.entries.size !== entries) throw new Error('a flow has no entry');

	// The flows that send lie evenly among all that the table holds.
	const all: Sending[] = [];
	for (let n = 0; n < flows; n++) {
		for (const one of exchange(Math.floor((n * entries) / flows))) all.push(sending(world, one));
	}
	let events = 0;
	if (recording) {
		world.journal.record(true);
		// As a timeline takes them: each event with the changes since the one before.
		let kept: unknown;
		world.listener = (event) => {
			events++;
			kept = { event, changes: world.journal.take() };
		};
		void kept;
	}
	const go = (count: number): void => {
		for (let i = 0, at = 0; i < count; i++) {
			send(all[at]!);
			at = at + 1 === all.length ? 0 : at + 1;
		}
	};
	go(packets >> 2);
	arrived = 0;
	events = 0;
	const carried = timed(() => go(packets));
	if (arrived !== packets) throw new Error(`${packets - arrived} packets did not arrive`);
	readAll(all, packets >> 2);
	const fetched = timed(() => readAll(all, packets));
	const figures: EngineFigures = {
		perPacket: (carried - fetched) / packets,
		bytesPerEntry: before === null || after === null ? null : (after - before) / entries,
		eventsPerPacket: events / packets
	};
	return figures;
}

const [flows, entries, mode, packets] = process.argv.slice(2);
console.log(
	JSON.stringify(measure(Number(flows), Number(entries), mode === 'recording', Number(packets)))
);
