/** Short ways to write down the scenarios of the gallery. */
import type { EngineEvent, StationOutcome } from '$lib/engine';
import type { PacketJson } from '$lib/scenario/packet-json';
import type { HostSpec, Scenario, Step } from '$lib/scenario/scenario';

export const CLIENT = '198.51.100.10';
export const SERVER = '10.0.0.2';
export const OUTER = '198.51.100.1';

/** A gateway between a client outside and a server behind it. */
export function gateway(nft: string, steps: Step[], more: Partial<HostSpec> = {}): Scenario {
	return {
		version: 1,
		hosts: {
			client: { kind: 'wire', interfaces: { eth0: { address: `${CLIENT}/24`, via: OUTER } } },
			gateway: {
				kind: 'linux',
				interfaces: { ext: { address: `${OUTER}/24` }, int: { address: '10.0.0.1/24' } },
				...(nft ? { nft } : {}),
				...more,
				sysctl: { 'net.ipv4.ip_forward': 1, ...more.sysctl }
			},
			server: { kind: 'wire', interfaces: { eth0: { address: `${SERVER}/24`, via: '10.0.0.1' } } }
		},
		links: [
			['client/eth0', 'gateway/ext'],
			['server/eth0', 'gateway/int']
		],
		steps
	};
}

/** A base chain in a table of its own. */
export const chain = (
	type: 'filter' | 'nat' | 'route',
	hook: string,
	priority: string,
	rules: readonly string[],
	policy = 'accept'
): string => `table ip ${type === 'filter' ? 'filter' : 'nat'} {
	chain ${hook} {
		type ${type} hook ${hook} priority ${priority}; policy ${policy};
${rules.map((rule) => `\t\t${rule}\n`).join('')}	}
}
`;

export const FORWARD = chain(
	'filter',
	'forward',
	'filter',
	[
		'ct state established,related accept',
		'ct state invalid counter accept',
		'ct status dnat accept',
		'iifname "int" accept'
	],
	'drop'
);

export const PUBLISH = chain('nat', 'prerouting', 'dstnat', [
	'iifname "ext" tcp dport 80 dnat to 10.0.0.2:8080'
]);

export const send = (from: string, packet: PacketJson): Step => ({ send: { from, packet } });
export const reply = (from: string, replyTo: number, packet: PacketJson): Step => ({
	send: { from, replyTo, packet }
});

/** A segment from the client. */
export const segment = (
	flags: string,
	dst: string,
	dport: number,
	more: NonNullable<PacketJson['tcp']> = {},
	src = CLIENT
): Step =>
	send('client/eth0', {
		ip: { src, dst },
		tcp: { sport: 40000, dport, flags, seq: 1000, ...more }
	});

/** A datagram. */
export const datagram = (
	from: string,
	src: string,
	dst: string,
	sport: number,
	dport: number
): Step => send(from, { ip: { src, dst }, udp: { sport, dport }, payload: 'hello' });

/** SYN, SYN/ACK and ACK through a published port: steps 0 to 2. */
export const HANDSHAKE: readonly Step[] = [
	segment('S', OUTER, 80),
	reply('server/eth0', 0, { tcp: { flags: 'SA', seq: 5000, ack: 1001 } }),
	segment('A', OUTER, 80, { seq: 1001, ack: 5001 })
];

/** Whether an event is a station of a hook that said something of this kind. */
export function said<K extends StationOutcome['kind']>(
	kind: K,
	holds: (outcome: Extract<StationOutcome, { kind: K }>) => boolean,
	hook?: string
): (event: EngineEvent) => boolean {
	return (event) =>
		event.kind === 'station' &&
		event.outcome.kind === kind &&
		(hook === undefined || event.station.hook === hook) &&
		holds(event.outcome as Extract<StationOutcome, { kind: K }>);
}

/** Whether an event is of a kind. */
export const is =
	(kind: EngineEvent['kind']) =>
	(event: EngineEvent): boolean =>
		event.kind === kind;
