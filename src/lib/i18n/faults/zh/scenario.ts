/** 场景文件与链接。 */
import type { Pair } from './pair';

export const scenario: readonly Pair[] = [
	['is missing', '缺少这一项'],
	['is missing (only with a `start` can it be left out)', '缺少这一项（有 `start` 时才可以省略）'],
	['unknown field {}', '未知字段 {}'],
	['expected {}, found {}', '应为 {t}，实际是 {t}'],
	['expected 1, the only version there is', '应为 1，目前只有这一个版本'],
	['`{}` is no IPv4 address', '`{}` 不是 IPv4 地址'],
	[
		'`{}` is no IPv4 address with a prefix length, such as 10.0.0.1/24',
		'`{}` 不是带前缀长度的 IPv4 地址，应形如 10.0.0.1/24'
	],
	['expected hex digits, two for each byte', '应为十六进制数字，每个字节两位'],
	['a fragment begins at a multiple of 8 bytes', '分片的起点必须是 8 字节的倍数'],
	['expected letters of FSRPAUEC, each at most once', '应为 FSRPAUEC 中的字母，每个最多一次'],
	['expected `default` or a prefix such as 10.0.0.0/24', '应为 `default` 或前缀，如 10.0.0.0/24'],
	['expected one of send, release, advance, run', '应为 `send`、`release`、`advance`、`run` 之一'],
	[
		'expected exactly one of send, release, advance, run',
		'`send`、`release`、`advance`、`run` 中应当正好写一个'
	],
	[
		'expected a step: one of send, release, advance, run',
		'应为一个步骤：`send`、`release`、`advance`、`run` 之一'
	],
	['a wire has two ends or more', '一条线路至少有两端'],
	['no interface {}', '没有接口 {}'],
	['no interface {}/{}', '没有接口 {}/{}'],
	['no host {}', '没有主机 {}'],
	['no linux host {}', '没有名为 {} 的 Linux 主机'],
	['{} is on wire {} already', '{} 已经接在线路 {} 上'],
	['a host’s name has no slash', '主机名里不能有斜线'],
	['a wire host is a bare pair of hands and has none', '`wire` 主机只管收发包，没有这一项'],
	['a route has a via or a dev', '路由要写 `via` 或 `dev`'],
	[
		"{} is a linux host's interface: a linux host sends by its own name",
		'{} 是 Linux 主机的接口：Linux 主机用自己的名字发送'
	],
	['{} is a wire host: name its interface, {}/…', '{} 是 `wire` 主机：请写出它的接口，{}/…'],
	['step {} is no earlier step', '步骤 {} 不在这一步之前'],
	['step {} is no earlier step that holds a packet', '步骤 {} 不是这一步之前让包停住的步骤'],
	['a packet has one of tcp, udp, icmp', '一个包只能写 `tcp`、`udp`、`icmp` 之一'],
	['expected tcp, udp, icmp or ip.protocol', '应写 `tcp`、`udp`、`icmp` 或 `ip.protocol`'],
	['line {}, column {}', '第 {} 行第 {} 列'],
	['line {}, column {}: {}', '第 {} 行第 {} 列：{t}'],
	['{}: {}', '{}：{t}'],
	[
		'this is no packed scenario: letters, digits, - and _ were expected',
		'这不是打包的场景：其中只能有字母、数字、- 和 _'
	],
	['it is cut off or damaged', '内容不完整，或者已损坏'],
	['it cannot be read', '无法读取'],
	['(file)', '（文件）'],
	['(link)', '（链接）'],
	['this is not JSON', '这不是 JSON'],
	['this is not JSON ({})', '这不是 JSON（{t}）']
];
