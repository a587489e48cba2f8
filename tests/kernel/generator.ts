/** Random scenarios: the same one for the same seed, whatever machine it is made on. */
import type { PacketJson } from '../../src/lib/scenario/packet-json';
import type { Hold, Scenario, Step } from '../../src/lib/scenario/scenario';
import { iptablesCommand, iptablesRuleset } from './generator-iptables';
import { nftCommand, nftRuleset } from './generator-nft';
import {
	IPTABLES_PARTS_LAST,
	PARTS_IPSETS,
	iptablesPartsCommand,
	iptablesPartsRuleset
} from './generator-parts-iptables';
import { NFT_PARTS_LAST, nftPartsCommand, nftPartsRuleset } from './generator-parts-nft';
import { connection, firstSegment, nextSegment } from './generator-tcp';
import type { Connection, Segment } from './generator-tcp';
import { varied } from './generator-varied';
import { Random } from './random';

const STEPS = 40;
/** Enough for every short timeout, and never a sum that lies on one (2 and 5 seconds). */
const ADVANCE = 3;
const ADVANCES = 4;

const CLIENTS = ['198.51.100.10', '198.51.100.11'];
const SERVERS = ['10.0.0.2', '10.0.0.3'];
const OUTER = ['198.51.100.1', '198.51.100.1', '198.51.100.2'];

/** Who speaks to whom: the place it is sent from, and the two addresses. */
interface Route {
	readonly from: string;
	readonly src: string;
	readonly dst: string;
	/** Where an answer is likely to be sent from. */
	readonly back: string;
}

interface Talk {
	readonly route: Route;
	readonly connection?: Connection;
	/** The step whose packet is answered. */
	opened: number;
}

/** What a rule language gives a scenario: its rules, changes to them, and what lists them at the end. */
interface Language {
	readonly ruleset: (random: Random) => string[];
	readonly command: (random: Random) => string;
	readonly last: readonly string[];
}

/** What scenarios are about. */
interface Theme {
	readonly title: string;
	readonly iptables: Language;
	readonly nft: Language;
	readonly ipset: readonly string[];
	/** Whether packets differ in their headers, options and payloads, too. */
	readonly varied: boolean;
}

/** Flows: how they are tracked, translated and let through. */
const FLOWS: Theme = {
	title: 'seed',
	iptables: { ruleset: iptablesRuleset, command: iptablesCommand, last: [] },
	nft: { ruleset: nftRuleset, command: nftCommand, last: [] },
	ipset: [],
	varied: false
};

/** Parts of rules that read and write headers and bytes, count, and remember. */
const PARTS: Theme = {
	title: 'parts',
	iptables: {
		ruleset: iptablesPartsRuleset,
		command: iptablesPartsCommand,
		last: IPTABLES_PARTS_LAST
	},
	nft: { ruleset: nftPartsRuleset, command: nftPartsCommand, last: NFT_PARTS_LAST },
	ipset: PARTS_IPSETS,
	varied: true
};

/** The random scenario of a seed. */
export function generate(seed: number): Scenario {
	return new Generator(seed, FLOWS).scenario();
}

/** The random scenario of a seed whose rules are of every other part than those of flows. */
export function generateParts(seed: number): Scenario {
	return new Generator(seed, PARTS).scenario();
}

class Generator {
	readonly #random: Random;
	readonly #seed: number;
	readonly #steps: Step[] = [];
	readonly #talks: Talk[] = [];
	/** Steps that hold a packet which is not let go yet. */
	#held: { step: number; talk: Talk | undefined }[] = [];
	#advances = 0;
	readonly #iptables: boolean;

	readonly #language: Language;

	readonly #theme: Theme;

	constructor(seed: number, theme: Theme) {
		this.#seed = seed;
		this.#theme = theme;
		this.#random = new Random(seed);
		this.#iptables = this.#random.chance(theme.varied ? 0.5 : 0.35);
		this.#language = this.#iptables ? theme.iptables : theme.nft;
	}

	scenario(): Scenario {
		const random = this.#random;
		const { ruleset, last } = this.#language;
		const { ipset, title } = this.#theme;
		const rules = this.#iptables
			? { iptables: ruleset(random), ...(ipset.length > 0 ? { ipset: [...ipset] } : {}) }
			: { nft: ruleset(random) };
		const sysctl = this.#sysctl();
		while (this.#steps.length < STEPS) this.#step();
		this.#steps.splice(STEPS - last.length);
		for (const command of last) this.#steps.push({ run: { on: 'gateway', command } });
		return {
			version: 1,
			title: `${title} ${this.#seed}`,
			hosts: {
				client: {
					kind: 'wire',
					interfaces: { eth0: { address: CLIENTS.map((address) => `${address}/24`) } }
				},
				gateway: {
					kind: 'linux',
					interfaces: {
						ext: { address: ['198.51.100.1/24', '198.51.100.2/24'] },
						int: { address: '10.0.0.1/24' }
					},
					sysctl,
					...rules
				},
				server: {
					kind: 'wire',
					interfaces: { eth0: { address: SERVERS.map((address) => `${address}/24`) } }
				}
			},
			links: [
				['client/eth0', 'gateway/ext'],
				['server/eth0', 'gateway/int']
			],
			steps: this.#steps
		};
	}

	#sysctl(): Record<string, number> {
		const random = this.#random;
		const sysctl: Record<string, number> = { 'net.ipv4.ip_forward': 1 };
		const set = (name: string, value: number) =>
			(sysctl[`net.netfilter.nf_conntrack_${name}`] = value);
		if (random.chance(0.3)) {
			set('udp_timeout', 2);
			set('tcp_timeout_syn_sent', 2);
			set('icmp_timeout', 2);
		}
		if (random.chance(0.15)) set('udp_timeout_stream', 5);
		if (random.chance(0.15)) set('tcp_loose', 0);
		if (random.chance(0.1)) set('tcp_be_liberal', 1);
		if (random.chance(0.1)) set('tcp_ignore_invalid_rst', 1);
		if (random.chance(0.1)) set('tcp_max_retrans', 2);
		if (random.chance(0.1)) set('checksum', 0);
		if (random.chance(0.1)) set('tcp_timeout_time_wait', 2);
		if (random.chance(0.05)) set('acct', 1);
		return sysctl;
	}

