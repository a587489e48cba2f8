/** nft 的表、链、规则、命名对象：有没有，能不能改。 */
import type { Pair } from './pair';

export const nftTables: readonly Pair[] = [
	['there is no table `{} {}`', '没有表 `{} {}`'],
	['there is no table with handle {}', '没有句柄为 {} 的表'],
	['there is a table `{} {}` already', '已经有表 `{} {}`'],
	['there is no chain `{}` in table `{} {}`', '表 `{2} {3}` 里没有链 `{1}`'],
	['there is a chain `{}` already', '已经有链 `{}`'],
	[
		'the chain `{}` is not there yet: it can be renamed afterwards',
		'链 `{}` 此时还不存在：之后才能改名'
	],
	[
		'a chain is to be named `{}` at the end: two of one name are not modelled',
		'最后会有一条链改名为 `{}`：同名的两条链不在模型之内'
	],
	[
		'there is a chain `{}` already, with another type, hook or priority',
		'已经有链 `{}`，类型、钩子或优先级不同'
	],
	[
		'only a base chain (`type … hook … priority …`) has a policy',
		'只有基础链（`type … hook … priority …`）才有默认策略'
	],
	['a chain has one policy', '一条链只有一个默认策略'],
	['a policy is `accept` or `drop`', '默认策略是 `accept` 或 `drop`'],
	['a chain of type route can only be hooked into output', 'route 类型的链只能挂在 output'],
	['a chain of type nat cannot be hooked into forward', 'nat 类型的链不能挂在 forward'],
	[
		'a chain of type nat needs a priority above -200, where connection tracking stands',
		'nat 类型的链，优先级要大于 -200，那是连接跟踪的位置'
	],
	[
		'`{}` is not a priority at {}: expected a number, raw, mangle, {}filter, security{}',
		'`{}` 不是 {} 的优先级：应为数、raw、mangle、{t}filter、security{t}'
	],
	[
		'`{}` is a base chain: only a chain without a hook can be jumped to',
		'`{}` 是基础链：只能跳转到没有挂在钩子上的链'
	],
	[
		'`{}` belongs in a chain of type nat, and `{}` is of type {}',
		'`{}` 只能写在 nat 类型的链里，而 `{}` 是 {} 类型'
	],
	['`{}` is possible at {} only, and `{}` is hooked into {}', '`{}` 只能用在 {t}，而 `{}` 挂在 {}'],
	['jumps run in a circle through chain `{}`', '跳转经过链 `{}` 绕成了圈'],
	['jumps are more than {} deep', '跳转超过 {} 层'],
	['dstnat, ', 'dstnat、'],
	[' or srcnat', ' 或 srcnat'],
	['there is no rule with {} {} in chain `{}`', '链 `{3}` 里没有 {t1} 为 {2} 的规则'],
	['there is no rule with handle {} in chain `{}`', '链 `{2}` 里没有句柄为 {1} 的规则'],
	['index', '序号'],
	['handle', '句柄'],
	['with handle {}', '（句柄 {}）'],
	['there is no {} {} in table `{} {}`', '表 `{3} {4}` 里没有 {t1} {t2}'],
	['there is no {} `{}` in table `{} {}`', '表 `{3} {4}` 里没有 {t1} `{2}`'],
	['there is a {} `{}` already', '已经有 {t} `{}`'],
	['the {} is still in use by a rule of chain `{}`', '{t} 还被链 `{}` 的规则使用'],
	['the {} is still in use by the map `{}`', '{t} 还被映射 `{}` 使用'],
	['chain `{}`', '链 `{}`'],
	['set `{}`', '集合 `{}`'],
	['counter `{}`', '计数器 `{}`'],
	['ct helper `{}`', '助手 `{}`'],
	['chain', '链'],
	['set', '集合'],
	['map', '映射'],
	['counter', '计数器'],
	['ct helper', '助手'],
	['`flush {}` is no command', '没有 `flush {}` 这个命令'],
	['there is no {} `{}` in this table', '这个表里没有{t} `{}`'],
	['a limit needs a rate', '限速要写速率'],
	['quota `{}`', '配额 `{}`'],
	['limit `{}`', '限速 `{}`'],
	['there is no counter `{}` in this table', '这个表里没有计数器 `{}`'],
	['there is no ct helper `{}` in this table', '这个表里没有助手 `{}`'],
	['expected the name of a `ct helper` of this table', '应为这个表里 `ct helper` 的名字'],
	[
		'a ct helper needs `type "NAME" protocol tcp` or `udp`',
		'`ct helper` 要写 `type "NAME" protocol tcp` 或 `udp`'
	],
	['there is no helper `{}` for {}', '没有用于 {2} 的助手 `{1}`']
];
