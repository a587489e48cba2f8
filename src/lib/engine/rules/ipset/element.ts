/**
 * What is written for an element (`10.0.0.0/30,tcp:80-82`) as the elements it stands for, and an
 * element as it is printed.
 */
import { formatAddress, maskOf } from '../../packet';
import { ICMP_TYPES, protocolName } from '../iptables/names';
import { parseValue, type Word } from '../iptables/parse';
import { Refusal } from '../iptables/refusal';
import type { IpSet, IpSetElement } from './set';
import { ifaceKey, netKey, netPortKey, portKey, thirdKey } from './view';

/** The part of an element that says what it is. */
export type ElementKey = Pick<
	IpSetElement,
	'key' | 'address' | 'length' | 'protocol' | 'port' | 'second' | 'iface' | 'set'
>;

/** Most elements that one range may stand for (`IPSET_MAX_RANGE`). */
const MOST = 1 << 20;

/** TCP, UDP, SCTP, UDP-Lite. */
const WITH_PORTS = [6, 17, 132, 136];

/** Here a name is always one type and code, so names of whole types with codes of their own are not in use. */
const SET_ICMP_TYPES = ICMP_TYPES.filter(
	({ type, code }) =>
		type !== 255 &&
		(code !== null || !ICMP_TYPES.some((other) => other.type === type && other.code !== null))
);

const NOTHING = { address: 0, length: 32, protocol: 0, port: 0, second: 0, iface: '', set: '' };

interface Addresses {
	readonly from: number;
	readonly to?: number;
	readonly length?: number;
}

/**
 * The elements that `word` stands for, in the order they are added.
 * @throws {Refusal}
 */
export function readElements(set: IpSet, word: Word): readonly ElementKey[] {
	const parts = splitParts(word);
	const wanted =
		set.type === 'list:set' ? 1 : set.type.slice(set.type.indexOf(':') + 1).split(',').length;
	if (parts.length < wanted)
		throw new Refusal(
			`an element of \`${set.type}\` has ${wanted} parts, with commas between`,
			word.from,
			word.to,
			1
		);
	if (parts.length > wanted)
		throw new Refusal(
			`an element of \`${set.type}\` has no more than ${wanted === 1 ? 'one part' : `${wanted} parts`}`,
			parts[wanted]!.from,
			word.to,
			1
		);
	const found = expand(set, parts as [Word, ...Word[]]);
	// A hash has 0 for an empty place.
	if (set.type.startsWith('hash:ip') && found[0]?.address === 0)
		throw new Refusal('0.0.0.0 cannot be in a hash', word.from, word.to, 1);
	if (found.length > MOST)
		throw new Refusal(
			'this stands for more elements than can be added at once',
			word.from,
			word.to,
			1
		);
	return found;
}

function expand(set: IpSet, parts: readonly [Word, ...Word[]]): readonly ElementKey[] {
	switch (set.type) {
		case 'hash:ip':
		case 'bitmap:ip':
			return singles(parts[0], set.netmask).map((address) => ({
				...NOTHING,
				key: String(address),
				address
			}));
		case 'hash:net':
			return nets(parts[0]).map(({ address, length }) => ({
				...NOTHING,
				key: netKey(address, length),
				address,
				length
			}));
		case 'bitmap:port':
			return ports(parts[0]).map(({ port }) => ({ ...NOTHING, key: String(port), port }));
		case 'hash:ip,port':
			return singles(parts[0], 32).flatMap((address) =>
				ports(parts[1]!).map(({ protocol, port }) => ({
					...NOTHING,
					key: portKey(address, protocol, port),
					address,
					protocol,
					port
				}))
			);
		case 'hash:net,port':
			return nets(parts[0]).flatMap(({ address, length }) =>
				ports(parts[1]!).map(({ protocol, port }) => ({
					...NOTHING,
					key: netPortKey(address, length, protocol, port),
					address,
					length,
					protocol,
					port
				}))
			);
		case 'hash:ip,port,ip': {
			const thirds = [single(parts[2]!)];
			return singles(parts[0], 32).flatMap((address) =>
				ports(parts[1]!).flatMap(({ protocol, port }) =>
					thirds.map((second) => ({
						...NOTHING,
						key: thirdKey(portKey(address, protocol, port), second),
						address,
						protocol,
						port,
						second
					}))
				)
			);
		}
		case 'hash:ip,port,net': {
			const thirds = nets(parts[2]!);
			return singles(parts[0], 32).flatMap((address) =>
				ports(parts[1]!).flatMap(({ protocol, port }) =>
					thirds.map(({ address: second, length }) => ({
						...NOTHING,
						key: thirdKey(portKey(address, protocol, port), netKey(second, length)),
						address,
						length,
						protocol,
						port,
						second
					}))
				)
			);
		}
		case 'hash:net,iface': {
			const iface = interfaceName(parts[1]!);
			return nets(parts[0], 0).map(({ address, length }) => ({
				...NOTHING,
				key: ifaceKey(address, length, iface),
				address,
				length,
				iface
			}));
		}
		case 'list:set':
			return [{ ...NOTHING, key: parts[0].text, set: parts[0].text }];
	}
}

/** The word's parts between commas, each with its place. */
function splitParts(word: Word): Word[] {
	let from = word.from;
	return word.text.split(',').map((text) => {
		const part = { ...word, text, from, to: from + text.length };
		from += text.length + 1;
		return part;
	});
}