	#step(): void {
		const held = this.#held.length > 0;
		this.#random.weighted<() => void>([
			[24, () => this.#tcp()],
			[14, () => this.#udp()],
			[8, () => this.#icmp()],
			[7, () => this.#icmpError()],
			[5, () => this.#command()],
			[this.#theme.varied ? 6 : 3, () => this.#rules()],
			[2, () => this.#advance()],
			[2, () => this.#other()],
			[this.#theme.varied ? 4 : 1, () => this.#fragments()],
			[held ? 8 : 0, () => this.#release()]
		])();
	}

	#route(): Route {
		const random = this.#random;
		const client = random.pick(CLIENTS);
		const server = random.pick(SERVERS);
		return random.weighted<Route>([
			[6, { from: 'client/eth0', src: client, dst: random.pick(OUTER), back: 'server/eth0' }],
			[3, { from: 'client/eth0', src: client, dst: server, back: 'server/eth0' }],
			[8, { from: 'server/eth0', src: server, dst: client, back: 'client/eth0' }],
			[1, { from: 'server/eth0', src: server, dst: '10.0.0.1', back: 'client/eth0' }],
			[1, { from: 'server/eth0', src: server, dst: random.pick(OUTER), back: 'server/eth0' }],
			[2, { from: 'gateway', src: '198.51.100.1', dst: client, back: 'client/eth0' }],
			[1, { from: 'gateway', src: '10.0.0.1', dst: server, back: 'server/eth0' }]
		]);
	}

	/** Adds a step that sends; now and then the packet is held on its way. */
	#send(from: string, packet: PacketJson, replyTo: number | undefined, talk?: Talk): number {
		const random = this.#random;
		const own = from === 'gateway';
		let hold: Hold | undefined;
		if (this.#held.length < 3 && random.chance(talk && talk.opened < 0 ? 0.12 : 0.03)) {
			hold = { on: 'gateway', hook: own ? 'output' : random.chance(0.8) ? 'forward' : 'input' };
		}
		const ip = { ...packet.ip };
		if (own) ip.id = 1;
		else if (random.chance(0.04)) ip.ttl = 1;
		if (random.chance(0.03)) ip.tos = 16;
		const whole = Object.keys(ip).length > 0 ? { ...packet, ip } : packet;
		const full = this.#theme.varied ? varied(random, whole) : whole;
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
		const talk: Talk = { route, connection: connection(random, sport, dport), opened: -1 };
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
		} else if (talk.opened >= 0) {
			this.#send(this.#side(route), { tcp, ...rest }, talk.opened, talk);
		}
	}

	/** Mostly where an answer comes from; sometimes the other side, where a rule has sent it. */
	#side(route: Route): string {
		if (this.#random.chance(0.9)) return route.back;
		return route.back === 'client/eth0' ? 'server/eth0' : 'client/eth0';
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
		const talk: Talk = { route, opened: -1 };
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
		this.#send(this.#side(talk.route), packet, talk.opened, talk);
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
		this.#send(random.pick(['client/eth0', 'server/eth0']), packet, undefined);
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
		if (route.from === 'gateway') return;
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
		const command = this.#random.weighted([
			[3, 'conntrack -F'],
			[3, 'conntrack -D -p udp'],
			[3, 'conntrack -D -s 198.51.100.10'],
			[3, 'conntrack -D -p tcp --state SYN_SENT'],
			[1, 'conntrack -D -d 10.0.0.2'],
			[1, 'conntrack -L -p tcp'],
			[1, 'conntrack -L -s 10.0.0.2'],
			[1, 'conntrack -L --mark 7'],
			[1, 'conntrack -D --mark 7'],
			[1, 'conntrack -L -n'],
			[1, 'conntrack -C']
		]);
		this.#steps.push({ run: { on: 'gateway', command } });
	}

	#rules(): void {
		const command = this.#language.command(this.#random);
		this.#steps.push({ run: { on: 'gateway', command } });
	}

	#advance(): void {
		if (this.#advances >= ADVANCES) return;
		this.#advances++;
		this.#steps.push({ advance: ADVANCE });
	}
}
