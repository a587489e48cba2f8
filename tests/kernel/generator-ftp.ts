/**
 * Random FTP: control connections whose lines announce ports, the data connections that come of them, and all that can go
 * wrong on the way.
 */
import type { PacketJson } from '../../src/lib/scenario/packet-json';
import type { Scenario, Step } from '../../src/lib/scenario/scenario';
import { chain, hooked } from './generator-nft';
import { CLIENTS, SERVERS, STEPS, gatewayBetween } from './generator-theme';
import type { Random } from './random';

const OUTER = '198.51.100.1';

/** What becomes of addresses, so that what is announced can be answered. */
interface Translation {
	/** The address that hosts inside have outside. */
	readonly source: string | null;
	/** Whether the outer address leads to the first host inside. */
	readonly destination: boolean;
}

/** A rule of one of the two languages. */
const HELPS: readonly (readonly [string, string])[] = [
	['tcp dport 21 ct helper set "ftp-standard"', '-p tcp -m tcp --dport 21 -j CT --helper ftp'],
	[
		'tcp dport { 21, 2121 } ct helper set "ftp-standard"',
		'-p tcp -m multiport --dports 21,2121 -j CT --helper ftp'
	]
];

const FILTERS: readonly (readonly [string, string])[] = [
	['ct state related counter accept', '-m conntrack --ctstate RELATED -j ACCEPT'],
	['ct helper "ftp" counter', '-m helper --helper ftp'],
	['ct status expected counter', '-m conntrack --ctstatus EXPECTED'],
	['ct state invalid drop', '-m conntrack --ctstate INVALID -j DROP'],
	['tcp dport { 21, 2121 } accept', '-p tcp -m multiport --dports 21,2121 -j ACCEPT'],
	['ct state established accept', '-m conntrack --ctstate ESTABLISHED -j ACCEPT'],
	[
		'ct state new tcp dport 5001 drop',
		'-p tcp -m conntrack --ctstate NEW -m tcp --dport 5001 -j DROP'
	],
	['ct state related ct mark set 7', '-m mark --mark 7']
];

/** How hosts inside are seen from outside: as nft says it, as iptables does, and with which address. */
const SOURCES: readonly (readonly [string, string, string])[] = [
	['oifname "ext" masquerade', '-o ext -j MASQUERADE', OUTER],
	['oifname "ext" snat to 198.51.100.2', '-o ext -j SNAT --to-source 198.51.100.2', '198.51.100.2'],
	[
		'oifname "ext" meta l4proto tcp snat to 198.51.100.1:3000-3009',
		'-o ext -p tcp -j SNAT --to-source 198.51.100.1:3000-3009',
		OUTER
	],
	['oifname "ext" masquerade random', '-o ext -j MASQUERADE --random', OUTER]
];

const DESTINATIONS: readonly (readonly [string, string])[] = [
	[
		'ip daddr 198.51.100.1 tcp dport 21 dnat to 10.0.0.2',
		'-d 198.51.100.1/32 -p tcp -m tcp --dport 21 -j DNAT --to-destination 10.0.0.2'
	],
	[
		'ip daddr 198.51.100.1 tcp dport 21 dnat to 10.0.0.2:2121',
		'-d 198.51.100.1/32 -p tcp -m tcp --dport 21 -j DNAT --to-destination 10.0.0.2:2121'
	],
	['iifname "ext" dnat to 10.0.0.2', '-i ext -j DNAT --to-destination 10.0.0.2']
];

interface Rules extends Translation {
	readonly nft?: string[];
	readonly iptables?: string[];
}

