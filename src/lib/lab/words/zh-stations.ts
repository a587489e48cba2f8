/** 用通俗的中文说明钩子里每个站点的话。字面值放在反引号里。 */
import type { Outcome, StationEvent, Telling } from './facts';
import {
	decidingStep,
	expectedFlow,
	helperChanged,
	quotedRewritten,
	rewrittenEnd,
	rewrittenId,
	ruleOf
} from './facts';
import { outwardEnd } from './outward';
import { packetName } from './zh-packets';
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
		return `这个连接是助手预告过的：RELATED。为它创建了${id}，此刻只挂在包上，还不在表里。`;
	if (created)
		return `没有条目与这个包相符，所以它是 NEW。连接跟踪由它创建${id}：此刻只挂在包上，还不在表里。`;
	if (relation === 'related')
		return event.packet.l4.kind === 'icmp'
			? `这个差错报文引用了${id} 的一个包，所以与它 RELATED。差错报文自己没有条目。`
			: `这个包与${id} 相符，该条目由助手预告：RELATED。`;
	if (relation === 'new')
		return `这个包与${id} 的原始元组相符。还没有见过回包，所以仍是 NEW${about}。`;
	const protocol = entry.sctp ? 'SCTP' : 'TCP';
	const moved =
		state && was && state !== was ? `条目的 ${protocol} 状态由 ${was} 变为 ${state}。` : '';
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
	if (outcome.rejected) return `${hook} 的一条 NAT 链拒绝了这个包，丢弃并告知发送方。`;
	if (outcome.verdict === 'drop') return `${hook} 的一条 NAT 链丢弃了这个包。`;
	const to = `\`${outwardEnd(outcome.replyAfter, manip)}\``;
	const clash = outcome.clashed ? '原来的端口在那一侧已被占用，于是另选一个。' : '';
	if (outcome.decided === 'by a rule')
		return `这是流的首包，所以询问 ${hook} 的 NAT 链。${rule} 作出决定：${END[manip]}变为 ${to}，并记入条目。${clash}`;
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
	const id = idChanged(outcome);
	if (!end && id) return `在 ${hook}，是条目而不是规则改写 ICMP id：${id}`;
	if (!end)
		return quoted
			? `在 ${hook}，按条目 #${entry.id} 把差错报文里引用的包换了回去。`
			: `在 ${hook}，条目 #${entry.id} 没有什么要改写。`;
	if (telling.direction !== 1)
		return telling.relation === 'new'
			? `按条目 #${entry.id} 所记，改写这个包的${END[manip]}：\`${end.before}\` 变为 \`${end.after}\`。${id && `id 也随之改写：${id}`}`
			: `在 ${hook}，是条目而不是规则改写${END[manip]}：\`${end.before}\` 变为 \`${end.after}\`。${id && `id 也随之改写：${id}`}${quoted}`;
	return manip === 'src'
		? `在 ${hook}，是条目而不是规则把回包的源地址换了回去：\`${end.after}\`，正是客户端在等的地址。${id && `id 也换了回去：${id}`}${quoted}`
		: `在 ${hook}，是条目而不是规则把回包的目的地址换了回去：\`${end.after}\`，正是请求发出的地址。${id && `id 也换了回去：${id}`}${quoted}`;
}

/** ICMP 没有端口，由 id 代替。 */
function idChanged(outcome: Outcome<'nat'>): string {
	const id = rewrittenId(outcome);
	return id ? `\`${id.before}\` 变为 \`${id.after}\`。` : '';
}

const PASSED: Readonly<Record<string, string>> = {
	'not the first packet': '不询问 NAT 链：这不是流的首包。首包时作出的决定已写在条目里。',
	invalid: 'NAT 跳过这个包：它是 INVALID，没有条目，也就没有什么说明该如何转换。',
	untracked: '跳过这个包：有规则让它不被跟踪。',
	'already decided': '不询问 NAT 链：流的这一端早已决定。',
	'related error': '不询问 NAT 链：ICMP 差错报文跟随它所报告的那条流。',
	'already confirmed': '条目已经在表里。',
	'not a fragment': '这个包是完整的，无需重组。'
};

/** 用中文说明一个站点。 */
export function station(event: StationEvent, telling: Telling): string {
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

/** helper 在包里读到了什么，又改了什么。 */
function helped(event: StationEvent, { entry, expects = [] }: Outcome<'confirm'>): string {
	const changed = helperChanged(event);
	const flows = expects.map((tuple) => `\`${expectedFlow(tuple)}\``).join('、');
	const name = entry.helper === null ? '助手' : `助手 \`${entry.helper}\` `;
	const read =
		flows === '' ? '' : `${name}从数据里读到还会有一个连接要来，于是记下期望：${flows}。`;
	if (changed === 'data') return `${read}数据里的地址被改写成另一侧所知道的地址。`;
	return changed === 'numbers'
		? `${read}这个报文段的序号被平移：先前的改写改变了数据的长度。`
		: read;
}

function confirm(event: StationEvent, said: Outcome<'confirm'>): string {
	const { outcome, entry } = said;
	const hook = event.station.hook.toUpperCase();
	switch (outcome) {
		case 'inserted':
			return `在 ${hook} 的最末尾，条目 #${entry.id} 被确认。直到此刻它才进入连接跟踪表。${helped(event, said)}`;
		case 'known':
			return helped(event, said) || `条目 #${entry.id} 已经在表里。`;
		case 'helper_drop':
			return `条目 #${entry.id} 的助手无法理解这个包的内容，把它丢弃。`;
		case 'merged':
			return `同一条流的另一个包抢先了。这个包的条目作废，改用赢家的条目 #${entry.id}。`;
		case 'beside':
			return `同一条流的另一个包抢先了。条目 #${entry.id} 与赢家的条目并存，只用于回复方向，只留一秒。`;
		case 'insert_failed':
			return '同一条流的另一个包抢先了，它的条目已在表里。这个包被丢弃。';
	}
}
