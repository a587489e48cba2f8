/** Holding the packets that came out in a step against each other, in whatever order they came. */
import { SCTP, SCTP_HEADER_LENGTH, TCP, UDP, hasRightChecksum } from '../engine';
import type { Report } from './compare';
import type { DrawnPorts, Flow } from './drawn-ports';
import { sameValue } from './same-value';
import type { PacketJson } from './packet-json';
import { fromHex } from './packet-text';
import type { Sent } from './sent-packets';

interface Arrival {
	readonly at: string;
	readonly packet: PacketJson;
}

/** What is known when packets are compared. */
export interface Known {
	readonly ports: DrawnPorts;
	/** IP ids of hosts' own packets that differed before: expected → actual. */
	readonly ids: Map<number, Set<number>>;
	readonly sent: Sent | undefined;
}

interface Leaf {
	readonly path: string;
	readonly expected: unknown;
	readonly actual: unknown;
}

const PORT_PATHS = new Set(['tcp.sport', 'tcp.dport', 'udp.sport', 'udp.dport', 'icmp.id']);

/** Reports each packet that one side alone has, or the fields in which the likest two differ. */
export function comparePackets(
	expected: readonly Arrival[],
	actual: readonly Arrival[],
	known: Known,
	report: Report
): void {
	const left = [...actual];
	const missing: number[] = [];
	expected.forEach((one, i) => {
		const at = left.findIndex((other) => judge(one, other, known).length === 0);
		if (at < 0) missing.push(i);
		else accept(one, left.splice(at, 1)[0]!, known);
	});
	for (const i of missing) {
		const costs = left.map((other) => judge(expected[i]!, other, known));
		const least = Math.min(...costs.map((cost) => cost.length));
		const at = costs.findIndex((cost) => cost.length === least);
		if (at < 0) report(`out[${i}]`, expected[i], undefined);
		else {
			for (const leaf of costs[at]!) report(`out[${i}].${leaf.path}`, leaf.expected, leaf.actual);
			left.splice(at, 1);
		}
	}
	for (const other of left) report('out', undefined, other);
}

/** The fields in which two arrivals differ beyond what the format allows. */
function judge(one: Arrival, other: Arrival, known: Known): Leaf[] {
	const [e, a] = [one.packet, other.packet];
	const at: Leaf[] =
		one.at === other.at ? [] : [{ path: 'at', expected: one.at, actual: other.at }];
	return [
		...at,
		...judgePacket(e, a, known, true).map((l) => ({ ...l, path: `packet.${l.path}` }))
	];
}

function judgePacket(e: PacketJson, a: PacketJson, known: Known, outer: boolean): Leaf[] {
	const [innerE, innerA] = [e.icmp?.inner, a.icmp?.inner];
	const both = innerE !== undefined && innerA !== undefined;
	const flowE = flowOf(e);
	const flowA = flowOf(a);
	const agreed = flowE && flowA && flowsAgree(flowE, flowA, known, outer);
	const found = leaves(e, a, '').filter(({ path, expected, actual }) => {
		if (both && path.startsWith('icmp.inner.')) return false;
		if (agreed && PORT_PATHS.has(path)) return false;
		if (agreed && path === 'payload.hex' && isCut(e) && isCut(a)) return !sameButPorts(e, a);
		if (path === 'ip.id') return !mayBeOtherId(e, a, known, outer);
		if (path === 'payload.hex' && outer && isHostsTimestamp(e, known.sent)) {
			return String(expected).length !== String(actual).length;
		}
		return true;
	});
	if (
		flowE &&
		flowA &&
		!agreed &&
		!found.some(({ path }) => PORT_PATHS.has(path) || path === 'payload.hex')
	) {
		// The numbers are equal, but this flow has another number on the actual side by now.
		found.push({ path: 'flow', expected: flowE, actual: flowA });
	}
	if (!both) return found;
	const inner = judgePacket(innerE, innerA, known, false);
	return [...found, ...inner.map((leaf) => ({ ...leaf, path: `icmp.inner.${leaf.path}` }))];
}

function flowsAgree(e: Flow, a: Flow, { ports, sent }: Known, outer: boolean): boolean {
	if (ports.agree(e, a)) return true;
	// A clash can send out a packet whose entry nobody ever sees: the loser's.
	const ports0 = sent?.packet.tcp ?? sent?.packet.udp ?? sent?.packet.icmp;
	if (!outer || !ports0 || ports.knows(e)) return false;
	const { sport, dport } =
		'id' in ports0 ? { sport: ports0.id, dport: 0 } : (ports0 as Partial<Flow>);
	return ports.mayBeDrawn(e, a, { sport, dport });
}

/** Learns from two packets that were found to be the same. */
function accept(one: Arrival, other: Arrival, { ports, ids }: Known): void {
	const [e, a] = [one.packet, other.packet];
	const [from, to] = [e.ip?.id ?? 0, a.ip?.id ?? 0];
	if (from !== to) ids.set(from, (ids.get(from) ?? new Set()).add(to));
	const [flowE, flowA] = [flowOf(e), flowOf(a)];
	if (flowE && flowA && !sameValue(flowE, flowA) && !ports.knows(flowE)) ports.learn(flowE, flowA);
}

