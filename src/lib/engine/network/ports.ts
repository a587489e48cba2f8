/** Wires and their ends, and who stands at each: what a packet between hosts is carried by. */
import type { Host } from '../host/host';
import { packetLength } from '../packet';
import type { Packet } from '../packet';

/** An interface of a wire host: a bare pair of hands. */
export interface WireInterface {
	readonly host: string;
	readonly name: string;
	readonly addresses: readonly number[];
	readonly via: number | null;
	readonly mtu: number;
}

/** One end of a wire: a wire host's interface or a Linux host's. */
export interface End {
	readonly host: string;
	readonly interface: string;
}

/** A wire, and (where it is a bridge) which of its ends have sent something. */
export interface Wire {
	readonly ends: readonly End[];
	readonly learned: Map<string, true>;
}

/** An end of a wire with what stands behind it: a Linux host, or bare hands. */
export interface Port {
	/** `host/interface`. */
	readonly name: string;
	readonly end: End;
	readonly host: Host | null;
	readonly hands: WireInterface | null;
	readonly wire: Wire;
	/** The wire's other ends. */
	readonly others: Port[];
}

/** Whether an address is that of the interface behind a port. */
function owns(port: Port, address: number): boolean {
	if (!port.host) return port.hands?.addresses.includes(address) ?? false;
	const device = port.host.interface(port.end.interface);
	if (device) for (const one of device.addresses) if (one.address === address) return true;
	return false;
}

/** An Ethernet interface takes frames with a VLAN tag more than its MTU, used or not (`is_skb_forwardable`). */
const TAG = 4;
/** What the bridge that a wire of more than two ends is has for its MTU. */
const BRIDGE_MTU = 1500;

/** Whether a wire hands a packet on: a bridge up to its MTU, a cable any. */
export function isCarried(wire: Wire, packet: Packet): boolean {
	return wire.ends.length <= 2 || packetLength(packet) <= BRIDGE_MTU + TAG;
}

/** Whether the interface behind a port takes a packet in. */
export function isTaken(port: Port, packet: Packet): boolean {
	const mtu = port.host?.interface(port.end.interface)?.mtu ?? port.hands?.mtu;
	return mtu === undefined || packetLength(packet) <= mtu + TAG;
}

/** The end of the same wire that has an address. */
export function neighbour(port: Port, address: number): Port | null {
	for (const other of port.others) if (owns(other, address)) return other;
	return null;
}

/** What the ends of wires are found by. */
interface Plugged {
	readonly hosts: ReadonlyMap<string, Host>;
	readonly wireInterfaces: ReadonlyMap<string, WireInterface>;
	readonly wires: readonly Wire[];
}

/** The ends of a world's wires by host and interface; found anew when there are more wires. */
export class Ports {
	private readonly byHost = new Map<string, Map<string, Port>>();
	private wires = 0;

	constructor(private readonly world: Plugged) {}

	/** The end of a wire that an interface is; `null` where no wire is plugged in. */
	of(host: string, name: string): Port | null {
		if (this.wires !== this.world.wires.length) this.find();
		return this.byHost.get(host)?.get(name) ?? null;
	}

	private find(): void {
		const { hosts, wireInterfaces, wires } = this.world;
		this.byHost.clear();
		for (const wire of wires) {
			const all = wire.ends.map((end): Port => {
				const name = `${end.host}/${end.interface}`;
				const host = hosts.get(end.host) ?? null;
				const hands = wireInterfaces.get(name) ?? null;
				return { name, end, host, hands, wire, others: [] };
			});
			for (const port of all) {
				port.others.push(...all.filter((other) => other !== port));
				const { host, interface: name } = port.end;
				let ofHost = this.byHost.get(host);
				if (!ofHost) this.byHost.set(host, (ofHost = new Map<string, Port>()));
				ofHost.set(name, port);
			}
		}
		this.wires = wires.length;
	}
}
