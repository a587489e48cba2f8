/** What makes each state of the gallery what it is: each of these is told by that view, in this order. */

export type View =
	| 'Network'
	| 'Hook path'
	| 'Packet'
	| 'Table'
	| 'Ladder'
	| 'TCP machine'
	| 'Rules'
	| 'In words'
	| 'What happened';

export const TOLD: Record<string, Partial<Record<View, readonly RegExp[]>>> = {
	empty: {
		Packet: [/No packet is on its way/],
		Table: [/No entry/],
		'TCP machine': [/No packet has come/],
		'What happened': [/Nothing has happened yet/]
	},
	new: {
		'Hook path': [/conntrack.*NEW/, /makes entry #1/, /not in the table yet/],
		Table: [/On the packet, not in the table yet/, /SYN_SENT/],
		'TCP machine': [/deletion: NONE/, /SYN_SENT/]
	},
	confirmed: {
		'Hook path': [/confirm.*asked/, /#1 into the table/],
		Table: [/SYN_SENT UNREPLIED/]
	},
	established: {
		'Hook path': [
			/ESTABLISHED/,
			/reply of #1/,
			/not the first packet/,
			/source, out of entry #1/,
			/deletion: 10\.0\.0\.2:8080/,
			/insertion: 198\.51\.100\.1:80/
		],
		Packet: [/src was 10\.0\.0\.2 now 198\.51\.100\.1/, /sport was 8080 now 80/]
	},
	related: { 'Hook path': [/conntrack.*RELATED/, /about entry #1/], 'What happened': [/RELATED/] },
	quoted: {
		Packet: [
			/src was 10\.0\.0\.2 now 198\.51\.100\.1/,
			/quotes the packet/,
			/dst was 10\.0\.0\.2 now 198\.51\.100\.1/
		]
	},
	invalid: {
		'Hook path': [/conntrack.*INVALID/],
		'TCP machine': [/INVALID: .*upper bound/],
		Table: [/ESTABLISHED ASSURED/]
	},
	'invalid-checksum': { 'Hook path': [/INVALID/, /checksum/i], Table: [/No entry/] },
	untracked: { 'Hook path': [/raw|notrack/, /untracked: it has no entry/], Table: [/No entry/] },
	dropped: {
		Network: [/dropped/],
		'Hook path': [
			/tcp dport 8080 accept does not match: tcp dport 8080/,
			/tcp dport 22 drop matches/
		],
		Ladder: [/dropped ip filter forward/]
	},
	policy: { 'Hook path': [/does not match: ct status dnat/, /policy drop/], Ladder: [/dropped/] },
	rejected: {
		'Hook path': [/reject with tcp reset matches/],
		'What happened': [/its sender is told/]
	},
	'no-route': { Network: [/dropped/], 'What happened': [/route/] },
	ttl: { Network: [/dropped/], 'What happened': [/TTL/] },
	'local-delivery': { 'Hook path': [/INPUT/], 'What happened': [/gateway/] },
	answer: { 'Hook path': [/OUTPUT/, /conntrack.*ESTABLISHED/, /reply of #1/] },
	'local-origin': {
		'Hook path': [
			/PREROUTING not on the way/,
			/FORWARD not on the way/,
			/OUTPUT/,
			/destination, out of entry #1/
		],
		Packet: [/dst was 198\.51\.100\.10 now 10\.0\.0\.2/]
	},
	held: { Ladder: [/SYN held/], Table: [/On the packet/], 'What happened': [/held in FORWARD/] },
	'fragment-waits': {
		'Hook path': [/−400 defragment : asked|−400 defragment/, /1 piece/],
		'What happened': [/fragment|piece/]
	},
	'fragment-complete': { 'Hook path': [/−400 defragment/, /2 pieces/] },
	dnat: {
		'Hook path': [
			/destination, out of entry #1/,
			/deletion: 198\.51\.100\.1:80/,
			/insertion: 10\.0\.0\.2:8080/
		],
		Packet: [/dst was 198\.51\.100\.1 now 10\.0\.0\.2/, /dport was 80 now 8080/],
		Table: [/src 10\.0\.0\.2:8080 DNAT/]
	},
	'nat-rules': {
		'Hook path': [/ip nat prerouting : asked/, /destination → 10\.0\.0\.2:8080/],
		Packet: [/dst 198\.51\.100\.1/]
	},
	'not-asked': {
		'Hook path': [/ip nat prerouting : passed over/, /not asked: not the first packet/]
	},
	snat: {
		Packet: [/src was 10\.0\.0\.2 now 198\.51\.100\.1/, /sport was 5000 now 600\d/],
		Table: [/SNAT/]
	},
	masquerade: {
		'Hook path': [/masquerade matches/],
		Packet: [/src was 10\.0\.0\.2 now 198\.51\.100\.1/]
	},
	redirect: { Packet: [/dst was 203\.0\.113\.5 now 198\.51\.100\.1/, /dport was 80 now 3128/] },
	both: {
		Packet: [/src was 198\.51\.100\.10 now 10\.0\.0\.1/, /dst was 198\.51\.100\.1 now 10\.0\.0\.2/]
	},
	'port-clash': { Packet: [/sport was 5000 now (?!5000)\d+/], Table: [/5000/] },
	'null-binding': { 'Hook path': [/destination stays as it is/] },
	hairpin: {
		Network: [/neighbour/],
		Packet: [/src was 10\.0\.0\.3 now 10\.0\.0\.1/, /dst was 198\.51\.100\.1 now 10\.0\.0\.2/]
	},
	racing: { Table: [/On the packet/, /#1/, /#2/], Ladder: [/SYN held/, /SYN held/] },
	'race-lost': {
		'Hook path': [/confirm.*stopped here/, /insert failed/],
		Ladder: [/dropped confirm/]
	},
	'race-merged': { 'Hook path': [/confirm/, /merged with #\d|kept beside/] },
	full: {
		'Hook path': [/conntrack : stopped here/, /the table is full/],
		Table: [/udp ASSURED/, /udp ASSURED/]
	},
	'many-kinds': { Table: [/tcp/, /udp/, /icmp/, /gre|unknown|47/] },
	time: { Table: [/gone/] },
	command: { 'What happened': [/conntrack -D -p tcp/] },
	expectation: { Table: [/helper ftp/], 'Hook path': [/a connection is expected/] },
	expected: { 'Hook path': [/conntrack.*NEW|RELATED/] },
	window: { 'TCP machine': [/INVALID/, /over upper bound|out of the window/] },
	fin: { 'TCP machine': [/FIN/, /deletion: ESTABLISHED/, /FIN_WAIT/], Table: [/FIN_WAIT/] },
	'time-wait': { 'TCP machine': [/TIME_WAIT/], Table: [/TIME_WAIT/, /120 s/] },
	reset: { 'TCP machine': [/CLOSE/], Table: [/CLOSE/, /10 s/] },
	options: { Packet: [/mss|MSS/i, /1460/] },
	iptables: {
		'Hook path': [
			/raw PREROUTING/,
			/mangle PREROUTING/,
			/nat PREROUTING/,
			/filter FORWARD/,
			/ALLOWED/
		]
	},
	priorities: { 'Hook path': [/−350/, /−250/, /−200 conntrack/, /−150/, /−100/] },
	'long-rules': { 'Hook path': [/accept/], Rules: [/tcp dport 1298 counter drop/] },
	'twelve-hosts': { Network: [/h6/, /r6/] },
	'ten-thousand': { Table: [/10,?000 entries/, /#10000/] }
};
