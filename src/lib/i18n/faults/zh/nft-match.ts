/** nft 规则里的匹配与表达式。 */
import type { Pair } from './pair';

export const nftMatch: readonly Pair[] = [
	[
		'`meta nfproto` is of use in a table of family inet only',
		'`meta nfproto` 只在 inet 族的表里有用'
	],
	['`meta nftrace` can be set, but not asked for', '`meta nftrace` 可以设置，不能用来匹配'],
	[
		'`{}` cannot stand here: expected something of the packet, such as `ip saddr` or `tcp dport`',
		'`{}` 不能写在这里：应为包里的内容，如 `ip saddr` 或 `tcp dport`'
	],
	[
		'expected something of the packet, such as `ip saddr` or `tcp dport`',
		'应为包里的内容，如 `ip saddr` 或 `tcp dport`'
	],
	['the modulus must be above 0', '模数要大于 0'],
	[
		'`ct {}` needs a direction: `ct original {}` or `ct reply {}`',
		'`ct {}` 要写方向：`ct original {}` 或 `ct reply {}`'
	],
	['in a table of family inet: `ct {} ip {}`', '在 inet 族的表里要写 `ct {} ip {}`'],
	[
		'`ct {}` needs to know the protocol: put `meta l4proto tcp`, or another, before it',
		'`ct {}` 需要知道协议：前面写上 `meta l4proto tcp` 之类'
	],
	['`fib` needs either `saddr` or `daddr`', '`fib` 要写 `saddr` 或 `daddr`，二者选一'],
	['`fib` takes `iif` or `oif`, not both', '`fib` 只能写 `iif` 或 `oif`，不能都写'],
	[
		'`fib` that asks for the output interface cannot be given it (`oif`)',
		'用 `fib` 查出接口时，不能又给出它（`oif`）'
	],
	['conflicting protocols: the rule is about {}, not {}', '协议冲突：这条规则针对 {}，不是 {}'],
	[
		'conflicting protocols: the rule is about `{}`, not `{}`',
		'协议冲突：这条规则针对 `{}`，不是 `{}`'
	],
	[
		'conflicting protocols: the rule is about {} already, not {}{}',
		'协议冲突：这条规则已经针对 {}，不是 {}{t}'
	],
	[' (`th dport` asks any of them)', '（`th dport` 对哪个都行）'],
	['the rule is about {} type {}, which has no {}', '这条规则针对 {} 类型 {}，那里没有 {}'],
	[
		'joined values are looked up in a set or a map: `{ … }` or `@name`',
		'连在一起的值要到集合或映射里查：`{ … }` 或 `@name`'
	],
	[
		'`!` asks for bits that are off: {} has none (`!=` is "not equal")',
		'`!` 问的是没有置位的位：{t}没有位可言（“不等于”写 `!=`）'
	],
	['`{}` compares with one value', '`{}` 只能与一个值比较'],
	['`{}` cannot compare with a set', '`{}` 不能与集合比较'],
	['`{}` cannot compare bits', '`{}` 不能比较位'],
	['{} has no bits to choose from', '{t} 没有位可选'],
	[
		'there is no interface `{}` (`iifname` and `oifname` match by name, and need none)',
		'没有接口 `{}`（`iifname` 和 `oifname` 按名字匹配，接口不在也行）'
	],
	['the set is empty', '集合是空的'],
	['expected {}, not {}', '应为 {t}，不是 {t}'],
	['expected {}: {}', '应为 {t}：{t}'],
	['expected {} or a range', '应为 {t} 或范围'],
	['`{}` is not {}', '`{}` 不是 {t}'],
	['`{}` is too large for {}', '`{}` 作为 {t} 太大'],
	['`{}` is not a number', '`{}` 不是数'],
	['{} cannot be a range', '{t} 不能写成范围'],
	['the range is empty: it ends before it begins', '范围是空的：终点在起点之前'],
	[
		'`*` alone matches every name: leave the match out',
		'单独一个 `*` 匹配所有名字：不用写这个匹配'
	],
	['a prefix of {} has at most {} bits', '{t} 的前缀最多 {} 位'],
	[
		'values of this kind cannot be joined with commas: put them into a set `{ … }` (only bits, such as states and flags, can; this is {})',
		'这类值不能用逗号相连：请放进集合 `{ … }`（只有状态、标志位之类的位才可以，这里是 {t}）'
	]
];
