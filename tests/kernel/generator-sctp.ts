/**
 * Random SCTP: associations that are set up, kept alive, moved and shut down, with right and wrong tags, chunks in every
 * order, and packets that are none.
 */
import { CHUNK, putChecksum } from '../../src/lib/engine/packet/sctp';
import { toHex } from '../../src/lib/scenario/packet-text';
import type { PacketJson } from '../../src/lib/scenario/packet-json';
import type { Scenario, Step } from '../../src/lib/scenario/scenario';
import { chain, hooked } from './generator-nft';
import { CLIENTS, SERVERS, STEPS, gatewayBetween } from './generator-theme';
import type { Random } from './random';

const SCTP = 132;
const OUTER = '198.51.100.1';

const DESTINATIONS = [
	'ip daddr 198.51.100.1 meta l4proto sctp dnat to 10.0.0.2',
	'ip daddr 198.51.100.1 ip protocol sctp th dport 36412 dnat to 10.0.0.2:5000',
	'iifname "ext" dnat to 10.0.0.2',
	'ip daddr 198.51.100.1 dnat to sctp dport map { 36412 : 10.0.0.2, 2000 : 10.0.0.3 }'
];
const SOURCES = [
	'oifname "ext" masquerade',
	'oifname "ext" snat to 198.51.100.2',
	'oifname "ext" snat to 198.51.100.1',
	'oifname "int" snat to 10.0.0.1'
];
const FILTERS = [
	'ct state invalid counter drop',
	'ct state established counter accept',
	'ct status assured counter',
	'meta l4proto sctp ct state new th dport 2000 drop',
	'ct protocol sctp ct original proto-dst 36412 counter',
	'ct expiration < 5s counter',
	'sctp vtag != 0 sctp dport { 2000, 36412 } counter',
	'sctp dport 2000 sctp dport set 2001',
	'sctp sport . sctp dport vmap { 1001 . 36412 : accept, 1002 . 36412 : drop }'
];

const TIMEOUTS = ['closed', 'cookie_wait', 'cookie_echoed', 'established', 'heartbeat_sent'];

const IPTABLES_DESTINATIONS = [
	'-d 198.51.100.1/32 -p sctp -j DNAT --to-destination 10.0.0.2',
	'-d 198.51.100.1/32 -p sctp -m sctp --dport 36412 -j DNAT --to-destination 10.0.0.2:5000',
	'-i ext -p sctp -m multiport --dports 2000,36412 -j DNAT --to-destination 10.0.0.3'
];
const IPTABLES_SOURCES = [
	'-o ext -j MASQUERADE',
	'-o ext -p sctp -j SNAT --to-source 198.51.100.2'
];
const IPTABLES_FILTERS = [
	'-m conntrack --ctstate INVALID -j DROP',
	'-m conntrack --ctstate ESTABLISHED -p sctp -m sctp --sport 1000:1002 -j ACCEPT',
	'-p sctp -m sctp ! --dport 36412 -j ACCEPT',
	'-p sctp -m sctp --chunk-types any INIT,INIT_ACK -j ACCEPT',
	'-p sctp -m sctp --chunk-types only DATA,SACK -j ACCEPT',
	'-p sctp -m sctp --chunk-types all COOKIE_ECHO,DATA:BE -j ACCEPT',
	'-p sctp -m sctp ! --chunk-types any HEARTBEAT,HEARTBEAT_ACK,ABORT:t -j ACCEPT',
	'-p sctp -m sctp --chunk-types any ABORT:T,SHUTDOWN_COMPLETE:T -j DROP',
	'-p sctp -m sctp --chunk-types only ALL -j ACCEPT',
	'-p sctp -m sctp ! --chunk-types all NONE -j DROP'
];

interface Rules {
	readonly nft?: string[];
	readonly iptables?: string[];
}

function inNft(random: Random, translates: boolean): string[] {
	return [
		'table ip filter {',
		...chain('forward', hooked('filter', 'forward', 'filter'), random.some(FILTERS, 4)),
		...chain('input', hooked('filter', 'input', 'filter'), random.some(FILTERS, 2)),
		'}',
		...(translates
			? [
					'table ip nat {',
					...chain('pre', hooked('nat', 'prerouting', 'dstnat'), random.some(DESTINATIONS, 2)),
					...chain('post', hooked('nat', 'postrouting', 'srcnat'), random.some(SOURCES, 2)),
					'}'
				]
			: [])
	];
}

