/** Carrying out a scenario on the real kernel, and telling what it did in the observation's form. */
import { release } from 'node:os';
import { decodePacket, encodePacket } from '../../src/lib/engine/packet';
import type { Packet } from '../../src/lib/engine/packet';
import type { Observation, StepObservation } from '../../src/lib/scenario/observation';
import { asText } from '../../src/lib/scenario/scenario';
import type { Scenario, Step } from '../../src/lib/scenario/scenario';
import { packetFromJson, packetToJson, replyJson } from '../../src/lib/scenario/packet-json';
import type { PacketJson } from '../../src/lib/scenario/packet-json';
import { Agent } from './agent';
import type { CommandResult, Operation, Sighting } from './agent';
import { tidyOutput } from './output';
import {
	WIRE,
	makeInterfaces,
	makeNamespaces,
	neighbourLines,
	neighbourOf,
	portsOf,
	wiresOf
} from './topology';

/** A run's own time, in seconds, above which UDP's two-second rule might notice it. */
const LATE = { withAdvances: 1, without: 1.8 };
const ATTEMPTS = 6;

const MAX = 'net.netfilter.nf_conntrack_max';
const MAX_PATH = '/proc/sys/net/netfilter/nf_conntrack_max';
const BUCKETS_PATH = '/proc/sys/net/netfilter/nf_conntrack_buckets';

export interface RunOptions {
	/**
	 * The kernel's own number of hash buckets, where the caller has lowered it: a scenario that
	 * fills the table needs it, since which entry is dropped early hangs on it.
	 */
	readonly buckets?: string;
	/** Waits until few enough others are being set up; gives what says that this one is done. */
	readonly gate?: () => Promise<() => void>;
}

/** An observation with the kernel that made it and the seconds it took beyond its advances. */
export interface KernelObservation extends Observation {
	readonly kernel: string;
	readonly late: number;
}

/** Whatever was tried, the machine was too slow for a scenario's times. */
export class TooBusy extends Error {}

/**
 * Runs a scenario until a run was quick enough. Throws where the scenario cannot be set up, and `TooBusy` where no run
 * was.
 */
export async function observeKernel(
	scenario: Scenario,
	options: RunOptions = {}
): Promise<KernelObservation> {
	for (let attempt = 1; ; attempt++) {
		const agent = new Agent();
		try {
			const run = new Run(scenario, agent, options);
			const observation = await run.carryOut();
			const limit = LATE[run.advances ? 'withAdvances' : 'without'];
			if (observation.late <= limit) return observation;
			if (attempt === ATTEMPTS) {
				throw new TooBusy(
					`${ATTEMPTS} runs, each more than ${limit} s late: the machine is too busy`
				);
			}
		} finally {
			await agent.end();
		}
	}
}

type Send = Extract<Step, { send: unknown }>['send'];

class Run {
	readonly #ports;
	readonly #wires;
	readonly #hosts: readonly string[];
	readonly #seen: (Packet & { readonly at: string })[][] = [];
	/** Step that held a packet → the host and the packet's id in its queue. */
	readonly #held = new Map<number, { host: string; packet: number }>();

