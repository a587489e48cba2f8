/**
 * nft's data types: which words stand for which numbers, and how numbers are printed. Names and
 * values are those of `nft describe TYPE`.
 */
import { nameType, parseNumber, parseTime, printTime } from './type-kinds';
import type { NftType } from './type-kinds';
import { CT_DIR, CT_STATE, CT_STATUS } from './types-ct';
import {
	DSCP,
	ECN,
	ETHER_TYPE,
	ICMP_CODE,
	ICMP_TYPE,
	INET_PROTO,
	INET_SERVICE,
	TCP_FLAG
} from './types-header';
import { IPV4_ADDR } from './types-ipv4';
import { ICMPV6_CODE, ICMPV6_TYPE, IPV6_ADDR } from './types-ipv6';
import {
	CLASSID,
	DEVGROUP,
	FIB_ADDRTYPE,
	GID,
	IFACE_INDEX,
	IFACE_TYPE,
	IFNAME,
	MARK,
	NF_PROTO,
	PKT_TYPE,
	UID
} from './types-meta';

export * from './types-ct';
export * from './types-header';
export * from './types-ipv4';
export * from './types-meta';
export * from './types-number';
export { ICMPV6_CODE, ICMPV6_TYPE, IPV6_ADDR, parseNumber, parseTime, printTime };
export type { NftType };

export const STRING = nameType('string', 'a name', 15);

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
