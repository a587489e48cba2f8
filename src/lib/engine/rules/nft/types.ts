/**
 * nft's data types: which words stand for which numbers, and how numbers are printed. Names and
 * values are those of `nft describe TYPE`.
 */
import { formatAddress, parseAddress } from '../../packet';
import { SERVICES } from '../iptables/names';
import { GROUPS, USERS } from '../users';
import { parseIpv6 } from './ipv6';
import { PROTOCOL_NAMES } from './protocols';
import { nameType, numberType, parseNumber, parseTime, printTime } from './type-kinds';
import type { NftType } from './type-kinds';
import { ICMPV6_CODE, ICMPV6_TYPE, IPV6_ADDR } from './types-ipv6';

export { ICMPV6_CODE, ICMPV6_TYPE, IPV6_ADDR, parseNumber, parseTime, printTime };
export type { NftType };

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

export const INET_SERVICE = numberType('inet_service', 'a port', {
	bits: 16,
	symbols: SERVICES,
	numeric: true,
	expected: 'a number 0-65535 or a service name'
});

export const INET_PROTO = numberType('inet_proto', 'a protocol', {
	bits: 8,
	symbols: PROTOCOL_NAMES,
	expected: 'tcp, udp, icmp, another protocol name or a number 0-255'
});

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
export const STRING = nameType('string', 'a name', 15);

export const MARK = numberType('mark', 'a mark', {
	bits: 32,
	hex: true,
	expected: 'a number 0-4294967295'
});

export const CT_STATE = numberType('ct_state', 'a connection tracking state', {
	bits: 32,
	bitmask: true,
	hex: true,
	symbols: { invalid: 1, established: 2, related: 4, new: 8, untracked: 64 },
	expected: 'new, established, related, invalid or untracked'
});
export const CT_STATUS = numberType('ct_status', 'a connection tracking status', {
	bits: 32,
	bitmask: true,
	hex: true,
	symbols: {
		expected: 1,
		'seen-reply': 2,
		assured: 4,
		confirmed: 8,
		snat: 16,
		dnat: 32,
		dying: 512
	},
	expected: 'expected, seen-reply, assured, confirmed, snat, dnat or dying'
});
/** `enum ip_conntrack_events` */
const EVENTS = numberType('ct_event', 'a connection tracking event', {
	bits: 32,
	bitmask: true,
	hex: true,
	symbols: {
		new: 1,
		related: 2,
		destroy: 4,
		reply: 8,
		assured: 16,
		protoinfo: 32,
		helper: 64,
		mark: 128,
		seqadj: 256,
		secmark: 512,
		label: 1024
	},
	expected:
		'new, related, destroy, reply, assured, protoinfo, seqadj, label or a number 0-4294967295'
});
/** Three of its names are keywords of the scanner. */
export const CT_EVENT: NftType = {
	...EVENTS,
	parse: (text, quoted) =>
		!quoted && ['helper', 'mark', 'secmark'].includes(text) ? null : EVENTS.parse(text, quoted)
};
export const CT_DIR = numberType('ct_dir', 'a direction', {
	bits: 8,
	symbols: { original: 0, reply: 1 },
	expected: 'original or reply'
});
export const ICMP_TYPE = numberType('icmp_type', 'an ICMP type', {
	bits: 8,
	symbols: {
		'echo-reply': 0,
		'destination-unreachable': 3,
		'source-quench': 4,
		redirect: 5,
		'echo-request': 8,
		'router-advertisement': 9,
		'router-solicitation': 10,
		'time-exceeded': 11,
		'parameter-problem': 12,
		'timestamp-request': 13,
		'timestamp-reply': 14,
		'info-request': 15,
		'info-reply': 16,
		'address-mask-request': 17,
		'address-mask-reply': 18
	}
});
export const ICMP_CODE = numberType('icmp_code', 'an ICMP code', {
	bits: 8,
	symbols: {
		'net-unreachable': 0,
		'host-unreachable': 1,
		'prot-unreachable': 2,
		'port-unreachable': 3,
		'frag-needed': 4,
		'net-prohibited': 9,
		'host-prohibited': 10,
		'admin-prohibited': 13
	}
});
/** Codes of `reject with icmpx`, which suit IPv4 and IPv6. */
export const ICMPX_CODE = numberType('icmp_code', 'an icmpx code', {
	bits: 8,
	symbols: { 'no-route': 0, 'port-unreachable': 1, 'host-unreachable': 2, 'admin-prohibited': 3 },
	expected: 'port-unreachable, admin-prohibited, no-route or host-unreachable'
});
export const TCP_FLAG = numberType('tcp_flag', 'a TCP flag', {
	bits: 8,
	bitmask: true,
	hex: true,
	symbols: { fin: 1, syn: 2, rst: 4, psh: 8, ack: 16, urg: 32, ecn: 64, cwr: 128 },
	expected: 'fin, syn, rst, psh, ack, urg, ecn, cwr or a number 0-255'
});
export const FIB_ADDRTYPE = numberType('fib_addrtype', 'an address type', {
	bits: 32,
	symbols: {
		unspec: 0,
		unicast: 1,
		local: 2,
		broadcast: 3,
		anycast: 4,
		multicast: 5,
		blackhole: 6,
		unreachable: 7,
		prohibit: 8
	}
});
export const PKT_TYPE = numberType('pkt_type', 'a packet type', {
	bits: 8,
	symbols: { host: 0, unicast: 0, broadcast: 1, multicast: 2, other: 3 }
});
export const DSCP = numberType('dscp', 'a DSCP', {
	bits: 6,
	hex: true,
	symbols: {
		cs0: 0x00,
		cs1: 0x08,
		cs2: 0x10,
		cs3: 0x18,
		cs4: 0x20,
		cs5: 0x28,
		cs6: 0x30,
		cs7: 0x38,
		df: 0x00,
		be: 0x00,
		lephb: 0x01,
		af11: 0x0a,
		af12: 0x0c,
		af13: 0x0e,
		af21: 0x12,
		af22: 0x14,
		af23: 0x16,
		af31: 0x1a,
		af32: 0x1c,
		af33: 0x1e,
		af41: 0x22,
		af42: 0x24,
		af43: 0x26,
		va: 0x2c,
		ef: 0x2e
	},
	expected: 'a class such as cs1, af11, ef or a number 0-63'
});
export const ECN = numberType('ecn', 'an ECN codepoint', {
	bits: 2,
	symbols: { 'not-ect': 0, ect1: 1, ect0: 2, ce: 3 }
});
export const NF_PROTO = numberType('nf_proto', 'a protocol family', {
	bits: 8,
	symbols: { ipv4: 2, ipv6: 10 },
	expected: 'ipv4 or ipv6'
});
export const ETHER_TYPE = numberType('ether_type', 'an EtherType', {
	bits: 16,
	hex: true,
	symbols: { ip: 0x0800, arp: 0x0806, ip6: 0x86dd, vlan: 0x8100 },
	expected: 'ip, ip6, arp, vlan or a number 0-65535'
});
export const BOOLEAN: NftType = {
	name: 'boolean',
	what: 'a yes or no',
	expected: 'exists or missing',
	bits: 8,
	parse: (text) =>
		text === 'exists' || text === '1' ? 1 : text === 'missing' || text === '0' ? 0 : null,
	print: (value) => (value === 1 ? 'exists' : 'missing'),
	printNumber: String
};
export const TIME: NftType = {
	name: 'time',
	what: 'a time',
	expected: 'a time such as 30s, 5m or 1h30m',
	bits: 32,
	ordered: true,
	parse(text) {
		const seconds = parseTime(text);
		return seconds === null ? null : Math.round(seconds * 1000);
	},
	print: (value) => (typeof value === 'number' ? printTime(value / 1000) : value),
	printNumber: (value) => `${value / 1000}s`
};
export const VERDICT: NftType = {
	name: 'verdict',
	what: 'a verdict',
	expected: 'accept, drop, continue, return, jump CHAIN or goto CHAIN',
	bits: 32,
	parse: () => null,
	print: (value) => String(value),
	printNumber: String
};

