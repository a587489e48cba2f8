/** Types of what the host knows of a packet: interfaces, marks, owners, routes, classes. */
import { ADDRESS_TYPE } from '../address-types';
import { GROUPS, USERS } from '../users';
import { nameType, numberType, parseNumber } from './type-kinds';
import type { NftType } from './type-kinds';
import { integer } from './types-number';

export const IFNAME = nameType('ifname', 'an interface name', 15);

/** Interfaces by index are kept by name: a namespace's indexes are not known to its rules. */
export const IFACE_INDEX: NftType = {
	...IFNAME,
	name: 'iface_index',
	what: 'an interface',
	expected: 'an interface name',
	// The loopback interface is number 1 everywhere.
	parse: (text) =>
		text === '0' ? '' : text === '1' ? 'lo' : /^\d+$/.test(text) ? null : IFNAME.parse(text, false),
	print: (value) => (value === '' ? '0' : `"${value}"`)
};

export const MARK = numberType('mark', 'a mark', {
	bits: 32,
	hex: true,
	expected: 'a number 0-4294967295'
});

/** nft has no name for `throw`. */
const { throw: _, ...NAMED } = ADDRESS_TYPE;
export const FIB_ADDRTYPE = numberType('fib_addrtype', 'an address type', {
	bits: 32,
	symbols: NAMED
});

export const PKT_TYPE = numberType('pkt_type', 'a packet type', {
	bits: 8,
	symbols: { host: 0, unicast: 0, broadcast: 1, multicast: 2, other: 3 }
});

export const NF_PROTO = numberType('nf_proto', 'a protocol family', {
	bits: 8,
	symbols: { ipv4: 2, ipv6: 10 },
	expected: 'ipv4 or ipv6'
});

/**
 * Listed as numbers, where names are not asked for (`-u`). The scanner takes `list` for a keyword, so only in quotes for
 * a name.
 */
function owner(type: NftType): NftType {
	return {
		...type,
		parse: (text, quoted) => (text === 'list' && !quoted ? null : type.parse(text, quoted))
	};
}

export const UID = owner(
	numberType('uid', 'a user', {
		bits: 32,
		symbols: USERS,
		numeric: true,
		expected: 'the name of a user or a number 0-4294967295'
	})
);

export const GID = owner(
	numberType('gid', 'a group', {
		bits: 32,
		symbols: GROUPS,
		numeric: true,
		expected: 'the name of a group or a number 0-4294967295'
	})
);

/** `ARPHRD_*` */
export const IFACE_TYPE = numberType('iface_type', 'an interface type', {
	bits: 16,
	symbols: { ether: 1, ppp: 512, ipip: 768, ipip6: 769, loopback: 772, sit: 776, ipgre: 778 }
});

const DEVGROUPS = numberType('devgroup', 'an interface group', {
	bits: 32,
	symbols: { default: 0 },
	expected: 'default or a number 0-4294967295'
});

/** Its names stand in quotes. */
export const DEVGROUP: NftType = {
	...DEVGROUPS,
	print: (value) => (value === 0 ? '"default"' : String(value))
};

/** `MAJOR:MINOR` in hexadecimal (`tchandle_type_parse`). */
function parseClass(text: string): number | null {
	if (text === 'none') return 0;
	if (text === 'root') return 0xffffffff;
	const parts = /^([0-9a-f]{1,4}):([0-9a-f]{1,4})$/i.exec(text);
	if (parts) return parseInt(parts[1]!, 16) * 0x10000 + parseInt(parts[2]!, 16);
	const number = /^0\d*[89]/.test(text) ? null : parseNumber(text);
	return number !== null && number <= 0xffffffff ? number : null;
}

function printClass(value: number): string {
	if (value === 0) return 'none';
	if (value === 0xffffffff) return 'root';
	return `${(value >>> 16).toString(16)}:${(value & 0xffff).toString(16)}`;
}

/** A class of traffic control, by which `skb->priority` is read. */
export const CLASSID: NftType = {
	...integer(32),
	name: 'classid',
	what: 'a traffic class',
	expected: 'none, root or a class such as 1:10',
	parse: parseClass,
	print: (value) => printClass(Number(value)),
	printNumber: printClass
};
