/** What iptables' own matches and targets do with a packet, by the name of their statement. */
import type { XtKind } from '../../xt';
import { connlimit } from './connlimit';
import { conntrack } from './conntrack';
import { cluster, connbytes, connlabel, helper } from './flow';
import { addrtype, ct, dnat, set, setTarget, statistic } from './others';
import { hashlimit } from './hashlimit';
import { netmap } from './netmap';
import { quota } from './quota';
import { recent } from './recent';
import { checksum, ecn, tcpoptstrip, tos, ttl } from './rewriting';
import { tcpmss, tcpmssTarget } from './tcpmss';
import { owner } from './owner';
import { policy } from './policy';
import { rpfilter } from './rpfilter';
import { string } from './string';
import { ecn as ecnMatch, tos as tosMatch } from './tos';
import { u32 } from './u32';
import { icmp, multiport, sctp, tcp, udp } from './transport';

/** Each is given the options that its own extension made. */
type AnyXtKind = XtKind<unknown>;

export const XT: Readonly<Record<string, AnyXtKind>> = {
	tcp: tcp as AnyXtKind,
	udp: udp as AnyXtKind,
	sctp: sctp as AnyXtKind,
	icmp: icmp as AnyXtKind,
	multiport: multiport as AnyXtKind,
	conntrack: conntrack as AnyXtKind,
	connlimit: connlimit as AnyXtKind,
	addrtype: addrtype as AnyXtKind,
	statistic: statistic as AnyXtKind,
	hashlimit: hashlimit as AnyXtKind,
	recent: recent as AnyXtKind,
	quota: quota as AnyXtKind,
	set: set as AnyXtKind,
	tcpmss: tcpmss as AnyXtKind,
	helper: helper as AnyXtKind,
	connbytes: connbytes as AnyXtKind,
	tos: tosMatch as AnyXtKind,
	ecn: ecnMatch as AnyXtKind,
	owner: owner as AnyXtKind,
	rpfilter: rpfilter as AnyXtKind,
	string: string as AnyXtKind,
	u32: u32 as AnyXtKind,
	connlabel: connlabel as AnyXtKind,
	cluster: cluster as AnyXtKind,
	policy: policy as AnyXtKind,
	CT: ct as AnyXtKind,
	SET: setTarget as AnyXtKind,
	DNAT: dnat as AnyXtKind,
	NETMAP: netmap as AnyXtKind,
	TCPMSS: tcpmssTarget as AnyXtKind,
	TCPOPTSTRIP: tcpoptstrip as AnyXtKind,
	TTL: ttl as AnyXtKind,
	TOS: tos as AnyXtKind,
	ECN: ecn as AnyXtKind,
	CHECKSUM: checksum as AnyXtKind
};
