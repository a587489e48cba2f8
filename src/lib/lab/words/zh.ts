/** 用通俗的中文说明每个事件：一两句话。字面值放在反引号里。 */
import type { DropReason } from '$lib/engine';
import type { Of, Outcome, StationEvent, Telling } from './facts';
import {
	address,
	decidingStep,
	goneWith,
	quotedRewritten,
	rewrittenEnd,
	ruleOf,
	wasFlooded,
	wayOf
} from './facts';
import { packetName, the } from './zh-packets';
import { outwardEnd } from './outward';
import { reasonInChinese } from './zh-reasons';

const END = { src: '源地址', dst: '目的地址' } as const;
const WAY = ['原始', '回复'] as const;

function conntrack(
	event: StationEvent,
	outcome: Outcome<'conntrack'>,
	{ was, state }: Telling
): string {
	const { relation, direction, entry, created } = outcome;
	const reason = reasonInChinese(outcome.reason);
	if (outcome.dropped) return `连接跟踪丢弃这个包：${reason || '无法创建条目'}。`;
	if (!entry)
		return `连接跟踪判定这个包为 INVALID${reason ? `：${reason}` : ''}。它不属于任何条目，也不会为它创建条目。`;
	const id = `条目 #${entry.id}`;
	const about = reason ? `（${reason}）` : '';
	if (created && relation === 'related')
		return `这条连接是 helper 预告过的：RELATED。为它创建了${id}，此刻只挂在包上，还不在表里。`;
	if (created)
		return `没有条目与这个包相符，所以它是 NEW。连接跟踪由它创建${id}：此刻只挂在包上，还不在表里。`;
	if (relation === 'related')
		return event.packet.l4.kind === 'icmp'
			? `这个差错报文引用了${id} 的一个包，所以与它 RELATED。差错报文自己没有条目。`
			: `这个包与${id}相符，该条目由 helper 预告：RELATED。`;
	if (relation === 'new')
		return `这个包与${id} 的原始元组相符。还没有见过回包，所以仍是 NEW${about}。`;
	const moved = state && was && state !== was ? `条目的 TCP 状态由 ${was} 变为 ${state}。` : '';
	return `这个包与${id} 的${WAY[direction]}元组相符：ESTABLISHED，${WAY[direction]}方向${about}。${moved}`;
}

function chain(event: StationEvent, outcome: Outcome<'chain'>): string {
	const { name } = event.station;
	const step = decidingStep(outcome.steps);
	const dropped = outcome.verdict === 'drop';
	const ends = '它的路程到此为止。';
	if (outcome.rejected)
		return `链 \`${name}\`：${step ? `规则 \`${ruleOf(step)}\`` : '一条规则'} 拒绝了这个包，丢弃并告知发送方。${ends}`;
	if (step)
		return `链 \`${name}\`：规则 \`${ruleOf(step)}\` 匹配，${dropped ? `丢弃这个包。${ends}` : '放行。'}`;
	if (dropped) return `链 \`${name}\`：没有规则放行这个包，默认策略是 drop。${ends}`;
	return `链 \`${name}\`：没有规则作出裁决，默认策略放行。`;
}

function natRules(event: StationEvent, outcome: Outcome<'nat-rules'>): string {
	const hook = event.station.hook.toUpperCase();
	const manip = hook === 'POSTROUTING' || hook === 'INPUT' ? 'src' : 'dst';
	const step = decidingStep(outcome.steps);
	const rule = step ? `规则 \`${ruleOf(step)}\`` : '一条规则';
	if (outcome.verdict === 'drop') return `${hook} 的一条 NAT 链丢弃了这个包。`;
	const to = `\`${outwardEnd(outcome.replyAfter, manip)}\``;
	const clash = outcome.clashed ? '原来的端口在那一侧已被占用，于是另选一个。' : '';
	if (outcome.decided === 'by a rule')
		return `这是流的第一个包，所以询问 ${hook} 的 NAT 链。${rule} 作出决定：${END[manip]}变为 ${to}，并记入条目。${clash}`;
	const asked =
		outcome.steps.length > 0
			? `询问 ${hook} 的 NAT 链，整条流只问这一次。没有规则匹配`
			: `${hook} 没有 NAT 链`;
	return outcome.clashed
		? `${asked}，但端口在那一侧已被占用：${END[manip]}变为 ${to}。`
		: `${asked}：${END[manip]}保持不变。`;
}

