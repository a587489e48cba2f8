/** Carrying out a scenario's steps on a world. */
import type { Arrival, Host, Packet, Walk, World } from '../engine';
import { decodeTransport, encodeTransport } from '../engine';
import { runCommand } from './commands/run';
import type { CommandResult } from './commands/result';
import { packetFromJson, replyJson } from './packet-json';
import type { PacketJson } from './packet-json';
import type { Scenario, Step } from './scenario';

/** What one step brought about, besides what is in the hosts. */
export interface StepResult {
	readonly skipped: boolean;
	readonly arrivals: readonly Arrival[];
	readonly command: CommandResult | null;
}

/** What a raw socket fills in: a missing id and a missing source (`raw_send_hdrinc`). */
function completed(host: Host, packet: Packet): Packet {
	const { ip } = packet;
	const id = ip.id === 0 ? host.nextIdentification() : ip.id;
	if (ip.src !== 0) return { ...packet, ip: { ...ip, id } };
	const route = host.lookup(ip.dst);
	const src = route?.type === 'local' ? ip.dst : route ? host.sourceFor(route, ip.dst) : null;
	// The checksum was made by the sender, over the source it gave: none.
	const header = { ...ip, id, src: src ?? 0 };
	return { ip: header, l4: decodeTransport(header, encodeTransport(ip, packet.l4)) };
}

const NOTHING: StepResult = { skipped: true, arrivals: [], command: null };

/**
 * Runs a scenario step by step. `begin` starts a step without letting its packets walk; `run`
 * does the whole step.
 */
export class ScenarioRunner {
	/** What arrived at wire hosts in each step so far. */
	private readonly arrivals: Arrival[][] = [];
	/** Walks that steps held, by step. */
	private readonly holding = new Map<number, Walk>();

	constructor(
		readonly world: World,
		readonly scenario: Scenario
	) {}

	/** Do step `index` to its end. */
	run(index: number): StepResult {
		const { world } = this;
		const list: Arrival[] = [];
		this.arrivals[index] = list;
		world.onArrival = (arrival) => list.push(arrival);
		world.journal.set(world, 'step', index);
		world.tell({ kind: 'step', index });
		const result = this.begin(this.scenario.steps[index]!);
		if (!result) return { ...NOTHING };
		world.run();
		const held = world.held.find((walk) => walk.step === index);
		if (held) this.holding.set(index, held);
		return { ...result, arrivals: list };
	}

	/** The first packet that came out at an interface in a step. */
	private arrived(step: number, at: string): Packet | null {
		return this.arrivals[step]?.find((one) => one.at === at)?.packet ?? null;
	}

	private begin(step: Step): StepResult | null {
		const { world } = this;
		const plain: StepResult = { skipped: false, arrivals: [], command: null };
		if ('advance' in step) {
			world.advance(step.advance);
			return plain;
		}
		if ('run' in step) {
			const { on, command } = step.run;
			const host = world.hosts.get(on)!;
			const { ruleset } = host;
			const result = runCommand(host, command, world.now);
			world.tell({
				kind: 'command',
				host: on,
				command,
				exit: result.exit,
				output: [...result.stdout, ...result.stderr]
			});
			world.dropHeld(host, { ruleset });
			world.unlearn(host);
			return { ...plain, command: result };
		}
		if ('release' in step) {
			const walk = this.holding.get(step.release);
			if (!walk) return plain;
			this.holding.delete(step.release);
			world.release(walk);
			return plain;
		}
		return this.send(step) ? plain : null;
	}

	/** `false` when a packet that it answers or quotes never came. */
	private send(step: Extract<Step, { send: unknown }>): boolean {
		const { world } = this;
		const { from, packet: json, replyTo, hold } = step.send;
		let asked: PacketJson = json;
		if (replyTo !== undefined) {
			const packet = this.arrived(replyTo, from);
			if (!packet) return false;
			asked = replyJson(packet, json);
		}
		let quoted: Packet | null = null;
		const { innerFrom } = json.icmp ?? {};
		if (innerFrom !== undefined) {
			quoted = this.arrived(innerFrom, from);
			if (!quoted) return false;
		}
		const packet = packetFromJson(asked, quoted);
		const host = world.hosts.get(from);
		if (host) {
			world.originate(host, completed(host, packet), {
				origin: 'sent',
				hold: hold && hold.on === from ? hold.hook : null
			});
		} else
			world.sendFromWire(
				world.wireInterfaces.get(from)!,
				packet,
				hold ? { on: hold.on, hook: hold.hook } : null
			);
		return true;
	}
}