/** Whether an IP id is a linux host's own choice, or the quoted one of a packet where it was. */
function mayBeOtherId(e: PacketJson, a: PacketJson, known: Known, outer: boolean): boolean {
	const [from, to] = [e.ip?.id ?? 0, a.ip?.id ?? 0];
	if (known.ids.get(from)?.has(to)) return true;
	const { sent } = known;
	if (!outer) return false;
	if (!sent) return true;
	if (sent.own && !sent.packet.ip?.id) return true;
	if (isAnswer(e, sent)) return true;
	return from !== 0 && !sent.ids.has(from);
}

/** Whether `packet` cannot be what was sent, but what a host made of its own on seeing it. */
function isAnswer(packet: PacketJson, { packet: sent, derived }: Sent): boolean {
	if (packet.tcp?.flags?.includes('R')) {
		return !derived && !sent.tcp?.flags?.includes('R');
	}
	const type = packet.icmp?.type;
	if (type === undefined) return false;
	return sent.icmp?.type !== type && !(derived && sent.icmp?.type === undefined);
}

function isHostsTimestamp(packet: PacketJson, sent: Sent | undefined): boolean {
	return packet.icmp?.type === 14 && sent !== undefined && isAnswer(packet, sent);
}

/** A packet of SCTP, or a quoted one too short to be read: its first bytes are the ports all the same. */
function isCut(packet: PacketJson): boolean {
	const { protocol = 0, offset } = packet.ip ?? {};
	return NAMES.has(protocol) && !offset && hexOf(packet).length >= 8;
}

/** Protocols whose ports can stand among a payload's bytes. */
const NAMES: ReadonlyMap<number, string> = new Map([
	[TCP, 'tcp 6'],
	[UDP, 'udp 17'],
	[SCTP, 'sctp 132']
]);

/**
 * Whether the bytes of two pieces of a packet differ in the ports only, and in the checksum by
 * what the ports make of it (RFC 1624).
 */
function sameButPorts(e: PacketJson, a: PacketJson): boolean {
	if (e.ip?.protocol === SCTP) return sctpWithoutPorts(e) === sctpWithoutPorts(a);
	const at = e.ip?.protocol === 6 ? 16 : 6;
	const words = (packet: PacketJson) => hexOf(packet).match(/.{1,4}/g) ?? [];
	const [one, other] = [words(e), words(a)];
	const sum = (list: readonly string[]) => parseInt(list[0]!, 16) + parseInt(list[1]!, 16);
	const has = one.length > at / 2 && one[at / 2] !== '0000';
	if (has) {
		const moved = parseInt(one[at / 2]!, 16) + sum(one) - parseInt(other[at / 2]!, 16) - sum(other);
		if (moved % 0xffff !== 0) return false;
	}
	const rest = (list: readonly string[]) => list.filter((_, i) => i > 1 && !(has && i === at / 2));
	return rest(one).join('') === rest(other).join('');
}

/** What follows the ports of SCTP; of the checksum, which covers them, only whether it is right. */
function sctpWithoutPorts(packet: PacketJson): string {
	const hex = hexOf(packet);
	const bytes = fromHex(hex);
	if (bytes.length < SCTP_HEADER_LENGTH) return hex.slice(8);
	return `${hex.slice(8, 16)} ${hasRightChecksum(bytes)} ${hex.slice(24)}`;
}

function hexOf(packet: PacketJson): string {
	const payload = packet.payload as { hex?: string } | undefined;
	return payload?.hex ?? '';
}

function flowOf(packet: PacketJson): Flow | undefined {
	const { src = '', dst = '', protocol } = packet.ip ?? {};
	if (packet.tcp) return { protocol: 'tcp 6', src, dst, ...portsOf(packet.tcp) };
	if (packet.udp) return { protocol: 'udp 17', src, dst, ...portsOf(packet.udp) };
	if (packet.icmp?.id !== undefined) {
		return { protocol: 'icmp 1', src, dst, sport: packet.icmp.id, dport: 0 };
	}
	if (!isCut(packet)) return undefined;
	const hex = hexOf(packet);
	const sport = parseInt(hex.slice(0, 4), 16);
	const dport = parseInt(hex.slice(4, 8), 16);
	return { protocol: NAMES.get(protocol!)!, src, dst, sport, dport };
}

const portsOf = ({ sport = 0, dport = 0 }: { sport?: number; dport?: number }) => ({
	sport,
	dport
});

/** Where two JSON values differ, down to single fields. */
function leaves(e: unknown, a: unknown, path: string): Leaf[] {
	if (sameValue(e, a)) return [];
	if (!isRecord(e) || !isRecord(a)) return [{ path, expected: e, actual: a }];
	return [...new Set([...Object.keys(e), ...Object.keys(a)])].flatMap((key) =>
		leaves(e[key], a[key], path ? `${path}.${key}` : key)
	);
}

function isRecord(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}