function inIptables(random: Random, translates: boolean): string[] {
	const append = (name: string, rules: readonly string[]) =>
		rules.map((rule) => `-A ${name} ${rule}`);
	return [
		...['*filter', ':INPUT ACCEPT [0:0]', ':FORWARD ACCEPT [0:0]'],
		...append('INPUT', random.some(IPTABLES_FILTERS, 2)),
		...append('FORWARD', random.some(IPTABLES_FILTERS, 4)),
		'COMMIT',
		...(translates
			? [
					...['*nat', ':PREROUTING ACCEPT [0:0]', ':POSTROUTING ACCEPT [0:0]'],
					...append('PREROUTING', random.some(IPTABLES_DESTINATIONS, 2)),
					...append('POSTROUTING', random.some(IPTABLES_SOURCES, 1)),
					'COMMIT'
				]
			: [])
	];
}

type Side = 'client' | 'server';

/** An association, or what one end takes for one. */
interface Association {
	/** Where each end sends from. */
	readonly from: Readonly<Record<Side, string>>;
	readonly src: string;
	readonly dst: string;
	readonly ports: { readonly sport: number; readonly dport: number };
	/** The tag that each end wants to see. */
	readonly tags: Record<Side, number>;
	/** The step of the first packet, which answers go by. */
	readonly opened: number;
	/** How far the usual course has come. */
	course: number;
}

/** The usual course: who sends which chunk. */
const COURSE: readonly (readonly [Side, keyof typeof CHUNK])[] = [
	['client', 'init'],
	['server', 'initAck'],
	['client', 'cookieEcho'],
	['server', 'cookieAck'],
	['client', 'data'],
	['server', 'sack'],
	['client', 'shutdown'],
	['server', 'shutdownAck'],
	['client', 'shutdownComplete']
];

const other = (side: Side): Side => (side === 'client' ? 'server' : 'client');

/** A chunk as bytes; its body is there in words of four bytes. */
function chunkBytes(type: number, body: readonly number[], flags = 0, length?: number): number[] {
	const size = length ?? 4 + 4 * body.length;
	return [
		...[type, flags, size >> 8, size & 255],
		...body.flatMap((word) => [word >>> 24, (word >> 16) & 255, (word >> 8) & 255, word & 255])
	];
}

/** The random scenario of a seed. */
export function sctpScenario(random: Random, seed: number): Scenario {
	return new Sctp(random).scenario(seed);
}

class Sctp {
	private readonly steps: Step[] = [];
	private readonly associations: Association[] = [];
	private held: number[] = [];
	private advances = 0;
	private readonly rules: Rules;

	constructor(private readonly random: Random) {
		const translates = random.chance(0.7);
		this.rules = random.chance(0.35)
			? { iptables: inIptables(random, translates) }
			: { nft: inNft(random, translates) };
	}

	scenario(seed: number): Scenario {
		const { random } = this;
		this.open();
		while (this.steps.length < STEPS) this.step();
		this.steps.splice(STEPS - 1);
		this.run('conntrack -L');
		return {
			version: 1,
			title: `sctp ${seed}`,
			...gatewayBetween({
				sysctl: {
					'net.ipv4.ip_forward': 1,
					...(random.chance(0.15) && { 'net.netfilter.nf_conntrack_checksum': 0 }),
					...(random.chance(0.2) && { 'net.netfilter.nf_conntrack_acct': 1 }),
					...(random.chance(0.2) && {
						[`net.netfilter.nf_conntrack_sctp_timeout_${random.pick(TIMEOUTS)}`]: 77
					})
				},
				...this.rules
			}),
			steps: this.steps
		};
	}

	private step(): void {
		this.random.weighted<() => void>([
			[this.associations.length < 4 ? 3 : 0, () => this.open()],
			[14, () => this.goOn()],
			[6, () => this.other()],
			[3, () => this.heartbeat()],
			[3, () => this.restart()],
			[2, () => this.error()],
			[1, () => this.broken()],
			[1, () => this.command()],
			[this.advances < 3 ? 1 : 0, () => this.advance()],
			[this.held.length > 0 ? 6 : 0, () => this.release()]
		])();
	}

