/** iptables 的匹配与目标各自需要什么。 */
import type { Pair } from './pair';

export const iptablesOptions: readonly Pair[] = [
	['`{}` needs {}', '`{}` 要写 {}'],
	['`addrtype` needs --src-type or --dst-type', '`addrtype` 要写 --src-type 或 --dst-type'],
	['`conntrack` needs at least one of its options', '`conntrack` 至少要写它的一个选项'],
	[
		'`connlimit` needs --connlimit-upto or --connlimit-above',
		'`connlimit` 要写 --connlimit-upto 或 --connlimit-above'
	],
	[
		'`recent` needs --set, --rcheck, --update or --remove',
		'`recent` 要写 --set、--rcheck、--update 或 --remove'
	],
	['--reap needs --seconds', '--reap 需要 --seconds'],
	['--seconds and --hitcount cannot stand beside --{}', '--seconds 和 --hitcount 不能与 --{} 同用'],
	['--hitcount is at most {}', '--hitcount 最多为 {}'],
	['`{}` cannot be the name of a list', '`{}` 不能用作名单的名字'],
	[
		'`hashlimit` needs --hashlimit-upto or --hashlimit-above',
		'`hashlimit` 要写 --hashlimit-upto 或 --hashlimit-above'
	],
	['a mask of `hashlimit` is the length of a prefix', '`hashlimit` 的掩码是前缀的长度'],
	['a time of the table of `hashlimit` cannot be 0', '`hashlimit` 的表的时间不能为 0'],
	['`{}` cannot be the name of a table', '`{}` 不能用作表名'],
	[
		'`hashlimit` cannot reckon with so slow a rate and so large a burst',
		'速率这么慢、突发量这么大，`hashlimit` 算不了'
	],
	['`SET` needs --add-set or --del-set', '`SET` 要写 --add-set 或 --del-set'],
	['{} can stand beside --add-set only', '{} 只能与 --add-set 同用'],
	['`iprange` needs --src-range or --dst-range', '`iprange` 要写 --src-range 或 --dst-range'],
	[
		'`multiport` needs --sports, --dports or --ports',
		'`multiport` 要写 --sports、--dports 或 --ports'
	],
	[
		'match `multiport` needs `-p` with tcp, udp, udplite, sctp or dccp',
		'匹配 `multiport` 需要 `-p`，协议为 tcp、udp、udplite、sctp 或 dccp'
	],
	['at most {} ports (a range counts as two)', '最多 {} 个端口（一个范围算两个）'],
	['match `{}` needs `-p {}`', '匹配 `{}` 需要 `-p {}`'],
	['match `icmp` needs `-p icmp`', '匹配 `icmp` 需要 `-p icmp`'],
	['match `sctp` needs `-p sctp`', '匹配 `sctp` 需要 `-p sctp`'],
	['there is no SCTP chunk `{}`', '没有 SCTP 数据块 `{}`'],
	['SCTP chunk {} has no flag `{}`', 'SCTP 数据块 {} 没有标志 `{}`'],
	['no more than {} chunks with flags', '带标志的数据块不能多于 {} 个'],
	['match `tcp` needs `-p tcp`', '匹配 `tcp` 需要 `-p tcp`'],
	['match `tcpmss` needs `-p tcp`', '匹配 `tcpmss` 需要 `-p tcp`'],
	['match `udp` needs `-p udp`', '匹配 `udp` 需要 `-p udp`'],
	['`ttl` needs --ttl-eq, --ttl-lt or --ttl-gt', '`ttl` 要写 --ttl-eq、--ttl-lt 或 --ttl-gt'],
	['`dscp` needs --dscp or --dscp-class', '`dscp` 要写 --dscp 或 --dscp-class'],
	[
		'`ecn` needs --ecn-tcp-ece, --ecn-tcp-cwr or --ecn-ip-ect',
		'`ecn` 要写 --ecn-tcp-ece、--ecn-tcp-cwr 或 --ecn-ip-ect'
	],
	['--ecn-tcp-ece and --ecn-tcp-cwr need `-p tcp`', '--ecn-tcp-ece 和 --ecn-tcp-cwr 需要 `-p tcp`'],
	[
		'`owner` needs --uid-owner, --gid-owner or --socket-exists',
		'`owner` 要写 --uid-owner、--gid-owner 或 --socket-exists'
	],
	['--suppl-groups needs --gid-owner before it', '--suppl-groups 前面要有 --gid-owner'],
	['`owner` can stand in OUTPUT and POSTROUTING only', '`owner` 只能写在 OUTPUT 和 POSTROUTING 里'],
	[
		"`rpfilter` can stand in the raw and the mangle table's PREROUTING only",
		'`rpfilter` 只能写在 raw 表和 mangle 表的 PREROUTING 里'
	],
	['`string` needs --string or --hex-string', '`string` 要写 --string 或 --hex-string'],
	['at most {} tests', '最多 {} 项测试'],
	['at most {} numbers on either side of a `=`', '`=` 的每一边最多 {} 个数'],
	['a shift is by at most 31 bits', '最多移 31 位'],
	[
		'`cluster` needs --cluster-local-node or --cluster-local-nodemask',
		'`cluster` 要写 --cluster-local-node 或 --cluster-local-nodemask'
	],
	['there are not so many nodes', '没有那么多节点'],
	['at most 6 directions can be given', '最多写 6 个方向'],
	['--dir {} cannot be asked in {}', '在 {2} 里不能用 --dir {1}'],
	['--limit-iface-{} cannot be asked in {}', '在 {2} 里不能用 --limit-iface-{1}'],
	['`NETMAP` can stand in the nat table only', '`NETMAP` 只能写在 nat 表里'],
	["`{}` can stand in the nat table's {} only", '`{}` 只能写在 nat 表的 {t} 里'],
	['`tcp-reset` needs `-p tcp`', '`tcp-reset` 需要 `-p tcp`'],
	['`TCPMSS` needs `-p tcp`', '`TCPMSS` 需要 `-p tcp`'],
	[
		'`REJECT` can stand in INPUT, FORWARD and OUTPUT only',
		'`REJECT` 只能写在 INPUT、FORWARD 和 OUTPUT 里'
	],
	['`{}` can stand in the {} table only', '`{}` 只能写在 {} 表里'],
	['`TTL` needs --ttl-set, --ttl-dec or --ttl-inc', '`TTL` 要写 --ttl-set、--ttl-dec 或 --ttl-inc'],
	['`TOS` needs one of {}', '`TOS` 要写 {t} 之一'],
	['`DSCP` needs --set-dscp or --set-dscp-class', '`DSCP` 要写 --set-dscp 或 --set-dscp-class'],
	[
		'`ECN` needs --ecn-tcp-remove, --ecn-tcp-cwr, --ecn-tcp-ece or --ecn-ip-ect',
		'`ECN` 要写 --ecn-tcp-remove、--ecn-tcp-cwr、--ecn-tcp-ece 或 --ecn-ip-ect'
	],
	["`ECN` needs `-p tcp` for TCP's bits", '`ECN` 要改 TCP 的位，需要 `-p tcp`'],
	['`TCPOPTSTRIP` needs `-p tcp`', '`TCPOPTSTRIP` 需要 `-p tcp`'],
	[
		'`CLASSIFY` can stand in FORWARD, OUTPUT and POSTROUTING only',
		'`CLASSIFY` 只能写在 FORWARD、OUTPUT 和 POSTROUTING 里'
	],
	[
		'`TCPMSS` needs --set-mss or --clamp-mss-to-pmtu',
		'`TCPMSS` 要写 --set-mss 或 --clamp-mss-to-pmtu'
	],
	[
		'--clamp-mss-to-pmtu can stand in FORWARD, OUTPUT and POSTROUTING only',
		'--clamp-mss-to-pmtu 只能写在 FORWARD、OUTPUT 和 POSTROUTING 里'
	],
	['there is no helper `{}` for the protocol asked for', '没有用于这个协议的助手 `{}`'],
	['mode `random` needs --probability', '`random` 模式要写 --probability'],
	['mode `nth` needs --every and --packet', '`nth` 模式要写 --every 和 --packet'],
	['`MARK` needs one of {}', '`MARK` 要写 {t} 之一'],
	[
		'`CONNMARK` needs one of {}, --save-mark, --restore-mark',
		'`CONNMARK` 要写 {t}、--save-mark、--restore-mark 之一'
	],
	[
		'ports need `-p` with tcp, udp, sctp, dccp or icmp',
		'写端口需要 `-p`，协议为 tcp、udp、sctp、dccp 或 icmp'
	]
];
