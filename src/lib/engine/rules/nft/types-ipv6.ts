/** nft's data types of what only IPv6 has. Names and values are those of `nft describe TYPE`. */
import { formatIpv6, parseIpv6 } from './ipv6';
import { numberType } from './type-kinds';
import type { NftType } from './type-kinds';

/** Its values are kept as 32 hexadecimal digits. */
export const IPV6_ADDR: NftType = {
	name: 'ipv6_addr',
	what: 'an IPv6 address',
	expected: 'an address such as 2001:db8::1',
	bits: 128,
	ordered: true,
	parse: parseIpv6,
	print: (value) => formatIpv6(String(value)),
	printNumber: String
};

export const ICMPV6_TYPE = numberType('icmpv6_type', 'an ICMPv6 type', {
	bits: 8,
	symbols: {
		'destination-unreachable': 1,
		'packet-too-big': 2,
		'time-exceeded': 3,
		'parameter-problem': 4,
		'echo-request': 128,
		'echo-reply': 129,
		'mld-listener-query': 130,
		'mld-listener-report': 131,
		'mld-listener-done': 132,
		'mld-listener-reduction': 132,
		'nd-router-solicit': 133,
		'nd-router-advert': 134,
		'nd-neighbor-solicit': 135,
		'nd-neighbor-advert': 136,
		'nd-redirect': 137,
		'router-renumbering': 138,
		'ind-neighbor-solicit': 141,
		'ind-neighbor-advert': 142,
		'mld2-listener-report': 143
	}
});

export const ICMPV6_CODE = numberType('icmpv6_code', 'an ICMPv6 code', {
	bits: 8,
	symbols: {
		'no-route': 0,
		'admin-prohibited': 1,
		'addr-unreachable': 3,
		'port-unreachable': 4,
		'policy-fail': 5,
		'reject-route': 6
	}
});