	private run(command: string): void {
		this.steps.push({ run: { on: 'gateway', command } });
	}

	private command(): void {
		this.run(
			this.random.pick([
				'conntrack -L -p sctp',
				'conntrack -L -p sctp --state ESTABLISHED',
				'conntrack -D -p sctp --orig-port-dst 36412',
				'conntrack -F',
				'conntrack -S',
				'sysctl -w net.netfilter.nf_conntrack_sctp_timeout_shutdown_sent=50',
				'conntrack -U -p sctp --mark 3'
			])
		);
	}

	private advance(): void {
		this.advances++;
		this.steps.push({ advance: this.random.pick([2, 4]) });
	}

	private release(): void {
		this.steps.push({ release: this.held.shift()! });
	}

	private tag(): number {
		return 1 + this.random.below(2 ** 31);
	}

	private open(): void {
		const { random } = this;
		const way = random.weighted<'in' | 'out' | 'own'>([
			[6, 'in'],
			[3, 'out'],
			[1, 'own']
		]);
		const dst =
			way === 'in' ? random.pick([OUTER, OUTER, SERVERS[0]!, SERVERS[1]!]) : random.pick(CLIENTS);
		const src = way === 'own' ? OUTER : way === 'in' ? random.pick(CLIENTS) : random.pick(SERVERS);
		const client = way === 'own' ? 'gateway' : way === 'in' ? 'client/eth0' : 'server/eth0';
		const association: Association = {
			from: { client, server: way === 'in' ? 'server/eth0' : 'client/eth0' },
			src,
			dst,
			// No two have the same, so that none has to be given another by chance.
			ports: {
				sport: 1000 + this.associations.length,
				dport: random.pick([36412, 36412, 2000])
			},
			tags: { client: this.tag(), server: this.tag() },
			opened: this.steps.length,
			course: 0
		};
		this.associations.push(association);
		if (random.chance(0.8)) this.goOn(association);
		else this.heartbeat(association);
	}

	/** A packet of some chunks, its sum right but for a few. */
	private send(
		association: Association,
		side: Side,
		chunks: readonly number[][],
		tag = association.tags[other(side)]
	): void {
		const { random } = this;
		const { ports, src, dst, from } = association;
		const [sport, dport] =
			side === 'client' ? [ports.sport, ports.dport] : [ports.dport, ports.sport];
		const bytes = Uint8Array.from([
			...[sport >> 8, sport & 255, dport >> 8, dport & 255],
			...[tag >>> 24, (tag >> 16) & 255, (tag >> 8) & 255, tag & 255],
			...[0, 0, 0, 0],
			...chunks.flat()
		]);
		putChecksum(bytes);
		if (random.chance(0.03)) bytes[8]! ^= 0x55;
		const payload = { hex: toHex(bytes) };
		const asFirst: PacketJson = { ip: { src, dst, protocol: SCTP }, payload };
		const step = this.steps.length;
		const stops = this.held.length === 0 && random.chance(0.04) && from[side] !== 'gateway';
		this.steps.push({
			send: {
				from: from[side],
				...(side === 'server' && { replyTo: association.opened }),
				packet: side === 'client' ? asFirst : { payload },
				...(stops && { hold: { on: 'gateway', hook: 'forward' as const } })
			}
		});
		if (stops) this.held.push(step);
	}

	private chunk(association: Association, side: Side, kind: keyof typeof CHUNK): number[] {
		const type = CHUNK[kind];
		switch (kind) {
			case 'init':
			case 'initAck':
				return chunkBytes(type, [association.tags[side], 0xffff, 0x000a000a, 1]);
			case 'data':
				return chunkBytes(type, [1, 0, 0, 0x61626364], 3);
			case 'sack':
				return chunkBytes(type, [1, 0xffff, 0]);
			case 'shutdown':
				return chunkBytes(type, [1]);
			case 'cookieEcho':
			case 'heartbeat':
			case 'heartbeatAck':
				return chunkBytes(type, [0x00010008, 0x01020304]);
			default:
				return chunkBytes(type, []);
		}
	}

