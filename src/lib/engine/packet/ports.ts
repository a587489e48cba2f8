/** Ports as the kernel looks for them in headers of any protocol. */
import { get32 } from './codec';
import { SCTP, TCP, UDP, UDPLITE, type Packet } from './packet';

/** Whether packets of the protocol are told apart by their ports (`nf_ct_get_tuple`). */
export function hasPorts(protocol: number): boolean {
	return protocol === TCP || protocol === UDP || protocol === SCTP || protocol === UDPLITE;
}

/** Source port in the upper half, destination in the lower; -1 where there is none to read. */
export function portsOf({ ip, l4 }: Packet): number {
	if (l4.kind === 'tcp' || l4.kind === 'udp') return l4.sport * 65536 + l4.dport;
	if (l4.kind !== 'opaque' || ip.offset > 0 || l4.payload.length < 4) return -1;
	return get32(l4.payload, 0);
}

/** Protocols whose header has four bytes of ports, or an index in their place, and how far into it (`proto_ports_offset`). */
const PORTS_AT: ReadonlyMap<number, number> = new Map([
	[6, 0],
	[17, 0],
	[33, 0],
	[50, 0],
	[132, 0],
	[136, 0],
	[51, 4]
]);

/** Both ports as `portsOf` gives them; 0 of a protocol that has none, -1 where they cannot be read. */
export function endsOf({ ip, l4 }: Packet): number {
	const at = PORTS_AT.get(ip.protocol);
	if (at === undefined) return 0;
	if (l4.kind !== 'opaque' || at === 0) return portsOf({ ip, l4 });
	return portsOf({ ip, l4: { kind: 'opaque', payload: l4.payload.subarray(at) } });
}
