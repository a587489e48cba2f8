/** Random scenarios: the same one for the same seed, whatever machine it is made on. */
import type { PacketJson } from '../../src/lib/scenario/packet-json';
import type { Hold, Scenario, Step } from '../../src/lib/scenario/scenario';
import { ftpScenario } from './generator-ftp';
import { sctpScenario } from './generator-sctp';
import { AROUND_HOOKS, COMMANDS, FLOWS, PARTS, TABLES, gatewayNetwork } from './generator-gateway';
import type { Theme } from './generator-gateway';
import { randomNetwork } from './generator-networks';
import { connection, firstSegment, nextSegment } from './generator-tcp';
import type { Connection, Segment } from './generator-tcp';
import type { Network, Route } from './generator-theme';
import { Random } from './random';

/** Enough for every short timeout, and never a sum that lies on one (2 and 5 seconds). */
const ADVANCE = 3;
const ADVANCES = 4;

interface Talk {
	readonly route: Route;
	readonly ports?: { readonly sport: number; readonly dport: number };
	readonly connection?: Connection;
	/** The step whose packet is answered. */
	opened: number;
}

/** The random scenario of a seed, in the network that is made for it. */
const on =
	(network: (random: Random) => Network): Maker =>
	(seed) => {
		const random = new Random(seed);
		return new Generator(random, network(random)).scenario(seed);
	};

/** ... in the one of a theme, about a gateway between two wires. */
const about = (theme: Theme): Maker => on((random) => gatewayNetwork(random, theme));

/** Makes the random scenario of a seed. */
export type Maker = (seed: number) => Scenario;

/** What makes them, by what they are about. */
export const MAKERS = {
	/** Flows: how they are tracked, translated and let through. */
	seed: about(FLOWS),
	/** Every other part of rules. */
	parts: about(PARTS),
	/** A network that is another each time, and changes. */
	networks: on(randomNetwork),
	/** Mostly commands. */
	commands: about(COMMANDS),
	/** Tables that nft and iptables both write to. */
	tables: about(TABLES),
	/** FTP's helper. */
	ftp: (seed: number) => ftpScenario(new Random(seed), seed),
	/** Associations of SCTP. */
	sctp: (seed: number) => sctpScenario(new Random(seed), seed),
	/** Chains at every hook and priority. */
	hooks: about(AROUND_HOOKS)
} satisfies Readonly<Record<string, Maker>>;

class Generator {
	readonly #random: Random;
	readonly #network: Network;
	readonly #steps: Step[];
	readonly #talks: Talk[] = [];
	/** Steps that hold a packet which is not let go yet. */
	#held: { step: number; talk: Talk | undefined }[] = [];
	#advances = 0;

	constructor(random: Random, network: Network) {
		this.#random = random;
		this.#network = network;
		this.#steps = [...network.opening];
	}