	/** The next packet of the usual course, mostly. */
	private goOn(association = this.random.pick(this.associations)): void {
		const { random } = this;
		const [side, kind] = COURSE[association.course]!;
		const again = random.chance(0.1);
		if (!again) association.course = (association.course + 1) % COURSE.length;
		const chunks = [this.chunk(association, side, kind)];
		if (kind === 'cookieEcho' && random.chance(0.3))
			chunks.push(this.chunk(association, side, 'data'));
		this.send(association, side, chunks, kind === 'init' ? 0 : undefined);
	}

	/** Any chunks at all, with any tag. */
	private other(): void {
		const { random } = this;
		const association = random.pick(this.associations);
		const side = random.pick(['client', 'server'] as const);
		const kinds = Object.keys(CHUNK) as (keyof typeof CHUNK)[];
		const kind = random.pick(kinds);
		const chunk = this.chunk(association, side, kind);
		if ((kind === 'abort' || kind === 'shutdownComplete') && random.chance(0.4)) chunk[1] = 1;
		const chunks = [chunk];
		if (random.chance(0.25)) chunks.push(this.chunk(association, side, random.pick(kinds)));
		const tag = random.weighted<number | undefined>([
			[6, undefined],
			[3, association.tags[side]],
			[2, 0],
			[1, 12345]
		]);
		this.send(association, side, chunks, kind === 'init' && random.chance(0.8) ? 0 : tag);
	}

	private heartbeat(association = this.random.pick(this.associations)): void {
		const { random } = this;
		const begins = association.opened === this.steps.length;
		const side = begins ? 'client' : random.pick(['client', 'client', 'server'] as const);
		const tag = random.chance(0.4) ? 777 : undefined;
		this.send(association, side, [this.chunk(association, side, 'heartbeat')], tag);
		if (random.chance(0.3)) return;
		const answer = other(side);
		const answered = random.chance(0.3) ? 778 : undefined;
		this.send(association, answer, [this.chunk(association, answer, 'heartbeatAck')], answered);
	}

	/** One end has forgotten all, and begins anew with another tag. */
	private restart(): void {
		const { random } = this;
		const association = random.pick(this.associations);
		const side = random.chance(0.3) ? 'server' : 'client';
		if (random.chance(0.6)) association.tags[side] = this.tag();
		this.send(association, side, [this.chunk(association, side, 'init')], 0);
		if (random.chance(0.5))
			this.send(association, other(side), [this.chunk(association, other(side), 'initAck')]);
		if (side === 'client') association.course = random.chance(0.5) ? 2 : association.course;
	}

	/** An ICMP error about what somebody sent. */
	private error(): void {
		const { random } = this;
		const association = random.pick(this.associations);
		const icmp = {
			type: 3,
			code: random.pick([2, 3]),
			innerFrom: association.opened,
			...(random.chance(0.3) && { innerLength: random.pick([27, 28, 31, 32, 40]) })
		};
		this.steps.push({ send: { from: association.from.server, packet: { icmp } } });
	}

	/** Bytes that are no packet of SCTP, or not quite. */
	private broken(): void {
		const { random } = this;
		const association = random.pick(this.associations);
		const chunks = random.pick([
			[],
			[chunkBytes(CHUNK.data, [], 0, 0)],
			[chunkBytes(CHUNK.init, [])],
			[chunkBytes(CHUNK.initAck, [7])],
			[this.chunk(association, 'client', 'sack'), chunkBytes(CHUNK.heartbeat, [], 0, 0)],
			[[6, 0, 0]],
			[chunkBytes(CHUNK.error, [], 0, 2)]
		]);
		const tag = random.chance(0.5) ? 0 : undefined;
		if (random.chance(0.8)) {
			this.send(association, 'client', chunks, tag);
			return;
		}
		const { src, dst, from } = association;
		const hex = random.pick(['03e88e3c', '03e88e3c00000000', '03e88e3c0000000000', '03e8']);
		const packet: PacketJson = { ip: { src, dst, protocol: SCTP }, payload: { hex } };
		this.steps.push({ send: { from: from.client, packet } });
	}
}
