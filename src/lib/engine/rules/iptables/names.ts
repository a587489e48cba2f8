/**
 * Names that stand for numbers in iptables text: protocols (IANA protocol numbers), services
 * (IANA port numbers, the ones people write), TCP flags and ICMP types.
 */
import { ACK, FIN, PSH, RST, SYN, URG } from '../../packet';
import { PROTOCOL_NAMES } from '../protocols';

/** Names as `iptables -p` takes them; the first of a number is the one printed. */
export const PROTOCOLS: Readonly<Record<string, number>> = {
	all: 0,
	...PROTOCOL_NAMES,
	// Known to iptables alone (`xtables_chain_protos`).
	'ipv6-mh': 135,
	mh: 135
};

/** `6` → `tcp`; a number without a name as itself. */
export function protocolName(protocol: number): string {
	for (const name in PROTOCOLS) if (PROTOCOLS[name] === protocol) return name;
	return String(protocol);
}

/** Ports by service name; `tcp` or `udp` where the name belongs to one of them alone. */
const SERVICE_LIST: readonly (readonly [string, number, ('tcp' | 'udp')?])[] = [
	['tcpmux', 1, 'tcp'],
	['echo', 7],
	['discard', 9],
	['systat', 11, 'tcp'],
	['daytime', 13],
	['netstat', 15, 'tcp'],
	['ftp-data', 20, 'tcp'],
	['ftp', 21, 'tcp'],
	['ssh', 22, 'tcp'],
	['telnet', 23, 'tcp'],
	['smtp', 25, 'tcp'],
	['time', 37],
	['whois', 43, 'tcp'],
	['domain', 53],
	['bootps', 67, 'udp'],
	['bootpc', 68, 'udp'],
	['tftp', 69, 'udp'],
	['gopher', 70, 'tcp'],
	['finger', 79, 'tcp'],
	['http', 80, 'tcp'],
	['kerberos', 88],
	['pop3', 110, 'tcp'],
	['sunrpc', 111],
	['auth', 113, 'tcp'],
	['nntp', 119, 'tcp'],
	['ntp', 123, 'udp'],
	['netbios-ns', 137, 'udp'],
	['netbios-dgm', 138, 'udp'],
	['netbios-ssn', 139, 'tcp'],
	['imap2', 143, 'tcp'],
	['snmp', 161],
	['snmp-trap', 162],
	['bgp', 179, 'tcp'],
	['irc', 194],
	['ldap', 389],
	['https', 443],
	['microsoft-ds', 445],
	['isakmp', 500, 'udp'],
	['syslog', 514, 'udp'],
	['printer', 515, 'tcp'],
	['submission', 587, 'tcp'],
	['ipp', 631, 'tcp'],
	['ldaps', 636],
	['domain-s', 853],
	['rsync', 873, 'tcp'],
	['imaps', 993, 'tcp'],
	['pop3s', 995, 'tcp'],
	['socks', 1080, 'tcp'],
	['openvpn', 1194],
	['ms-sql-s', 1433, 'tcp'],
	['radius', 1812],
	['cisco-sccp', 2000, 'tcp'],
	['nfs', 2049],
	['mysql', 3306, 'tcp'],
	['svn', 3690, 'tcp'],
	['epmd', 4369, 'tcp'],
	['ipsec-nat-t', 4500, 'udp'],
	['sip', 5060],
	['sip-tls', 5061],
	['xmpp-client', 5222, 'tcp'],
	['mdns', 5353, 'udp'],
	['postgresql', 5432, 'tcp'],
	['amqp', 5672],
	['x11', 6000, 'tcp'],
	['redis', 6379, 'tcp'],
	['http-alt', 8080, 'tcp'],
	['puppet', 8140, 'tcp'],
	['git', 9418, 'tcp'],
	['webmin', 10000, 'tcp']
];

/** Other names of the same services, read but never printed. */
const SERVICE_ALIASES: Readonly<Record<string, number>> = {
	www: 80,
	'pop-3': 110,
	imap: 143,
	mail: 25,
	webcache: 8080
};

export const SERVICES: Readonly<Record<string, number>> = {
	...SERVICE_ALIASES,
	...Object.fromEntries(SERVICE_LIST.map(([name, port]) => [name, port]))
};

