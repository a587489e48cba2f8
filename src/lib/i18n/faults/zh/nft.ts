/** nft 规则：词写在哪里不对，哪些没有模拟。 */
import type { Pair } from './pair';

export const nft: readonly Pair[] = [
	['`{}` is not modelled', '这里没有模拟 `{}`'],
	['{} is not modelled', '这里没有模拟 {t}'],
	['a reckoning with IPv6 addresses', '对 IPv6 地址的运算'],
	['a value of the packet as events', '拿包里的值作事件'],
	['numbers cannot be joined with commas here', '这里不能用逗号连接数'],
	['a reckoning with labels', '对标签的运算'],
	['a set of labels', '标签的集合'],
	['a comparison of labels by size', '按大小比较标签'],
	['a label elsewhere than in a match of its own', '标签出现在单独的匹配以外的地方'],
	['`{}` is not a label: expected a number 0-127', '`{}` 不是标签：应为 0-127 的数'],
	['a prefix of a traffic class', '流量类别的前缀'],
	['the flow label of a packet as a value', '用包的流标签作值'],
	['a header field of two families', '属于两个族的首部字段'],
	['the presence of a TCP option here', '这里对 TCP 选项有无的询问'],
	['a comparison of whether a TCP option is there', '对 TCP 选项有无的这种比较'],
	['a TCP option or `rt mtu` as a value', '用 TCP 选项或 `rt mtu` 作值'],
	['TCP has no option `{}`', 'TCP 没有选项 `{}`'],
	['`tcp option {}` has no `{}`', '`tcp option {}` 没有 `{}`'],
	['a segment size that is neither a number nor `rt mtu`', '既不是数也不是 `rt mtu` 的报文段大小'],
	[
		'of a TCP option a field of two or four bytes can be set',
		'TCP 选项里能设置的只有两字节或四字节的字段'
	],
	['a hash of what has not whole bytes, or is chance,', '对不足整字节或随机的东西求哈希'],
	['a quota above {} bytes', '大于 {} 字节的配额'],
	['more is used than there is of the quota', '用掉的比配额还多'],
	['the kernel cannot count so many bytes', '内核数不到那么多字节'],
	['a shifted value in a header field', '移位后的值写进首部字段'],
	['a fragment that a rule makes', '由规则造出的分片'],
	['a number of {} bits does not fit: {} are set', '{} 位的数放不进去：这里设置的是 {} 位'],
	['a header field of IP after `meta iiftype`', '`meta iiftype` 之后的 IP 首部字段'],
	['a set of hashes', '哈希值的集合'],
	['modulus and offset give numbers above {}', '模数加偏移会得到大于 {} 的数'],
	['the interface number {}', '接口序号 {}'],
	['a range as map data of this type', '用这种类型的范围作映射的数据'],
	['translation to a prefix and a port', '转换到前缀和端口'],
	['translation to a prefix of ports', '转换到端口的前缀'],
	['the link layer header', '链路层首部'],
	['a raw payload of more than {} bits', '超过 {} 位的原始载荷'],
	['a raw payload that cuts bytes here', '这里切开字节的原始载荷'],
	['a raw payload of several fields, or of part of one', '跨几个字段或只占字段一部分的原始载荷'],
	['a raw payload that is a field, beside a set', '与集合相比、本身就是字段的原始载荷'],
	['a raw payload that is set', '设置原始载荷'],
	['a reckoning with raw payload as a value', '用原始载荷的运算作值'],
	['a raw payload has one bit at least', '原始载荷至少一位'],
	['a map of {} objects', '{} 对象的映射'],
	['the helper `{}` is not modelled', '这里没有模拟助手 `{}`'],
	['nft: option `{}` is not modelled', 'nft：这里没有模拟选项 `{}`'],
	['the string is not closed: a `"` is missing', '字符串没有闭合：缺少 `"`'],
	['before `}` nft wants a new line or `;`', '在 nft 里，`}` 之前要换行或写 `;`'],
	['`{}` cannot stand here{}', '`{}` 不能写在这里{t}'],
	[', perhaps `{}` is meant', '（也许是想写 `{}`）'],
	['the text ends too early', '文本结束得太早'],
	['the line ends too early', '这一行结束得太早'],
	['the text is nested too deeply', '文本嵌套太深'],
	['{}: expected {}', '{t}：应为 {t}'],
	['unknown variable `${}`', '未知变量 `${}`'],
	[
		'`{}` is defined already: `redefine` gives it another value',
		'`{}` 已经定义过：用 `redefine` 换成别的值'
	],
	['expected a word', '应为一个词'],
	['expected a quoted string', '应为带引号的字符串'],
	['a log prefix has at most 127 characters', '日志前缀最多 127 个字符'],
	['a comment has at most 128 characters', '注释最多 128 个字符'],
	['`{}` cannot follow `flags {}`', '`{}` 不能写在 `flags {}` 之后'],
	['`level` and `flags` exclude `group`', '`level`、`flags` 不能与 `group` 一起写'],
	['`snaplen` and `queue-threshold` need `group`', '`snaplen` 和 `queue-threshold` 需要 `group`'],
	[
		'nothing can follow a statement that ends the rule with its verdict',
		'语句已经给出裁决，规则到此结束，后面不能再写'
	],
	[
		'`icmpx` is for tables of family inet: write `{}` here',
		'`icmpx` 只用在 inet 族的表里：这里写 `{}`'
	],
	['`{} {} set` takes a plain value', '`{} {} set` 只接受普通的值'],
	['a limit needs a rate above 0', '限速的速率要大于 0'],
	['the burst of a rate of bytes is in bytes', '按字节限速，突发量也以字节计'],
	['the burst of a rate of packets is in packets', '按包限速，突发量也以包计'],
	['the burst of a rate of packets must be above 0', '按包限速，突发量要大于 0'],
	[
		'the kernel cannot count so far: the rate or the burst is too large',
		'速率或突发量太大，内核数不到那么多'
	],
	[
		'in a table of family inet an address needs its family: `{} ip to …` or `{} ip6 to …`',
		'在 inet 族的表里，地址前要写族：`{} ip to …` 或 `{} ip6 to …`'
	],
	['the port is given already, by the map', '映射里已经给出了端口'],
	[
		'a port can be translated only after a match on the transport protocol, such as `tcp dport 80` or `meta l4proto tcp`',
		'要转换端口，前面先要匹配传输层协议，如 `tcp dport 80` 或 `meta l4proto tcp`'
	]
];
