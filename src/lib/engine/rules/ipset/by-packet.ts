/** Elements that packets put into a set or take out of it (`ip_set_add`, `ip_set_del`, and each type's `kadt`). */
import { TCP, UDP, maskOf, packetLength } from '../../packet';
import type { IpSetChange } from '../context';
import type { ElementKey } from './element';
import { findSet, isAlive, putSet, type IpSet, type IpSetElement, type IpSets } from './set';
import {
	DIMENSIONS,
	addressOf,
	ifaceKey,
	netKey,
	netPortKey,
	portKey,
	portOf,
	thirdKey,
	type Seen
} from './view';

const NOTHING = { address: 0, length: 32, protocol: 0, port: 0, second: 0, iface: '', set: '' };

/** `IPSET_MAX_TIMEOUT`, seconds. */
const LONGEST = 2147483;

/** Of networks the longest prefix that is in the set is taken, and of none a whole address (`INIT_CIDR`). */
function lengthIn({ elements }: IpSet, now: number): number {
	const alive = [...elements.values()].filter((element) => isAlive(element, now));
	return alive.length > 0 ? Math.max(...alive.map(({ length }) => length)) : 32;
}

/** The element of a packet; `null` where it can be none. */
function elementOf(set: IpSet, seen: Seen, now: number): ElementKey | null {
	const { packet, flags, inName, outName } = seen;
	const { protocol } = packet.ip;
	const whole = addressOf(packet, flags[0]!);
	const inRange = (value: number): boolean => value >= set.range.from && value <= set.range.to;
	switch (set.type) {
		case 'hash:ip':
		case 'bitmap:ip': {
			const address = (whole & maskOf(set.netmask)) >>> 0;
			const fits = set.type === 'hash:ip' ? address !== 0 : inRange(whole);
			return fits ? { ...NOTHING, key: String(address), address } : null;
		}
		case 'bitmap:port': {
			const port = portOf(packet, flags[0]!);
			if (port < 0 || (protocol !== TCP && protocol !== UDP) || !inRange(port)) return null;
			return { ...NOTHING, key: String(port), port };
		}
		case 'hash:net': {
			const length = lengthIn(set, now);
			const address = (whole & maskOf(length)) >>> 0;
			return { ...NOTHING, key: netKey(address, length), address, length };
		}
		case 'hash:net,iface': {
			const iface = flags[1] === 'src' ? inName : outName;
			if (iface === '') return null;
			const length = lengthIn(set, now);
			const address = (whole & maskOf(length)) >>> 0;
			return { ...NOTHING, key: ifaceKey(address, length, iface), address, length, iface };
		}
		case 'list:set':
			return null;
	}
	const port = portOf(packet, flags[1]!);
	if (port < 0) return null;
	const known = { ...NOTHING, protocol, port };
	if (set.type === 'hash:net,port') {
		const length = lengthIn(set, now);
		const address = (whole & maskOf(length)) >>> 0;
		return { ...known, key: netPortKey(address, length, protocol, port), address, length };
	}
	const key = portKey(whole, protocol, port);
	if (set.type === 'hash:ip,port') return { ...known, key, address: whole };
	const third = addressOf(packet, flags[2]!);
	if (set.type === 'hash:ip,port,ip')
		return { ...known, key: thirdKey(key, third), address: whole, second: third };
	const length = lengthIn(set, now);
	const second = (third & maskOf(length)) >>> 0;
	return { ...known, key: thirdKey(key, netKey(second, length)), address: whole, second, length };
}

/** The elements with one more; `null` where it is there already or has no room. */
function withElement(
	set: IpSet,
	key: ElementKey,
	{ exist, timeout }: IpSetChange,
	length: number,
	now: number
): Map<string, IpSetElement> | null {
	const before = set.elements.get(key.key);
	if (before && isAlive(before, now) && !exist) return null;
	const elements = new Map(
		before ? set.elements : [...set.elements].filter(([, element]) => isAlive(element, now))
	);
	if (!before && set.type.startsWith('hash:') && elements.size >= set.maxelem) return null;
	const seconds = Math.min(timeout ?? set.timeout ?? 0, LONGEST);
	return elements.set(key.key, {
		...key,
		nomatch: false,
		expires: set.timeout === null || seconds === 0 ? null : now + seconds * 1000,
		counter: set.counters ? { packets: 1, bytes: length } : null,
		// What was written of it stays in a hash, and goes in a bitmap.
		comment: set.type.startsWith('hash:') ? (before?.comment ?? null) : null
	});
}

/** The sets after a packet changed the one that a rule names; the same ones where it did not. */
export function changeByPacket(sets: IpSets, change: IpSetChange, seen: Seen, now: number): IpSets {
	const set = findSet(sets, change.set);
	if (!set || seen.flags.length < DIMENSIONS[set.type]) return sets;
	if (set.type === 'list:set') {
		// The first member that can be changed is.
		for (const element of set.elements.values()) {
			if (!isAlive(element, now)) continue;
			const next = changeByPacket(sets, { ...change, set: element.set }, seen, now);
			if (next !== sets) return next;
		}
		return sets;
	}
	const key = elementOf(set, seen, now);
	if (!key) return sets;
	if (change.op === 'add') {
		const elements = withElement(set, key, change, packetLength(seen.packet), now);
		return elements ? putSet(sets, { ...set, elements }) : sets;
	}
	const before = set.elements.get(key.key);
	if (!before || !isAlive(before, now)) return sets;
	const elements = new Map(set.elements);
	elements.delete(key.key);
	return putSet(sets, { ...set, elements });
}