function rulesOf(random: Random): Rules {
	const help = random.pick(HELPS);
	const filters = random.some(FILTERS, 4);
	const source = random.chance(0.7)
		? random.weighted([
				[4, SOURCES[0]!],
				[2, SOURCES[1]!],
				[1, SOURCES[2]!],
				[1, SOURCES[3]!]
			])
		: null;
	const destination = random.chance(0.7) ? random.pick(DESTINATIONS) : null;
	const translation = { source: source?.[2] ?? null, destination: destination !== null };
	if (random.chance(0.4)) {
		const append = (name: string, rules: readonly string[]) =>
			rules.map((rule) => `-A ${name} ${rule}`);
		return {
			...translation,
			iptables: [
				...['*raw', ':PREROUTING ACCEPT [0:0]', ':OUTPUT ACCEPT [0:0]'],
				...append('PREROUTING', [help[1]]),
				...append('OUTPUT', [help[1]]),
				...['COMMIT', '*nat', ':PREROUTING ACCEPT [0:0]', ':INPUT ACCEPT [0:0]'],
				...[':OUTPUT ACCEPT [0:0]', ':POSTROUTING ACCEPT [0:0]'],
				...append('PREROUTING', destination ? [destination[1]] : []),
				...append('POSTROUTING', source ? [source[1]] : []),
				...[
					'COMMIT',
					'*filter',
					':INPUT ACCEPT [0:0]',
					':FORWARD ACCEPT [0:0]',
					':OUTPUT ACCEPT [0:0]'
				],
				...append(
					'FORWARD',
					filters.map(([, rule]) => rule)
				),
				'COMMIT'
			]
		};
	}
	return {
		...translation,
		nft: [
			'table ip help {',
			'  ct helper ftp-standard {',
			'    type "ftp" protocol tcp',
			'  }',
			...chain('pre', hooked('filter', 'prerouting', 'filter'), [help[0]]),
			...chain('out', hooked('filter', 'output', 'filter'), [help[0]]),
			'}',
			'table ip filter {',
			...chain(
				'forward',
				hooked('filter', 'forward', 'filter'),
				filters.map(([rule]) => rule)
			),
			'}',
			'table ip nat {',
			...chain('pre', hooked('nat', 'prerouting', 'dstnat'), destination ? [destination[0]] : []),
			...chain('post', hooked('nat', 'postrouting', 'srcnat'), source ? [source[0]] : []),
			'}'
		]
	};
}

/** One end of a control connection. */
interface End {
	readonly from: string;
	/** Its own address, and the one that the other end knows. */
	readonly own: string;
	readonly seen: string;
	/** The number of its next byte, as it counts. */
	next: number;
	/** How many bytes more the other end has got. */
	more: number;
	/** The last segment that it sent. */
	last?: { readonly seq: number; readonly payload: string };
}

interface Control {
	readonly client: End;
	readonly server: End;
	/** Where the client believes the server to be. */
	readonly dst: string;
	readonly ports: { readonly sport: number; readonly dport: number };
	readonly opened: number;
}

/** A port that somebody announced. */
interface Announced {
	readonly control: Control;
	readonly by: 'client' | 'server';
	readonly port: number;
}

/** An address and port as PORT and the answer to PASV have them (RFC 959). */
const commas = (address: string, port: number): string =>
	`${address.replaceAll('.', ',')},${port >> 8},${port & 255}`;

/** The random scenario of a seed. */
export function ftpScenario(random: Random, seed: number): Scenario {
	return new Ftp(random).scenario(seed);
}

class Ftp {
	private readonly rules: Rules;
	private readonly steps: Step[] = [];
	private readonly controls: Control[] = [];
	private readonly announced: Announced[] = [];
	private held: number[] = [];
	private advances = 0;

	constructor(private readonly random: Random) {
		this.rules = rulesOf(random);
	}

	scenario(seed: number): Scenario {
		this.open();
		while (this.steps.length < STEPS) this.step();
		const last = ['conntrack -L expect', 'conntrack -L'];
		this.steps.splice(STEPS - last.length);
		for (const command of last) this.run(command);
		const { nft, iptables } = this.rules;
		return {
			version: 1,
			title: `ftp ${seed}`,
			...gatewayBetween({
				sysctl: {
					'net.ipv4.ip_forward': 1,
					...(this.random.chance(0.15) && { 'net.netfilter.nf_conntrack_tcp_be_liberal': 1 })
				},
				...(nft && { nft }),
				...(iptables && { iptables })
			}),
			steps: this.steps
		};
	}

	private step(): void {
		const held = this.held.length > 0;
		this.random.weighted<() => void>([
			[this.controls.length < 3 ? 2 : 0, () => this.open()],
			[12, () => this.talk('client')],
			[10, () => this.talk('server')],
			[2, () => this.again()],
			[1, () => this.close()],
			[this.announced.length > 0 ? 9 : 0, () => this.data()],
			[3, () => this.run('conntrack -L expect')],
			[1, () => this.command()],
			[this.advances < 3 ? 1 : 0, () => this.advance()],
			[held ? 8 : 0, () => this.release()]
		])();
	}

	private run(command: string): void {
		this.steps.push({ run: { on: 'gateway', command } });
	}