/** `80` → `http` for TCP; a port without a name as itself. */
export function serviceName(port: number, protocol: number): string {
	const transport = protocol === 6 ? 'tcp' : protocol === 17 ? 'udp' : 'other';
	const found = SERVICE_LIST.find(
		([, number, only]) =>
			number === port && (only === undefined ? transport !== 'other' : only === transport)
	);
	return found ? found[0] : String(port);
}

/** Flags in the order iptables prints them. */
export const TCP_FLAG_LIST: readonly (readonly [string, number])[] = [
	['FIN', FIN],
	['SYN', SYN],
	['RST', RST],
	['PSH', PSH],
	['ACK', ACK],
	['URG', URG]
];

export const TCP_FLAGS: Readonly<Record<string, number>> = {
	...Object.fromEntries(TCP_FLAG_LIST),
	ALL: FIN | SYN | RST | PSH | ACK | URG,
	NONE: 0
};

export interface IcmpName {
	readonly name: string;
	readonly type: number;
	/** `null`: every code of the type. */
	readonly code: number | null;
}

const icmp = (name: string, type: number, code: number | null = null): IcmpName => ({
	name,
	type,
	code
});

/** `iptables -p icmp -h`. The first name of a type and code is the one listed. */
export const ICMP_TYPES: readonly IcmpName[] = [
	icmp('any', 255),
	icmp('echo-reply', 0),
	icmp('pong', 0),
	icmp('destination-unreachable', 3),
	icmp('network-unreachable', 3, 0),
	icmp('host-unreachable', 3, 1),
	icmp('protocol-unreachable', 3, 2),
	icmp('port-unreachable', 3, 3),
	icmp('fragmentation-needed', 3, 4),
	icmp('source-route-failed', 3, 5),
	icmp('network-unknown', 3, 6),
	icmp('host-unknown', 3, 7),
	icmp('network-prohibited', 3, 9),
	icmp('host-prohibited', 3, 10),
	icmp('TOS-network-unreachable', 3, 11),
	icmp('TOS-host-unreachable', 3, 12),
	icmp('communication-prohibited', 3, 13),
	icmp('host-precedence-violation', 3, 14),
	icmp('precedence-cutoff', 3, 15),
	icmp('source-quench', 4),
	icmp('redirect', 5),
	icmp('network-redirect', 5, 0),
	icmp('host-redirect', 5, 1),
	icmp('TOS-network-redirect', 5, 2),
	icmp('TOS-host-redirect', 5, 3),
	icmp('echo-request', 8),
	icmp('ping', 8),
	icmp('router-advertisement', 9),
	icmp('router-solicitation', 10),
	icmp('time-exceeded', 11),
	icmp('ttl-exceeded', 11),
	icmp('ttl-zero-during-transit', 11, 0),
	icmp('ttl-zero-during-reassembly', 11, 1),
	icmp('parameter-problem', 12),
	icmp('ip-header-bad', 12, 0),
	icmp('required-option-missing', 12, 1),
	icmp('timestamp-request', 13),
	icmp('timestamp-reply', 14),
	icmp('address-mask-request', 17),
	icmp('address-mask-reply', 18)
];

/** The bits of the TOS byte that a name is about. */
export const TOS_MASK = 0x3f;

/** Names of the TOS byte (RFC 1349). */
export const TOS_NAMES: Readonly<Record<string, number>> = {
	'Minimize-Delay': 16,
	'Maximize-Throughput': 8,
	'Maximize-Reliability': 4,
	'Minimize-Cost': 2,
	'Normal-Service': 0
};

/** Classes of differentiated services (RFC 2474, RFC 2597, RFC 3246). */
export const DSCP_CLASSES: Readonly<Record<string, number>> = Object.fromEntries([
	...[0, 1, 2, 3, 4, 5, 6, 7].map((one) => [`CS${one}`, one * 8]),
	['BE', 0],
	...[1, 2, 3, 4].flatMap((one) => [1, 2, 3].map((two) => [`AF${one}${two}`, one * 8 + two * 2])),
	['EF', 46]
]);