const integers = new Map<number, NftType>();

/** A plain number of so many bits. */
export function integer(bits: number): NftType {
	let type = integers.get(bits);
	if (!type) integers.set(bits, (type = numberType('integer', 'a number', { bits })));
	return type;
}

/** A plain number that is listed as hexadecimal, without zeros before it. */
export function rawInteger(bits: number): NftType {
	const print = (value: number): string => `0x${value.toString(16)}`;
	return { ...integer(bits), print: (value) => print(Number(value)), printNumber: print };
}

const limited = new Map<number, NftType>();

/** A number up to `highest`, such as a generator gives. */
export function upTo(highest: number): NftType {
	let type = limited.get(highest);
	if (!type) {
		type = {
			...integer(32),
			expected: `a number 0-${highest}`,
			parse(text) {
				const value = parseNumber(text);
				return value !== null && value <= highest ? value : null;
			}
		};
		limited.set(highest, type);
	}
	return type;
}

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

/** Types that the kernel keeps in the machine's byte order. */
export const HOST_ORDER: ReadonlySet<string> = new Set([
	'mark',
	'ct_state',
	'ct_status',
	'iface_index',
	'fib_addrtype',
	'uid',
	'gid',
	'iface_type',
	'devgroup',
	'classid',
	'time'
]);

/** The types that `type …` of a set names. */
export const SET_TYPES: Readonly<Record<string, NftType>> = Object.fromEntries(
	[
		IPV4_ADDR,
		IPV6_ADDR,
		INET_SERVICE,
		INET_PROTO,
		IFNAME,
		IFACE_INDEX,
		MARK,
		CT_STATE,
		CT_STATUS,
		CT_DIR,
		ICMP_TYPE,
		ICMP_CODE,
		ICMPV6_TYPE,
		ICMPV6_CODE,
		TCP_FLAG,
		FIB_ADDRTYPE,
		PKT_TYPE,
		DSCP,
		ECN,
		NF_PROTO,
		ETHER_TYPE,
		TIME,
		UID,
		GID,
		IFACE_TYPE,
		DEVGROUP,
		CLASSID,
		VERDICT
	].map((type) => [type.name, type])
);
