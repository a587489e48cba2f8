/** Every match and target by name: those that are modelled, and those that only exist. */
import type { AnyExtension } from './extension';
import { addrtype } from './matches/addrtype';
import { cluster } from './matches/cluster';
import { comment } from './matches/comment';
import { connbytes } from './matches/connbytes';
import { connlabel } from './matches/connlabel';
import { connlimit } from './matches/connlimit';
import { conntrack, state } from './matches/conntrack';
import { hashlimit } from './matches/hashlimit';
import { helper } from './matches/helper';
import { icmp } from './matches/icmp';
import { iprange } from './matches/iprange';
import { length } from './matches/length';
import { limit } from './matches/limit';
import { connmark as connmarkMatch, mark as markMatch } from './matches/mark';
import { multiport } from './matches/multiport';
import { owner } from './matches/owner';
import { pkttype } from './matches/pkttype';
import { policy } from './matches/policy';
import { tcp, udp } from './matches/ports';
import { sctp } from './matches/sctp';
import { quota } from './matches/quota';
import { recent } from './matches/recent';
import { rpfilter } from './matches/rpfilter';
import { set } from './matches/set';
import { statistic } from './matches/statistic';
import { string } from './matches/string';
import { tcpmss as tcpmssMatch } from './matches/tcpmss';
import { dscp as dscpMatch, ecn as ecnMatch, tos as tosMatch } from './matches/tos';
import { ttl as ttlMatch } from './matches/ttl';
import { u32 } from './matches/u32';
import { ct, notrack } from './targets/ct';
import { log, trace } from './targets/log';
import { ecn } from './targets/ecn';
import { connmark, mark } from './targets/mark';
import { netmap } from './targets/netmap';
import { nflog } from './targets/nflog';
import { dnat, masquerade, redirect, snat } from './targets/nat';
import { reject } from './targets/reject';
import { setTarget } from './targets/set';
import { tcpmss } from './targets/tcpmss';
import { tcpoptstrip } from './targets/tcpoptstrip';
import { dscp, tos } from './targets/tos';
import { ttl } from './targets/ttl';
import { checksum, classify } from './targets/unseen';

const byName = (list: readonly AnyExtension[]): ReadonlyMap<string, AnyExtension> =>
	new Map(list.map((one) => [one.name, one]));

export const MATCHES = byName([
	tcp,
	udp,
	icmp,
	conntrack,
	state,
	connlimit,
	multiport,
	comment,
	markMatch,
	connmarkMatch,
	sctp,
	addrtype,
	iprange,
	statistic,
	limit,
	hashlimit,
	recent,
	quota,
	set,
	tcpmssMatch,
	length,
	ttlMatch,
	helper,
	connbytes,
	pkttype,
	tosMatch,
	dscpMatch,
	ecnMatch,
	owner,
	rpfilter,
	string,
	u32,
	connlabel,
	cluster,
	policy
]);

export const TARGETS = byName([
	reject,
	dnat,
	snat,
	masquerade,
	redirect,
	netmap,
	mark,
	connmark,
	ct,
	notrack,
	setTarget,
	log,
	trace,
	nflog,
	tcpmss,
	tcpoptstrip,
	ttl,
	tos,
	dscp,
	ecn,
	classify,
	checksum
]);

/** Matches of iptables 1.8.9 that are outside of what is modelled. */
export const OTHER_MATCHES: ReadonlySet<string> = new Set(
	`ah bpf cgroup cpu dccp devgroup esp
	ipcomp ipvs mac nfacct osf physdev rateest realm
	socket time udplite`.split(/\s+/)
);

/** Targets of iptables 1.8.9 that are outside of what is modelled. */
export const OTHER_TARGETS: ReadonlySet<string> = new Set(
	`AUDIT CLUSTERIP CONNSECMARK HMARK IDLETIMER LED NFQUEUE QUEUE RATEEST SECMARK SYNPROXY TEE
	TPROXY ULOG`.split(/\s+/)
);

/** The match that `-p` brings in by itself. */
export function matchOfProtocol(protocol: number): AnyExtension | undefined {
	for (const match of MATCHES.values()) if (match.protocol === protocol) return match;
	return undefined;
}
