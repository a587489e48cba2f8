/** IPv4 addresses as nft reads and prints them. */
import { formatAddress, parseAddress } from '../../packet';
import { parseIpv6 } from './ipv6';
import { parseNumber } from './type-kinds';
import type { NftType } from './type-kinds';

/** `010.0.0.1`: parts of an address that begin with 0 are octal. */
function octalAddress(text: string): number | null {
	if (!/^\d{1,3}(\.\d{1,3}){3}$/.test(text) || /\b0\d*[89]/.test(text)) return null;
	const parts = text.split('.').map((part) => parseNumber(part) ?? NaN);
	return parts.every((part) => part <= 255)
		? parts.reduce((sum, part) => sum * 256 + part, 0)
		: null;
}

export const IPV4_ADDR: NftType = {
	name: 'ipv4_addr',
	what: 'an IPv4 address',
	expected: 'an address such as 10.0.0.1',
	bits: 32,
	ordered: true,
	parse(text) {
		// The one name that a machine without a network resolves.
		if (text === 'localhost') return 0x7f000001;
		const address = parseAddress(text) ?? octalAddress(text);
		if (address !== null) return address;
		const mapped = text.includes(':') ? parseIpv6(text) : null;
		if (mapped?.startsWith('ffff'.padStart(24, '0'))) return parseInt(mapped.slice(24), 16);
		const value = parseNumber(text);
		return value !== null && value <= 0xffffffff ? value : null;
	},
	print: (value) => (typeof value === 'number' ? formatAddress(value) : value),
	printNumber: formatAddress
};