	scenario(seed: number): Scenario {
		const { title, hosts, links, last, length } = this.#network;
		while (this.#steps.length < length) this.#step();
		this.#steps.splice(length - last.length);
		for (const run of last) this.#steps.push({ run });
		return { version: 1, title: `${title} ${seed}`, hosts, links, steps: this.#steps };
	}

	#step(): void {
		const held = this.#held.length > 0;
		const { weights } = this.#network;
		this.#random.weighted<() => void>([
			[24, () => this.#tcp()],
			[14, () => this.#udp()],
			[8, () => this.#icmp()],
			[7, () => this.#icmpError()],
			[5, () => this.#command()],
			[weights.rules, () => this.#rules()],
			[weights.advances, () => this.#advance()],
			[2, () => this.#other()],
			[weights.fragments, () => this.#fragments()],
			[held ? 8 : 0, () => this.#release()],
			[weights.commands ?? 0, () => this.#anyCommand()]
		])();
	}

	#route(): Route {
		return this.#network.route(this.#random);
	}

	/** Adds a step that sends; now and then the packet is held on its way. */
	#send(from: string, packet: PacketJson, replyTo: number | undefined, talk?: Talk): number {
		const random = this.#random;
		const own = !from.includes('/');
		let hold: Hold | undefined;
		if (this.#held.length < 3 && random.chance(talk && talk.opened < 0 ? 0.12 : 0.03)) {
			hold = this.#network.hold(random, { ...talk?.route, from });
		}
		const ip = { ...packet.ip };
		if (own) ip.id = 1;
		else if (random.chance(0.04)) ip.ttl = 1;
		if (random.chance(0.03)) ip.tos = 16;
		const whole = Object.keys(ip).length > 0 ? { ...packet, ip } : packet;
		const full = this.#network.varied(random, whole);
		const step = this.#steps.length;
		this.#steps.push({
			send: {
				from,
				...(replyTo === undefined ? {} : { replyTo }),
				packet: full,
				...(hold ? { hold } : {})
			}
		});
		if (hold) this.#held.push({ step, talk });
		return step;
	}

	#release(): void {
		const at = this.#random.below(this.#held.length);
		const [{ step, talk }] = this.#held.splice(at, 1) as [{ step: number; talk: Talk | undefined }];
		if (talk && talk.opened === step) talk.opened = this.#steps.length;
		this.#steps.push({ release: step });
		// What has come and gone while it stood still is worth a second look.
		if (talk && this.#random.chance(0.3)) this.#answer(talk);
	}

	#tcp(): void {
		const random = this.#random;
		const open = this.#talks.filter((talk) => talk.connection);
		if (open.length > 0 && random.chance(0.8)) {
			const talk = open[Math.max(random.below(open.length), random.below(open.length))]!;
			this.#segment(talk, nextSegment(random, talk.connection!));
			return;
		}
		const route = this.#route();
		const sport = random.pick([40000, 40000, 40001, 40002, 1234, 700]);
		const dport = random.pick([80, 80, 443, 8080, 22, 9999]);
		const ports = { sport, dport };
		const talk: Talk = { route, ports, connection: connection(random, sport, dport), opened: -1 };
		this.#talks.push(talk);
		this.#segment(talk, firstSegment(random, talk.connection!));
		if (random.chance(0.1)) {
			// The same again, as from an application that asks twice at once.
			this.#talks.push({ ...talk });
		}
	}

	#segment(talk: Talk, { by, tcp, payload, bad }: Segment): void {
		const { route } = talk;
		const rest = { ...(payload ? { payload } : {}), ...(bad ? { badChecksum: true } : {}) };
		if (by === 0) {
			const { src, dst, from } = route;
			const packet = { ip: { src, dst }, tcp: { ...talk.connection!.ports, ...tcp }, ...rest };
			const step = this.#send(from, packet, undefined, talk);
			if (talk.opened < 0) talk.opened = step;
		} else this.#reply(talk, { tcp, ...rest });
	}

	/** What answers a talk's first packet: at a wire host made of it, at a linux host by itself. */
	#reply(talk: Talk, packet: PacketJson): void {
		const { route, ports } = talk;
		if (talk.opened < 0) return;
		const from = this.#side(route);
		if (from.includes('/')) {
			this.#send(from, packet, talk.opened, talk);
			return;
		}
		if (!ports || !route.answer) return;
		const { sport, dport } = ports;
		const back = { sport: dport, dport: sport };
		const transport = packet.tcp ? { tcp: { ...packet.tcp, ...back } } : { udp: back };
		this.#send(from, { ...packet, ip: { ...route.answer }, ...transport }, undefined, talk);
	}

	#side(route: Route): string {
		return this.#network.side(this.#random, route);
	}

	#udp(): void {
		const random = this.#random;
		const open = this.#talks.filter((talk) => !talk.connection);
		if (open.length > 0 && random.chance(0.5)) {
			this.#answer(random.pick(open));
			return;
		}
		const route = this.#route();
		const sport = random.pick([5000, 5000, 5001, 53, 600]);
		const dport = random.pick([53, 53, 443, 8080, 9]);
		const talk: Talk = { route, ports: { sport, dport }, opened: -1 };
		const again = random.chance(0.25) ? 2 : 1;
		for (let i = 0; i < again; i++) {
			const packet: PacketJson = {
				ip: { src: route.src, dst: route.dst },
				udp: { sport, dport, ...(random.chance(0.05) ? { noChecksum: true } : {}) },
				payload: 'q',
				...(random.chance(0.03) ? { badChecksum: true } : {})
			};
			const step = this.#send(route.from, packet, undefined, talk);
			if (i === 0) talk.opened = step;
		}
		this.#talks.push(talk);
	}

	#answer(talk: Talk): void {
		const random = this.#random;
		if (talk.connection || talk.opened < 0) return;
		const packet: PacketJson = { payload: random.pick(['a', 'pong']) };
		if (random.chance(0.03)) packet.badChecksum = true;
		this.#reply(talk, packet);
	}

