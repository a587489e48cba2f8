/** 用通俗的中文说明每个事件：一两句话。字面值放在反引号里。 */
import type { DropReason } from '$lib/engine';
import { station } from './zh-stations';
import { the } from './zh-packets';
import type { Of, Telling } from './facts';
import { address, goneWith, printed, wasFlooded, wayOf } from './facts';

const DROPPED: Readonly<Record<DropReason, string>> = {
	'no route': '没有到目的地址的路由',
	'forwarding is off': '它是给别人的，而这台主机不转发',
	'ttl exceeded': 'TTL 已耗尽',
	'too big': '它超过下一段链路的 MTU，又不许分片',
	'to a broadcast address': '原始套接字不许向广播地址发送',
	'longer than the interface takes': '它超过了收包接口的 MTU',
	'martian source': '外来的包不可能有这样的源地址',
	'reverse path filter': '回到其源地址的路走的不是这个接口',
	'interface is down': '接口已关闭',
	'queue emptied': '主机中等待的包被丢弃',
	'bad checksum': '校验和有误',
	'nobody there': '线路上没有下一跳地址的主人',
	blackhole: '到目的地址的路由是黑洞',
	fragment: '它是分片'
};

function route(event: Of<'route'>, telling: Telling): string {
	const to = `\`${address(event.packet.ip.dst)}\``;
	const by = event.via === null ? '' : `，下一跳 \`${address(event.via)}\``;
	switch (event.decision) {
		case 'local':
			return `路由：${to} 是 \`${event.host}\` 自己的地址。这个包是给本机的：走 INPUT，不走 FORWARD。`;
		case 'forward': {
			const ttl = telling.also.find((one) => one.kind === 'forward')?.packet.ip.ttl;
			return `路由：${to} 是别人的地址。转发，从 \`${event.out}\` 出去${by}。${ttl === undefined ? '' : `TTL 减为 ${ttl}。`}`;
		}
		case 'out':
			return event.again
				? `包在送出途中被改过，于是重新查路由：到 ${to}，从 \`${event.out}\` 出去${by}。`
				: `路由：到 ${to} 从 \`${event.out}\` 出去${by}。`;
		case 'none':
			return `路由：没有通往 ${to} 的路。`;
	}
}

function begin(event: Of<'begin'>): string {
	const packet = the(event.packet);
	switch (event.origin) {
		case 'wire':
			return `\`${event.host}\` 在 \`${event.interface}\` 收进${packet}：\`${wayOf(event.packet)}\`。它的钩子之旅开始了。`;
		case 'loopback':
			return `这个包又从回环接口 \`${event.interface}\` 进来。`;
		case 'sent':
			return `\`${event.host}\` 自己发出${packet}：\`${wayOf(event.packet)}\`。`;
		case 'answer':
			return `\`${event.host}\` 回以${packet}：\`${wayOf(event.packet)}\`。`;
	}
}

const ANSWERS: Readonly<Record<string, string>> = {
	RST: 'RST',
	'echo reply': '回显应答',
	'timestamp reply': '时间戳应答',
	'ICMP port unreachable': 'ICMP 端口不可达',
	'ICMP protocol unreachable': 'ICMP 协议不可达'
};

function answered({ host, answer }: Of<'delivered'>): string {
	if (answer === null) return '';
	const refused = answer === 'RST' || answer.includes('unreachable');
	return `${refused ? '那里没有程序在监听，于是' : ''} \`${host}\` 回以${/^[A-Z]/.test(ANSWERS[answer] ?? answer) ? ' ' : ''}${ANSWERS[answer] ?? answer}。`.trimStart();
}

function flooded({ also }: Telling): string {
	return wasFlooded(also) ? '中间的网桥还不知道这个地址在哪里，所以线路上人人都收到一份。' : '';
}

function gone(telling: Telling): string {
	const ids = goneWith(telling.also).map((id) => `#${id}`);
	return ids.length === 0 ? '' : `条目 ${ids.join('、')} 已消失。`;
}

function command(event: Of<'command'>, telling: Telling): string {
	const done = `在 \`${event.host}\` 上执行 \`${event.command}\``;
	if (event.exit === 0) return `${done}。${gone(telling)}`;
	const text = printed(event.output);
	return text === '' ? `${done} 失败。` : `${done} 失败，输出为 ${text}。`;
}

/** 用中文说明一个事件。 */
export function sentence(telling: Telling): string {
	const { event } = telling;
	if (!event) return '还什么都没有发生。';
	switch (event.kind) {
		case 'step':
			return `第 ${event.index + 1} 步开始。`;
		case 'sent':
			return `\`${event.host}\` 把${the(event.packet)}放上线路：\`${wayOf(event.packet)}\`。${flooded(telling)}`;
		case 'received':
			return `\`${event.host}\` 收到${the(event.packet)}。它看到的是 \`${wayOf(event.packet)}\`。${flooded(telling)}`;
		case 'wire':
			return event.to === null ? '没有人接收这个包。' : `包前往 \`${event.to}\`。`;
		case 'begin':
			return begin(event);
		case 'hook':
			return `包进入 ${event.hook.toUpperCase()}。`;
		case 'station':
			return station(event, telling);
		case 'route':
			return route(event, telling);
		case 'forward':
			return `包被转发，TTL 减为 ${event.packet.ip.ttl}。`;
		case 'drop':
			return `\`${event.host}\` 丢弃这个包：${DROPPED[event.reason]}。`;
		case 'held':
			return `包停在 ${event.hook.toUpperCase()}，在它的链之后。其他包照常前行。`;
		case 'released':
			return '停住的包继续前行。';
		case 'out':
			return `\`${event.host}\` 把包从 \`${event.interface}\` 送出${event.pieces > 1 ? `，分成 ${event.pieces} 片` : ''}：\`${wayOf(event.packet)}\`。${flooded(telling)}`;
		case 'delivered':
			return `包交给了 \`${event.host}\` 本机。${answered(event)}`;
		case 'table':
			return `连接跟踪表报告：\`${event.change.line}\``;
		case 'time':
			return `过了 ${event.seconds} 秒。${gone(telling)}`;
		case 'command':
			return command(event, telling);
	}
}