function nat(event: StationEvent, outcome: Outcome<'nat'>, telling: Telling): string {
	const { manip, entry } = outcome;
	const hook = event.station.hook.toUpperCase();
	if (outcome.dropped) return `无法按条目 #${entry.id} 转换这个包，丢弃。`;
	const end = rewrittenEnd(event, manip);
	const quoted = quotedRewritten(outcome) ? '它引用的包也同样换了回去。' : '';
	if (!end)
		return quoted
			? `在 ${hook}，按条目 #${entry.id} 把差错报文里引用的包换了回去。`
			: `在 ${hook}，条目 #${entry.id} 没有什么要改写。`;
	if (telling.direction !== 1)
		return telling.relation === 'new'
			? `按条目 #${entry.id} 所记，改写这个包的${END[manip]}：\`${end.before}\` 变为 \`${end.after}\`。`
			: `在 ${hook}，是条目而不是规则改写${END[manip]}：\`${end.before}\` 变为 \`${end.after}\`。${quoted}`;
	return manip === 'src'
		? `在 ${hook}，是条目而不是规则把回包的源地址换了回去：\`${end.after}\`，正是客户端在等的地址。${quoted}`
		: `在 ${hook}，是条目而不是规则把回包的目的地址换了回去：\`${end.after}\`，正是请求发出的地址。${quoted}`;
}

const PASSED: Readonly<Record<string, string>> = {
	'not the first packet': '不询问 NAT 链：这不是流的第一个包。第一个包时作出的决定已写在条目里。',
	invalid: 'NAT 跳过这个包：它是 INVALID，没有条目，也就没有什么说明该如何转换。',
	untracked: '跳过这个包：有规则让它不被跟踪。',
	'already decided': '不询问 NAT 链：流的这一端早已决定。',
	'related error': '不询问 NAT 链：ICMP 差错报文跟随它所报告的那条流。',
	'already confirmed': '条目已经在表里。',
	'not a fragment': '这个包是完整的，无需重组。'
};

function station(event: StationEvent, telling: Telling): string {
	const { outcome } = event;
	switch (outcome.kind) {
		case 'passed over':
			if (event.station.kind === 'conntrack' && outcome.reason === 'untracked')
				return '连接跟踪跳过这个包：有规则让它不被跟踪。';
			if (outcome.reason === 'has its entry')
				return `连接跟踪无需查找：这个包（${packetName(event.packet)}）是 \`${event.host}\` 自己发出的，带着它的条目来。`;
			return PASSED[outcome.reason] ?? outcome.reason;
		case 'conntrack':
			return conntrack(event, outcome, telling);
		case 'chain':
			return chain(event, outcome);
		case 'nat-rules':
			return natRules(event, outcome);
		case 'nat':
			return nat(event, outcome, telling);
		case 'confirm':
			return confirm(event, outcome);
		case 'defrag':
			return outcome.outcome === 'waiting'
				? `分片先留下，等其余的到齐（已有 ${outcome.pieces} 片）。`
				: `最后一片到了：${outcome.pieces} 片合成一个包继续前行。`;
	}
}

function confirm(event: StationEvent, { outcome, entry }: Outcome<'confirm'>): string {
	const hook = event.station.hook.toUpperCase();
	switch (outcome) {
		case 'inserted':
			return `在 ${hook} 的最末尾，条目 #${entry.id} 被确认。直到此刻它才进入连接跟踪表。`;
		case 'known':
			return `条目 #${entry.id} 已经在表里。`;
		case 'merged':
			return `同一条流的另一个包抢先了。这个包的条目作废，改用胜者的条目 #${entry.id}。`;
		case 'beside':
			return `同一条流的另一个包抢先了。条目 #${entry.id} 与胜者的条目并存，只用于回复方向，只留一秒。`;
		case 'insert_failed':
			return '同一条流的另一个包抢先了，它的条目已在表里。这个包被丢弃。';
	}
}

const DROPPED: Readonly<Record<DropReason, string>> = {
	'no route': '没有到目的地址的路由',
	'forwarding is off': '它是给别人的，而这台主机不转发',
	'ttl exceeded': 'TTL 已耗尽',
	'too big': '它超过下一段链路的 MTU，又不许分片',
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
	return `${refused ? '那里没有程序在监听，于是' : ''} \`${host}\` 回以 ${ANSWERS[answer] ?? answer}。`.trimStart();
}

function flooded({ also }: Telling): string {
	return wasFlooded(also) ? '中间的网桥还不知道这个地址在哪里，所以线路上人人都收到一份。' : '';
}

function gone(telling: Telling): string {
	const ids = goneWith(telling.also).map((id) => `#${id}`);
	return ids.length === 0 ? '' : `条目 ${ids.join('、')} 已消失。`;
}

/** 用中文说明一个事件。 */
export function sentence(telling: Telling): string {
	const { event } = telling;
	if (!event) return '还什么都没有发生。第一步会把一个数据包放上线路。';
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
			return event.exit === 0
				? `在 \`${event.host}\` 上执行 \`${event.command}\`。${gone(telling)}`
				: `在 \`${event.host}\` 上执行 \`${event.command}\` 失败。${event.output.join(' ')}`;
	}
}