	constructor(
		readonly scenario: Scenario,
		readonly agent: Agent,
		readonly options: RunOptions
	) {
		this.#ports = portsOf(scenario);
		this.#wires = wiresOf(scenario, this.#ports);
		this.#hosts = Object.keys(scenario.hosts).filter(
			(name) => scenario.hosts[name]!.kind === 'linux'
		);
	}

	/** Whether time passes in the scenario. */
	get advances(): boolean {
		return this.scenario.steps.some((step) => 'advance' in step);
	}

	async carryOut(): Promise<KernelObservation> {
		const done = await this.options.gate?.();
		try {
			await this.#setUp();
		} finally {
			done?.();
		}
		const [start] = (await this.agent.request({ do: 'time' })) as [number];
		let advanced = 0;
		const steps: StepObservation[] = [];
		for (const [number, step] of this.scenario.steps.entries()) {
			if ('advance' in step) advanced += step.advance;
			steps.push(await this.#step(step, number));
		}
		const [end] = (await this.agent.request({ do: 'time' })) as [number];
		const late = Math.round((end - start - advanced) * 100) / 100;
		return { kernel: release(), steps, late };
	}

	async #setUp(): Promise<void> {
		const { scenario, agent } = this;
		const full = JSON.stringify(scenario).includes(MAX);
		await agent.request({ do: 'lock', exclusive: full });
		if (full && this.options.buckets) {
			await agent.request({ do: 'outside', path: BUCKETS_PATH, value: this.options.buckets });
		}
		const paths = (await agent.request(...makeNamespaces(scenario))).at(-1) as Record<
			string,
			string
		>;
		await this.#all(makeInterfaces(scenario, this.#ports, paths));
		await this.#carriers();
		const holds = new Set(
			scenario.steps.flatMap((step) =>
				'send' in step && step.send.hold ? [step.send.hold.on] : []
			)
		);
		for (const name of this.#hosts) {
			await agent.request({ do: 'listen', host: name, at: `host ${name}` });
			if (holds.has(name)) await agent.request({ do: 'prepareHold', host: name });
			await this.#configure(name);
			await agent.request({ do: 'learnRules', host: name });
		}
		for (const port of this.#ports.values()) {
			if (port.linux) continue;
			const { name, device, mac } = port;
			if (this.#wires.flat().includes(port)) {
				await agent.request({ do: 'tap', at: WIRE, name, device, mac });
			}
		}
		await agent.request({ do: 'observe' });
	}

	/** A host's own settings: sysctls, sets, rules. */
	async #configure(name: string): Promise<void> {
		const host = this.scenario.hosts[name]!;
		if (host.kind !== 'linux') return;
		const at = `host ${name}`;
		for (const [key, value] of Object.entries(host.sysctl ?? {})) {
			await this.#sysctl(at, key, String(value));
		}
		const text = (lines: string | readonly string[]) => asText(lines) + '\n';
		const loads: Operation[] = [];
		if (host.ipset)
			loads.push({ do: 'run', at, argv: ['ipset', 'restore'], stdin: text(host.ipset) });
		if (host.nft) loads.push({ do: 'run', at, argv: ['nft', '-f', '-'], stdin: text(host.nft) });
		if (host.iptables) {
			loads.push({ do: 'run', at, argv: ['iptables-restore'], stdin: text(host.iptables) });
		}
		await this.#all(loads);
	}

	async #sysctl(at: string, key: string, value: string): Promise<void> {
		if (key === MAX) {
			await this.agent.request({ do: 'outside', path: MAX_PATH, value });
			return;
		}
		const path = `/proc/sys/${key.replaceAll('.', '/')}`;
		const [done] = await this.agent.request({ do: 'write', at, path, value });
		if (!done) throw new Error(`this kernel has no sysctl ${key}`);
	}

	/** Commands that must succeed. */
	async #all(operations: readonly Operation[]): Promise<void> {
		const results = await this.agent.request(...operations);
		results.forEach((result, i) => {
			const { exit, stderr } = result as CommandResult;
			if (exit === 0) return;
			const command = (operations[i]!.argv as string[]).join(' ');
			throw new Error(`${command}: ${stderr.trim()}`);
		});
	}

	/** Waits until every interface has its peer's carrier: before, packets are lost. */
	async #carriers(): Promise<void> {
		const names = [WIRE, ...this.#hosts.map((name) => `host ${name}`)];
		for (let attempt = 0; attempt < 200; attempt++) {
			const shown = (await this.agent.request(
				...names.map((at) => ({ do: 'run', at, argv: ['ip', '-j', 'link', 'show', 'up'] }))
			)) as CommandResult[];
			const links = shown.flatMap(
				({ stdout }) => JSON.parse(stdout || '[]') as { operstate?: string }[]
			);
			if (!links.some(({ operstate }) => operstate === 'DOWN' || operstate === 'LOWERLAYERDOWN'))
				return;
			await this.agent.request({ do: 'sleep', seconds: 0.01 });
		}
		throw new Error('the interfaces do not come up');
	}

	async #step(step: Step, number: number): Promise<StepObservation> {
		if ('send' in step) return this.#send(step.send, number);
		if ('release' in step) {
			const held = this.#held.get(step.release);
			this.#held.delete(step.release);
			return this.#observe(number, held ? [{ do: 'release', ...held }] : []);
		}
		if ('advance' in step) {
			return this.#observe(number, [{ do: 'sleep', seconds: step.advance }]);
		}
		return this.#run(step.run.on, step.run.command, number);
	}

	async #send(send: Send, number: number): Promise<StepObservation> {
		const packet = this.#build(send);
		if (!packet) {
			this.#seen[number] = [];
			return { skipped: true, out: [], hosts: {} };
		}
		const bytes = encodePacket(packet);
		const hex = Buffer.from(bytes).toString('hex');
		const port = this.#ports.get(send.from);
		const operations: Operation[] = [];
		if (!port) operations.push({ do: 'originate', host: send.from, packet: hex });
		else {
			const to = neighbourOf(port, addressText(bytes), this.#wires);
			if (to) operations.push({ do: 'send', tap: send.from, packet: hex, to: to.mac });
		}
		if (!send.hold) return this.#observe(number, operations);
		const { on: host, hook } = send.hold;
		await this.agent.request({ do: 'hold', host, hook });
		const observation = await this.#observe(number, operations);
		await this.agent.request({ do: 'hold', host, hook: null });
		return observation;
	}

	/** The packet that a step sends; `null` where the one that it is made from never came. */
	#build(send: Send): Packet | null {
		const came = (step: number) => this.#seen[step]?.find(({ at }) => at === send.from) ?? null;
		let json: PacketJson = send.packet;
		if (send.replyTo !== undefined) {
			const asked = came(send.replyTo);
			if (!asked) return null;
			json = replyJson(asked, json);
		}
		const from = json.icmp?.innerFrom;
		const quoted = from === undefined ? null : came(from);
		return from !== undefined && !quoted ? null : packetFromJson(json, quoted);
	}

	async #run(host: string, command: string, number: number): Promise<StepObservation> {
		const at = `host ${host}`;
		const shared = new RegExp(`^sysctl -w ${MAX.replaceAll('.', '\\.')}=(\\d+)$`).exec(command);
		let result: CommandResult;
		if (shared) {
			await this.#sysctl(at, MAX, shared[1]!);
			result = { exit: 0, stdout: `${MAX} = ${shared[1]}`, stderr: '' };
		} else {
			[result] = (await this.agent.request({ do: 'command', at, command })) as [CommandResult];
		}
		await this.agent.request({ do: 'learnRules', host });
		const network = /^ip /.test(command);
		if (network) {
			// A link that was down has forgotten its neighbours; an address that goes is dealt with later.
			const stdin = neighbourLines(host, this.#wires).join('\n') + '\n';
			await this.agent.request({ do: 'run', at, argv: ['ip', '-force', '-batch', '-'], stdin });
		}
		const observation = await this.#observe(number, [], network ? 20 : 1);
		return { exit: result.exit, stdout: tidyOutput(command, result.stdout), ...observation };
	}

	async #observe(
		number: number,
		operations: readonly Operation[],
		quiet = 1
	): Promise<StepObservation> {
		const results = await this.agent.request(...operations, { do: 'observe', quiet });
		const sighting = results.at(-1) as Sighting;
		const out = sighting.out.map(({ at, packet }) => {
			const decoded = decodePacket(Buffer.from(packet, 'hex'));
			if (!decoded) throw new Error(`step ${number}: not an IPv4 packet: ${packet}`);
			return { at, ...decoded };
		});
		this.#seen[number] = out;
		for (const [host, { held }] of Object.entries(sighting.hosts)) {
			if (held.length > 0) this.#held.set(number, { host, packet: held[0]! });
		}
		const hosts = Object.fromEntries(
			Object.entries(sighting.hosts).map(([name, { events, table, trace }]) => [
				name,
				{ events, table, trace }
			])
		);
		return { out: out.map(({ at, ...packet }) => ({ at, packet: packetToJson(packet) })), hosts };
	}
}

/** The destination of a packet, dotted. */
function addressText(packet: Uint8Array): string {
	return [...packet.subarray(16, 20)].join('.');
}