/** Every address of a range or prefix, or with a netmask every network in it. */
function singles(word: Word, netmask: number): number[] {
	const given = parseValue('SetAddresses', word, 1) as Addresses;
	const { from, to } = bounds(given);
	const step = 2 ** (32 - netmask);
	const first = (from & maskOf(netmask)) >>> 0;
	if ((to - first) / step >= MOST)
		throw new Refusal(
			'this stands for more elements than can be added at once',
			word.from,
			word.to,
			1
		);
	const list: number[] = [];
	for (let address = first; address <= to; address += step) list.push(address);
	return list;
}

/** One address; the third part is never a range. */
function single(word: Word): number {
	const { from, to, length } = parseValue('SetAddresses', word, 1) as Addresses;
	if (to !== undefined || length !== 32)
		throw new Refusal(`expected one address, found \`${word.text}\``, word.from, word.to, 1);
	return from;
}

function bounds({ from, to, length }: Addresses): { from: number; to: number } {
	if (to !== undefined) return { from, to };
	const size = 2 ** (32 - (length ?? 32));
	const start = Math.floor(from / size) * size;
	return { from: start, to: start + size - 1 };
}

/** A prefix, or the fewest that make up a range (`ip_set_range_to_cidr`). */
function nets(word: Word, shortest = 1): { address: number; length: number }[] {
	const given = parseValue('SetAddresses', word, 1) as Addresses;
	if (given.to === undefined) {
		const length = given.length ?? 32;
		if (length < shortest)
			throw new Refusal('a prefix of length 0 cannot be in a set', word.from, word.to, 1);
		return [{ address: (given.from & maskOf(length)) >>> 0, length }];
	}
	const list: { address: number; length: number }[] = [];
	for (let at = given.from; at <= given.to;) {
		let length = 32;
		while (length > 1) {
			const size = 2 ** (33 - length);
			if (at % size !== 0 || at + size - 1 > given.to) break;
			length--;
		}
		list.push({ address: at, length });
		at += 2 ** (32 - length);
	}
	return list;
}

/** Most letters of an interface's name (`IFNAMSIZ` less the closing zero). */
const LONGEST_INTERFACE = 15;

/** `eth0`, or `physdev:eth0` for the port of a bridge. */
function interfaceName(word: Word): string {
	const name = word.text.replace(/^physdev:/, '');
	if (name === '' || name.length > LONGEST_INTERFACE)
		throw new Refusal(
			`an interface's name has 1 to ${LONGEST_INTERFACE} letters`,
			word.from,
			word.to,
			1
		);
	return word.text;
}

function ports(word: Word): { protocol: number; port: number }[] {
	const given = parseValue('SetPorts', word, 1) as {
		protocol: number;
		ports?: { from: number; to: number };
		icmp?: { name: string } | { type: number; code: number };
	};
	const { protocol } = given;
	if (given.icmp) return [{ protocol, port: icmpNumber(given.icmp, word) }];
	if (!WITH_PORTS.includes(protocol) && (given.ports!.from !== 0 || given.ports!.to !== 0))
		throw new Refusal(
			`\`${protocolName(protocol)}\` has no ports: expected \`${protocolName(protocol)}:0\``,
			word.from,
			word.to,
			1
		);
	const list: { protocol: number; port: number }[] = [];
	for (let port = given.ports!.from; port <= given.ports!.to; port++) list.push({ protocol, port });
	return list;
}

function icmpNumber(given: { name: string } | { type: number; code: number }, word: Word): number {
	if (!('name' in given)) return given.type * 256 + given.code;
	const found = SET_ICMP_TYPES.find(({ name }) => name.toLowerCase() === given.name.toLowerCase());
	if (!found)
		throw new Refusal(`expected an ICMP type, found \`${given.name}\``, word.from, word.to, 1);
	return found.type * 256 + (found.code ?? 0);
}

// --- Printing -----------------------------------------------------------------------------

/** The element without its extras. */
export function elementName(set: IpSet, element: ElementKey): string {
	const address = formatAddress(element.address);
	switch (set.type) {
		case 'hash:ip':
		case 'bitmap:ip':
			return address;
		case 'hash:net':
			return element.length === 32 ? address : `${address}/${element.length}`;
		case 'bitmap:port':
			return String(element.port);
		case 'hash:ip,port':
			return `${address},${portName(element)}`;
		case 'hash:net,port':
			return `${element.length === 32 ? address : `${address}/${element.length}`},${portName(element)}`;
		case 'hash:ip,port,ip':
			return `${address},${portName(element)},${formatAddress(element.second)}`;
		case 'hash:ip,port,net': {
			const second = formatAddress(element.second);
			const net = element.length === 32 ? second : `${second}/${element.length}`;
			return `${address},${portName(element)},${net}`;
		}
		case 'hash:net,iface':
			return `${element.length === 32 ? address : `${address}/${element.length}`},${element.iface}`;
		case 'list:set':
			return element.set;
	}
}

function portName({ protocol, port }: ElementKey): string {
	if (protocol !== 1) return `${protocolName(protocol)}:${port}`;
	const type = port >> 8;
	const code = port & 255;
	const named = SET_ICMP_TYPES.find((entry) => entry.type === type && (entry.code ?? 0) === code);
	return `icmp:${named ? named.name : `${type}/${code}`}`;
}

/** The element as `ipset list` and `ipset save` print it. */
export function elementText(set: IpSet, element: IpSetElement, now: number): string {
	const parts = [elementName(set, element)];
	if (set.timeout !== null) {
		const left =
			element.expires === null ? 0 : Math.max(1, Math.floor((element.expires - now) / 1000));
		parts.push(`timeout ${left}`);
	}
	if (element.nomatch) parts.push('nomatch');
	if (element.counter)
		parts.push(`packets ${element.counter.packets} bytes ${element.counter.bytes}`);
	if (element.comment !== null) parts.push(`comment "${element.comment}"`);
	return parts.join(' ');
}