	private command(): void {
		this.run(
			this.random.pick([
				'conntrack -F expect',
				'conntrack -D -p tcp --orig-port-dst 21',
				'conntrack -F',
				'conntrack -L -p tcp',
				'conntrack -L --status EXPECTED',
				'conntrack -U -p tcp --orig-port-dst 21 --mark 7'
			])
		);
	}

	private advance(): void {
		this.advances++;
		this.steps.push({ advance: 3 });
	}

	private release(): void {
		this.steps.push({ release: this.held.shift()! });
	}

	private send(from: string, packet: PacketJson, replyTo?: number): number {
		const step = this.steps.length;
		const stops = this.held.length === 0 && this.random.chance(0.03);
		const hook = from === 'gateway' ? ('output' as const) : ('forward' as const);
		this.steps.push({
			send: {
				from,
				...(replyTo !== undefined && { replyTo }),
				packet,
				...(stops && { hold: { on: 'gateway', hook } })
			}
		});
		if (stops) this.held.push(step);
		return step;
	}

	/** A control connection with its handshake. */
	private open(): void {
		const { random } = this;
		const { source, destination } = this.rules;
		const way = random.weighted<'out' | 'in' | 'own'>([
			[5, 'out'],
			[5, 'in'],
			[1, 'own']
		]);
		const outside = random.pick(CLIENTS);
		const inside = random.pick(SERVERS);
		const toOuter = way === 'in' && destination && random.chance(0.8);
		const end = (from: string, own: string, seen: string): End => ({
			from,
			own,
			seen,
			next: random.pick([1000, 5000, 4294967290]),
			more: 0
		});
		const [client, server, dst] =
			way === 'out'
				? [
						end('server/eth0', inside, source ?? inside),
						end('client/eth0', outside, outside),
						outside
					]
				: way === 'own'
					? [end('gateway', OUTER, OUTER), end('client/eth0', outside, outside), outside]
					: toOuter
						? [end('client/eth0', outside, outside), end('server/eth0', SERVERS[0]!, OUTER), OUTER]
						: [end('client/eth0', outside, outside), end('server/eth0', inside, inside), inside];
		const ports = {
			sport: random.pick([4000, 4001, 4021]),
			dport: random.weighted([
				[9, 21],
				[1, 2121]
			])
		};
		const opened = this.steps.length;
		const control: Control = { client, server, dst, ports, opened };
		this.segment(control, 'client', 'S', '');
		this.segment(control, 'server', 'SA', '');
		this.segment(control, 'client', 'A', '');
		this.controls.push(control);
	}

	/** A segment as its sender counts, where it counts right. */
	private segment(
		control: Control,
		by: 'client' | 'server',
		flags: string,
		payload: string,
		seq = control[by].next
	): void {
		const own = control[by];
		const other = control[by === 'client' ? 'server' : 'client'];
		const ack = (other.next + other.more) % 2 ** 32;
		const tcp = { seq, flags, ...(flags.includes('A') && { ack }) };
		const more = payload === '' ? {} : { payload };
		if (seq === own.next)
			own.next = (own.next + payload.length + (/[SF]/.test(flags) ? 1 : 0)) % 2 ** 32;
		if (by === 'server') {
			this.send(own.from, { tcp, ...more }, control.opened);
			return;
		}
		const ip = { src: own.own, dst: control.dst };
		this.send(own.from, { ip, tcp: { ...control.ports, ...tcp }, ...more });
	}

	private talk(by: 'client' | 'server'): void {
		const { random } = this;
		const control = random.pick(this.controls);
		const end = control[by];
		const line = by === 'client' ? this.clientLine(control) : this.serverLine(control);
		const at = end.next;
		const cut = random.chance(0.1) ? 1 + random.below(line.length - 1) : line.length;
		this.segment(control, by, 'PA', line.slice(0, cut));
		if (cut < line.length) this.segment(control, by, 'PA', line.slice(cut));
		else end.more += this.longer(end, line);
		end.last = { seq: at, payload: line };
		if (random.chance(0.5)) this.segment(control, by === 'client' ? 'server' : 'client', 'A', '');
	}

	/** How much longer a line gets in which the end's address is written anew. */
	private longer({ own, seen }: End, line: string): number {
		const told = line.includes(own.replaceAll('.', ',')) || line.includes(`|${own}|`);
		return told ? seen.length - own.length : 0;
	}

