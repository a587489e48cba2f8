/** iptables 在某处应有的内容。 */
import type { Pair } from './pair';

export const iptablesExpected: readonly Pair[] = [
	['expected {}', '应为 {t}'],
	['expected one of {}', '应为 {t} 之一'],
	['expected at most {} letters', '最多 {} 个字符'],
	['expected at least one letter', '至少要有一个字符'],
	['expected a rate of at most 10000/second', '速率最多为 10000/second'],
	['expected a number from 0 to 32', '应为 0 到 32 的数'],
	['expected a number from 0 to {}', '应为 0 到 {} 的数'],
	['expected a rate of at most {}/second', '速率最多为 {}/second'],
	['expected at least {}b', '至少应为 {}b'],
	['expected modes ({}), found `{}`', '应为模式（{t}），实际是 `{}`'],
	['a rate (5/second, or bytes: 512kb/s)', '速率（5/second，或字节数：512kb/s）'],
	['packets, or bytes (5, 512kb)', '包数，或字节数（5、512kb）'],
	['expected packets (1 to {})', '应为包数（1 到 {}）'],
	['expected a number from {} to {}', '应为 {} 到 {} 的数'],
	['expected a number from 1', '应为不小于 1 的数'],
	['expected the kind of a TCP option (1 to 255)', '应为 TCP 选项的种类（1 到 255）'],
	[
		'expected options by kind (2 to 255) or name ({}), found `{}`',
		'应为选项的种类（2 到 255）或名字（{t}），实际是 `{}`'
	],
	['expected a class (1:2, hexadecimal)', '应为类别（1:2，十六进制）'],
	['expected `random` or `nth`', '应为 `random` 或 `nth`'],
	[
		'expected a class (CS0 to CS7, BE, AF11 to AF43, EF)',
		'应为类别（CS0 到 CS7、BE、AF11 到 AF43、EF）'
	],
	['expected at most {} bytes', '最多 {} 个字节'],
	['expected pairs of hexadecimal digits between two `|`', '两个 `|` 之间应为成对的十六进制数字'],
	['nothing follows the `\\`', '`\\` 后面什么都没有'],
	['expected `in` or `out`', '应为 `in` 或 `out`'],
	['expected `none` or `ipsec`', '应为 `none` 或 `ipsec`'],
	['expected `bm` or `kmp`', '应为 `bm` 或 `kmp`'],
	['one of & << >> @ =', '& << >> @ = 之一'],
	['expected events ({}), found `{}`', '应为事件（{t}），实际是 `{}`'],
	['expected a zone (0 to 65535, or mark)', '应为区域（0 到 65535，或 `mark`）'],
	['expected a level (0 to 7, or {})', '应为级别（0 到 7，或 {t}）'],
	['expected a command (-A, -I, -D, -L …)', '应为命令（-A、-I、-D、-L……）'],
	['expected `COMMIT` at the end of the table', '表的末尾应有 `COMMIT`'],
	['expected `COMMIT` before the next table', '下一个表之前应有 `COMMIT`'],
	['expected a table (*filter) before `COMMIT`', '`COMMIT` 之前应有表（*filter）'],
	['expected a table (*filter) before this line', '这一行之前应有表（*filter）'],
	['expected a table ({})', '应为表（{t}）'],
	['expected a table ({}){}', '应为表（{t}）{t}'],
	['expected a table ({}), found `{}`', '应为表（{t}），实际是 `{}`'],
	[', found `{}`', '，实际是 `{}`'],
	["expected a chain's name", '应为链名'],
	[
		'expected a policy (ACCEPT, DROP, or - for a chain of your own)',
		'应为默认策略（ACCEPT、DROP，自定义链写 -）'
	],
	['expected counters ([0:0]), found `{}`', '应为计数器（[0:0]），实际是 `{}`'],
	['expected ACCEPT or DROP, found `{}`', '应为 ACCEPT 或 DROP，实际是 `{}`'],
	['expected the number of a rule (from 1), found `{}`', '应为规则的序号（从 1 起），实际是 `{}`'],
	["expected a port's number, found `{}`", '应为端口号，实际是 `{}`'],
	['expected all, any or only, found `{}`', '应为 all、any 或 only，实际是 `{}`'],
	['expected a number, found `{}`', '应为数，实际是 `{}`'],
	['the end of the word', '词的结尾'],
	['another character', '别的字符'],
	['a policy (ACCEPT or DROP)', '默认策略（ACCEPT 或 DROP）'],
	['a new name', '新名字'],
	['a mask (0 to 32, or 255.255.255.0)', '掩码（0 到 32，或 255.255.255.0）'],
	['an address (10.0.0.1, 10.0.0.0/24)', '地址（10.0.0.1、10.0.0.0/24）'],
	['an address (10.0.0.1)', '地址（10.0.0.1）'],
	["a port (0 to 65535, or a service's name)", '端口（0 到 65535，或服务名）'],
	['a length (0 to 32)', '长度（0 到 32）'],
	['an ICMP type (echo-request, 8/0 …)', 'ICMP 类型（echo-request、8/0……）'],
	['a protocol (tcp, udp, icmp …)', '协议（tcp、udp、icmp……）'],
	['a number (0 to 4294967295)', '数（0 到 4294967295）'],
	['a number (0 to 65535)', '数（0 到 65535）'],
	['a number (0 to 18446744073709551615)', '数（0 到 18446744073709551615）'],
	['a number (1 to 32)', '数（1 到 32）'],
	['a number (0 to 255)', '数（0 到 255）'],
	['a number (0 to 4294967294)', '数（0 到 4294967294）'],
	[
		'a user (root, www-data …, or a number to 4294967294)',
		'用户（root、www-data……，或不超过 4294967294 的数）'
	],
	[
		'a group (root, www-data …, or a number to 4294967294)',
		'组（root、www-data……，或不超过 4294967294 的数）'
	],
	['a number (0 to 63)', '数（0 到 63）'],
	['a number (0 to 3)', '数（0 到 3）'],
	[
		'a name (Minimize-Delay, Maximize-Throughput, Maximize-Reliability, Minimize-Cost, Normal-Service)',
		'名字（Minimize-Delay、Maximize-Throughput、Maximize-Reliability、Minimize-Cost、Normal-Service）'
	],
	['a mark (0 to 0xffffffff)', '标记（0 到 0xffffffff）'],
	['a number from 0 to 1', '0 到 1 的数'],
	['how many (1 to 10000)', '数量（1 到 10000）'],
	['second, minute, hour or day', 'second、minute、hour 或 day'],
	[
		'a state (NEW, ESTABLISHED, RELATED, INVALID, UNTRACKED)',
		'状态（NEW、ESTABLISHED、RELATED、INVALID、UNTRACKED）'
	],
	[
		'a state (NEW, ESTABLISHED, RELATED, INVALID, UNTRACKED, SNAT, DNAT)',
		'状态（NEW、ESTABLISHED、RELATED、INVALID、UNTRACKED、SNAT、DNAT）'
	],
	[
		'a status (NONE, EXPECTED, SEEN_REPLY, ASSURED, CONFIRMED)',
		'条目状态（NONE、EXPECTED、SEEN_REPLY、ASSURED、CONFIRMED）'
	],
	['ORIGINAL or REPLY', 'ORIGINAL 或 REPLY'],
	[
		'a TCP flag (SYN, ACK, FIN, RST, URG, PSH, ALL, NONE)',
		'TCP 标志位（SYN、ACK、FIN、RST、URG、PSH、ALL、NONE）'
	],
	['an ICMP type (echo-request, 8, 3/1 …)', 'ICMP 类型（echo-request、8、3/1……）'],
	[
		'a type of address (UNICAST, LOCAL, BROADCAST, MULTICAST, ANYCAST, BLACKHOLE, UNREACHABLE, PROHIBIT, THROW, UNSPEC)',
		'地址类型（UNICAST、LOCAL、BROADCAST、MULTICAST、ANYCAST、BLACKHOLE、UNREACHABLE、PROHIBIT、THROW、UNSPEC）'
	],
	['src or dst', 'src 或 dst'],
	["an interface's name (at most 15 letters)", '接口名（最多 15 个字符）'],
	[
		'a protocol (tcp, udp, icmp, all, or a number to 255)',
		'协议（tcp、udp、icmp、all，或不超过 255 的数）'
	],
	["a chain's name (at most 28 letters)", '链名（最多 28 个字符）']
];
