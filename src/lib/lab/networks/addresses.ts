/** Addresses that follow from those that somebody has chosen. */
import { formatAddress, parseAddress, parseInterfaceAddress } from '$lib/engine';

/** The address alone. */
export const bare = (address: string): string => address.split('/')[0]!;

/** Another host of the same prefix: the `n`-th from its end, leaving out those taken. */
export function neighbour(address: string, taken: readonly string[], n = 1): string {
	const given = parseInterfaceAddress(address)!;
	const size = 2 ** (32 - given.length);
	const first = Math.floor(given.address / size) * size;
	const used = new Set([given.address, ...taken.map((one) => parseAddress(bare(one)))]);
	let left = n;
	// Not the broadcast address, not the network's own; in the smallest networks there is no choice.
	for (let at = first + size - 2; at > first; at--)
		if (!used.has(at) && --left === 0) return formatAddress(at >>> 0);
	return formatAddress((first + size - 1) >>> 0);
}