	private again(): void {
		const control = this.random.pick(this.controls);
		const by = this.random.pick(['client', 'server'] as const);
		const { last, next } = control[by];
		if (last) this.segment(control, by, 'PA', last.payload, last.seq);
		else
			this.segment(
				control,
				by,
				'PA',
				'NOOP\r\n',
				(next + this.random.pick([1, 9, 2 ** 31])) % 2 ** 32
			);
	}

	private close(): void {
		const control = this.random.pick(this.controls);
		const by = this.random.pick(['client', 'server'] as const);
		this.segment(control, by, this.random.pick(['FA', 'R', 'RA']), '');
	}

	private port(control: Control, by: 'client' | 'server'): number {
		// Two control connections that announce one port would leave the second to chance.
		const port =
			5001 + 100 * this.controls.indexOf(control) + this.random.pick([0, 0, 1, 2, 14999]);
		this.announced.push({ control, by, port });
		return port;
	}

	private clientLine(control: Control): string {
		const { random } = this;
		const { own } = control.client;
		const port = () => this.port(control, 'client');
		return random.weighted<() => string>([
			[8, () => `PORT ${commas(own, port())}\r\n`],
			[4, () => `EPRT |1|${own}|${port()}|\r\n`],
			[1, () => `port ${commas(own, port())}\r\n`],
			[1, () => `PORT ${commas(random.pick([...CLIENTS, ...SERVERS]), port())}\r\n`],
			[1, () => `NOOP\r\nPORT ${commas(own, port())}\r\n`],
			[1, () => `PORT ${commas(own, port())}\r\nLIST\r\n`],
			[1, () => `PORT ${own.replaceAll('.', ',')},300,1\r\n`],
			[1, () => `PORT ${own.replaceAll('.', ',')},0,0\r\n`],
			[1, () => `EPRT |2|::1|5001|\r\n`],
			[1, () => `EPRT !1!${own}!${port()}!\r\n`],
			[1, () => `EPRT |1|${own}|70000|\r\n`],
			[1, () => `PORT ${commas(own, port())}`],
			[3, () => random.pick(['USER ftp\r\n', 'PASV\r\n', 'EPSV\r\n', 'LIST\r\n', 'NOOP\r\n'])]
		])();
	}

	private serverLine(control: Control): string {
		const { random } = this;
		const { own } = control.server;
		const port = () => this.port(control, 'server');
		return random.weighted<() => string>([
			[8, () => `227 Entering Passive Mode (${commas(own, port())})\r\n`],
			[4, () => `229 Entering Extended Passive Mode (|||${port()}|)\r\n`],
			[1, () => `227 =${commas(own, port())}\r\n`],
			[1, () => `227 Entering Passive Mode ${commas(own, port())}\r\n`],
			[1, () => `227 (${commas(random.pick([...CLIENTS, ...SERVERS]), port())})\r\n`],
			[1, () => `229 (||${port()}|)\r\n`],
			[1, () => `150 ok\r\n227 (${commas(own, port())})\r\n`],
			[3, () => random.pick(['220 ready\r\n', '200 ok\r\n', '150 ok\r\n', '226 done\r\n'])]
		])();
	}

	/** A connection to a port that was announced, or not quite. */
	private data(): void {
		const { random } = this;
		const { control, by, port } =
			this.announced[
				Math.max(random.below(this.announced.length), random.below(this.announced.length))
			]!;
		const active = by === 'client';
		const from = active ? control.server : control.client;
		const to = active ? control.client : control.server;
		const dst = active ? to.seen : control.dst;
		const others = from.from === 'client/eth0' ? CLIENTS : SERVERS;
		const src = random.chance(0.1) && from.from !== 'gateway' ? random.pick(others) : from.own;
		const ports = {
			sport: random.pick(active ? [20, 20, 20, 2020] : [4100, 4101, 4102]),
			dport: random.chance(0.1) ? 5050 : port
		};
		const ip = { src, dst };
		const opened = this.send(from.from, { ip, tcp: { ...ports, flags: 'S', seq: 9000 } });
		if (to.from === 'gateway' || random.chance(0.3)) return;
		this.send(to.from, { tcp: { flags: 'SA', seq: 7000, ack: 9001 } }, opened);
		if (random.chance(0.5)) return;
		const tcp = { ...ports, flags: random.pick(['A', 'FA', 'R']), seq: 9001, ack: 7001 };
		this.send(from.from, { ip, tcp });
	}
}
