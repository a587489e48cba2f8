/** IPv6 in rules: how addresses are written, what is said of wrong ones, and where. */
import { describe, expect, it } from 'vitest';
import { applyNft, emptyRuleset, formatRuleTextError } from '../../../../src/lib/engine/rules';
import { formatIpv6, maskLengthIpv6, parseIpv6 } from '../../../../src/lib/engine/rules/nft/ipv6';
import { environment } from './environment';

describe('addresses as glibc writes them', () => {
	it.each([
		['::', '::'],
		['2001:DB8::0:1', '2001:db8::1'],
		['2001:db8:0:0:1:0:0:1', '2001:db8::1:0:0:1'],
		['2001:db8:0:1:1:1:1:1', '2001:db8:0:1:1:1:1:1'],
		['1:2:3:4:5:6:7::', '1:2:3:4:5:6:7:0'],
		['1:0:0:2::', '1:0:0:2::'],
		['::1.2.3.4', '::1.2.3.4'],
		['::1:2', '::0.1.0.2'],
		['::0.0.1.2', '::102'],
		['::ffff:0:0', '::ffff:0.0.0.0'],
		['::ffff:1.2.3.4', '::ffff:1.2.3.4']
	])('%s', (written, listed) => expect(formatIpv6(parseIpv6(written)!)).toBe(listed));

	it.each(['1:2:3', '1::2::3', '12345::', '1:2:3:4:5:6:7:8:9', '10.0.0.1', 'fe80::1%lo', '5'])(
		'%s is none',
		(written) => expect(parseIpv6(written)).toBe(null)
	);

	it.each([
		['::', 0],
		['8000::', 1],
		['fffe::', 15],
		['ffff:ffff::', 32],
		['ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff', 128],
		['ff0f::', null],
		['::1', null]
	])('%s as a mask', (mask, length) => expect(maskLengthIpv6(parseIpv6(mask)!)).toBe(length));
});

describe('what is said of a rule', () => {
	it.each([
		[
			'inet',
			'ip6 saddr 10.0.0.1',
			'line 3, column 12: `10.0.0.1` is not an IPv6 address: expected an address such as 2001:db8::1, a range, a set or a map'
		],
		[
			'ip',
			'ip saddr fe80::1',
			'line 3, column 11: `fe80::1` is not an IPv4 address: expected an address such as 10.0.0.1, a range, a set or a map'
		],
		[
			'ip',
			'ip6 saddr ::1',
			'line 3, column 2: conflicting protocols: the rule is about IPv4, not IPv6'
		],
		[
			'ip6',
			'ip saddr 10.0.0.1',
			'line 3, column 2: conflicting protocols: the rule is about IPv6, not IPv4'
		],
		[
			'inet',
			'ip6 saddr ::1 ip saddr 10.0.0.1',
			'line 3, column 16: conflicting protocols: the rule is about IPv6, not IPv4'
		],
		[
			'inet',
			'ip6 saddr ::5-::1',
			'line 3, column 12: the range is empty: it ends before it begins'
		],
		[
			'inet',
			'ip6 saddr fe80::/129',
			'line 3, column 19: a prefix of an IPv6 address has at most 128 bits'
		],
		[
			'inet',
			'icmpv6 type echo-request icmpv6 mtu 1280',
			'line 3, column 27: the rule is about ICMPv6 type echo-request, which has no mtu'
		],
		[
			'inet',
			'dnat to fe80::1',
			'line 3, column 2: in a table of family inet an address needs its family: `dnat ip to …` or `dnat ip6 to …`'
		],
		[
			'inet',
			'ip6 saddr ^ ::1 == ::1',
			'line 3, column 2: a reckoning with IPv6 addresses is not modelled'
		],
		['inet', 'ip6 length set 5', 'line 3, column 2: `ip6 length set` is not modelled']
	])('%s: %s', (family, rule, said) => {
		const text = `table ${family} t {\n chain c { type filter hook input priority 0;\n ${rule}\n }\n}\n`;
		const result = applyNft(emptyRuleset, text, environment());
		expect(result.ok ? [] : result.errors.map(formatRuleTextError)).toEqual([said]);
	});
});