	#icmp(): void {
		const random = this.#random;
		const route = this.#route();
		const talk: Talk = { route, opened: -1 };
		const type = random.weighted([
			[8, 8],
			[2, 13],
			[1, 15],
			[1, 17],
			[1, 0],
			[1, 14],
			[1, 5],
			[1, 30]
		]);
		const packet: PacketJson = {
			ip: { src: route.src, dst: route.dst },
			icmp: { type, id: random.pick([7, 8]), seq: 1 },
			payload: 'ping',
			...(random.chance(0.04) ? { badChecksum: true } : {})
		};
		talk.opened = this.#send(route.from, packet, undefined, talk);
		this.#talks.push(talk);
	}

	/** An error about something that came out before. */
	#icmpError(): void {
		const random = this.#random;
		const sends = [...this.#steps.keys()].filter((step) => {
			const it = this.#steps[step]!;
			return 'send' in it || 'release' in it;
		});
		if (sends.length === 0) return;
		const [type, code] = random.pick([
			[3, 0],
			[3, 1],
			[3, 3],
			[3, 4],
			[11, 0],
			[11, 1],
			[12, 0],
			[4, 0],
			[5, 1],
			[3, 13],
			[4, 1]
		]) as [number, number];
		const packet: PacketJson = {
			icmp: {
				type,
				code,
				innerFrom: random.pick(sends),
				...(random.chance(0.3) ? { innerLength: random.pick([28, 28, 40, 24, 20, 48]) } : {}),
				...(type === 3 && code === 4 ? { mtu: 1400 } : {})
			},
			...(random.chance(0.2) ? { ip: { src: '192.0.2.7' } } : {}),
			...(random.chance(0.03) ? { badChecksum: true } : {})
		};
		this.#send(random.pick(this.#network.wires), packet, undefined);
	}

	#other(): void {
		const random = this.#random;
		const route = this.#route();
		const talk: Talk = { route, opened: -1 };
		const packet: PacketJson = {
			ip: { src: route.src, dst: route.dst, protocol: random.pick([89, 253, 50]) },
			payload: 'data'
		};
		talk.opened = this.#send(route.from, packet, undefined, talk);
		this.#talks.push(talk);
	}

	/** A datagram in two pieces, one of which may come first, twice, or never. */
	#fragments(): void {
		const random = this.#random;
		const route = this.#route();
		if (!route.from.includes('/') || !this.#network.takesFragments(route)) return;
		const id = 100 + this.#steps.length;
		const piece = (from: number, to: number, mf: boolean) => {
			const packet: PacketJson = {
				ip: { src: route.src, dst: route.dst, id, offset: from, ...(mf ? { mf } : {}) },
				udp: { sport: 5000, dport: random.pick([53]) },
				payload: 'fragment'.repeat(10),
				cut: [from, to]
			};
			this.#steps.push({ send: { from: route.from, packet } });
		};
		const pieces = [() => piece(0, 48, true), () => piece(48, 88, false)];
		if (random.chance(0.3)) pieces.reverse();
		if (random.chance(0.2)) pieces.pop();
		for (const put of pieces) put();
	}

	#command(): void {
		this.#steps.push({ run: this.#network.command(this.#random, this.#talks) });
	}

	#anyCommand(): void {
		this.#steps.push({ run: this.#network.anyCommand!(this.#random) });
	}

	#rules(): void {
		this.#steps.push({ run: this.#network.change(this.#random) });
	}

	#advance(): void {
		if (this.#advances >= ADVANCES) return;
		this.#advances++;
		this.#steps.push({ advance: ADVANCE });
	}
}
