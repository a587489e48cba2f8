/** Types of what stands in a packet's headers, other than addresses. */
import { SERVICES } from '../iptables/names';
import { PROTOCOL_NAMES } from '../protocols';
import { numberType } from './type-kinds';

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

export const ETHER_TYPE = numberType('ether_type', 'an EtherType', {
	bits: 16,
	hex: true,
	symbols: { ip: 0x0800, arp: 0x0806, ip6: 0x86dd, vlan: 0x8100 },
	expected: 'ip, ip6, arp, vlan or a number 0-65535'
});
