/** `ipset test`: whether an element is in a set, as the command asks it. */
import { maskOf } from '../../packet';
import type { ElementKey } from './element';
import { OF_NETWORKS, isAlive, type IpSet, type IpSetElement } from './set';
import { findNetIface, netKey, netPortKey, portKey, thirdKey } from './view';

/**
 * An address is in a set of prefixes when a prefix covers it; a prefix only when it is there
 * itself. With `nomatch`, exceptions count and nothing else.
 */
export function ipsetTest(set: IpSet, key: ElementKey, nomatch: boolean, now: number): boolean {
	const found = lookup(set, key, now);
	return found !== null && found.nomatch === nomatch;
}

function lookup(set: IpSet, key: ElementKey, now: number): IpSetElement | null {
	const living = (element: IpSetElement | undefined): IpSetElement | null =>
		element !== undefined && isAlive(element, now) ? element : null;
	const alive = (name: string): IpSetElement | null => living(set.elements.get(name));
	if (!OF_NETWORKS.has(set.type) || key.length < 32) return alive(key.key);
	if (set.type === 'hash:net,iface') return findNetIface(set, key.address, key.iface, living);
	for (let length = 32; length >= 0; length--) {
		const found = alive(wider(set, key, length));
		if (found) return found;
	}
	return null;
}

/** The key of the prefix of that length which covers the address asked for. */
function wider(set: IpSet, key: ElementKey, length: number): string {
	const { address, protocol, port, second } = key;
	const network = (address & maskOf(length)) >>> 0;
	switch (set.type) {
		case 'hash:net,port':
			return netPortKey(network, length, protocol, port);
		case 'hash:ip,port,net':
			return thirdKey(
				portKey(address, protocol, port),
				netKey((second & maskOf(length)) >>> 0, length)
			);
		default:
			return netKey(network, length);
	}
}
