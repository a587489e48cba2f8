/** nft 的集合与映射。 */
import type { Pair } from './pair';

export const nftSets: readonly Pair[] = [
	['there is no set `{}`', '没有集合 `{}`'],
	['there is a set `{}` already', '已经有集合 `{}`'],
	['there is a set `{}` already, of another type', '已经有集合 `{}`，类型不同'],
	['there is no set or map `{}` in this table', '这个表里没有集合或映射 `{}`'],
	['there is no set or map `{}` in table `{} {}`', '表 `{2} {3}` 里没有集合或映射 `{1}`'],
	['`{}` is a {}: `flush {}`', '`{}` 是 {t}：请写 `flush {}`'],
	['a {} needs a type: `type ipv4_addr;` for one', '{t} 要写类型，如 `type ipv4_addr;`'],
	['a map needs a type of its data: `type KEY : DATA;`', '映射要写数据的类型：`type KEY : DATA;`'],
	['a set has no data: this is a `map`', '集合没有数据：这是 `map`'],
	['a set has no data: only a map maps to something', '集合没有数据：只有映射才对应到别的值'],
	[
		'this map gives single values: for ranges and prefixes its type is `KEY : interval DATA`',
		'这个映射给出单个值：要给出范围或前缀，类型应为 `KEY : interval DATA`'
	],
	['this map gives ranges: expected a range or a prefix', '这个映射给出范围：这里应为范围或前缀'],
	['an element of a map needs `: DATA`', '映射的元素要写 `: DATA`'],
	['an element of an anonymous map cannot have a {}', '匿名映射的元素不能有 {t}'],
	['limit', '限速'],
	['an anonymous set cannot count connections', '匿名集合不能给连接计数'],
	['an element can have two things of its own at most', '一个元素最多自带两样东西'],
	['the set does not say `{}` of its elements', '集合没有说它的元素带 `{}`'],
	['of its elements the set says `{}`', '集合说它的元素带 `{}`'],
	['an element that is asked for is not in the set `{}`', '要查的元素不在集合 `{}` 里'],
	['a look into intervals of names, or of a map', '查看名字的区间或映射的区间'],
	['quota', '配额'],
	['`{}` is no map of {}s', '`{}` 不是{t}的映射'],
	['`{}` is a map of {}s: use it with `{} name`', '`{}` 是{t}的映射：请写 `{} name`'],
	['expected the name of a {}', '应为{t}的名字'],
	['a rule cannot add to a map of {}s', '规则不能往{t}的映射里添加'],
	[
		'each element of the set `{}` has something else of its own',
		'集合 `{}` 的每个元素自带的是别的东西'
	],
	['an element of an anonymous set cannot time out', '匿名集合的元素不能超时'],
	[
		'packets cannot add to a set with intervals: `interval` and `dynamic` exclude each other',
		'包不能往带区间的集合里添加：`interval` 与 `dynamic` 不能一起写'
	],
	['packets cannot add to the set `{}`, which has intervals', '集合 `{}` 带区间，包不能往里添加'],
	[
		'`{}` is not a data type: expected ipv4_addr, ipv6_addr, inet_service, inet_proto, ifname, mark, ct_state, verdict, …',
		'`{}` 不是数据类型：应为 ipv4_addr、ipv6_addr、inet_service、inet_proto、ifname、mark、ct_state、verdict……'
	],
	['expected a set `{ … }` or `@name`', '应为集合 `{ … }` 或 `@name`'],
	['expected elements in braces', '应为花括号里的元素'],
	['`{}` is a set, and a map is needed here', '`{}` 是集合，这里需要映射'],
	['`{}` is a set: it takes no data', '`{}` 是集合：不带数据'],
	['`{}` is a map: data are missing', '`{}` 是映射：缺少数据'],
	['`{}` is no verdict map', '`{}` 不是裁决映射'],
	['`{}` is a verdict map: use it with `vmap`', '`{}` 是裁决映射：请用 `vmap`'],
	['a rule cannot add to a verdict map', '规则不能往裁决映射里添加'],
	[
		'the set is of type {}, and what is looked up in it of type {}',
		'集合的类型是 {}，而要查的类型是 {}'
	],
	['expected {} part{}: {}', '应有 {} 个部分{t}：{t}'],
	['s joined by ` . `', '，以 ` . ` 相连'],
	['expected a verdict: {}', '应为裁决：{t}'],
	['expected {}, not a verdict', '应为 {t}，不是裁决'],
	['the set `{}` is constant', '集合 `{}` 是不变的（`constant`）'],
	['the set `{}` is constant: its elements stay', '集合 `{}` 是不变的（`constant`）：元素不能改'],
	['the set `{}` has no `flags timeout`', '集合 `{}` 没有写 `flags timeout`'],
	[
		'the set `{}` needs `flags interval` for ranges and prefixes',
		'集合 `{}` 要写 `flags interval` 才能放范围和前缀'
	],
	['the set `{}` has room for {} elements only', '集合 `{}` 只容得下 {} 个元素'],
	['an element is in the set `{}` already', '有元素已经在集合 `{}` 里'],
	['an element is in the map `{}` already, with other data', '有元素已经在映射 `{}` 里，数据不同'],
	['an element to be deleted is not in the set', '要删除的元素不在集合里'],
	['intervals of the set `{}` overlap', '集合 `{}` 的区间重叠'],
	['intervals of the set overlap', '集合的区间重叠'],
	['intervals of the map overlap', '映射的区间重叠'],
	['one key of the map has two different data', '映射的同一个键有两个不同的数据'],
	['elements that time out cannot count connections', '会超时的元素不能给连接计数']
];
