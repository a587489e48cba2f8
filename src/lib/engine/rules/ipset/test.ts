/** `ipset test`: whether an element is in a set, as the command asks it. */
import { maskOf } from '../../packet';
import type { ElementKey } from './element';
import { isAlive, type IpSet, type IpSetElement } from './set';
import { netKey, netPortKey } from './view';

/**
 * An address is in a set of prefixes when a prefix covers it; a prefix only when it is there
 * itself. With `nomatch`, exceptions count and nothing else.
 */
export function ipsetTest(set: IpSet, key: ElementKey, nomatch: boolean, now: number): boolean {
	const found = lookup(set, key, now);
	return found !== null && found.nomatch === nomatch;
}

function lookup(set: IpSet, key: ElementKey, now: number): IpSetElement | null {
	const alive = (name: string): IpSetElement | null => {
		const element = set.elements.get(name);
		return element !== undefined && isAlive(element, now) ? element : null;
	};
	const nets = set.type === 'hash:net' || set.type === 'hash:net,port';
	if (!nets || key.length < 32) return alive(key.key);
	for (let length = 32; length > 0; length--) {
		const network = (key.address & maskOf(length)) >>> 0;
		const found = alive(
			set.type === 'hash:net'
				? netKey(network, length)
				: netPortKey(network, length, key.protocol, key.port)
		);
		if (found) return found;
	}
	return null;
}
