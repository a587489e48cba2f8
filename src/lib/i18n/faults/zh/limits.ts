/** 太大，不能在页面里打开或运行。 */
import type { Pair } from './pair';

export const limits: readonly Pair[] = [
	['deeper than {} levels, and not opened here', '嵌套超过 {} 层，这里不打开'],
	['`{}` cannot be a name here', '`{}` 在这里不能用作名字'],
	['{} {}; no more than {} are opened here', '{} {t}，这里最多打开 {3} 个'],
	['hosts', '台主机'],
	['links', '条线路'],
	['steps', '个步骤'],
	['interfaces', '个接口'],
	['routes', '条路由'],
	['ends', '端'],
	['longer than {} characters, and not opened here', '超过 {} 个字符，这里不打开'],
	['it holds more than is read from a link ({} characters)', '超出了链接所能容纳的（{} 个字符）'],
	[
		'it holds more than is read from a link ({} characters, {} bytes unpacked)',
		'超出了链接所能容纳的（{} 个字符，解开后 {} 字节）'
	],
	['the run comes to more than {} {} here, and is not played', '运行起来超过 {} {t}，这里不运行'],
	['events', '个事件'],
	['rules asked', '次询问规则'],
	['characters printed', '个输出字符'],
	[
		'the sets come to {} elements; no more than {} are made here',
		'集合共有 {} 个元素，这里最多建立 {} 个'
	],
	['it cannot be played ({})', '无法运行（{}）'],
	['these sets have more than {} elements', '这些集合超过 {} 个元素'],
	['these rules can ask more than {} rules of one packet', '为一个包询问的规则可能超过 {} 条'],
	['this comes to more work than is done', '运算量太大，没有做完']
];
