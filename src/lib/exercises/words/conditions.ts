/** What a condition asks for, as a sentence in both languages: for goals that bring no words of their own. */
import type { PacketJson } from '../../scenario/packet-json';
import type { Amount, Condition, EntryMatch, TupleMatch } from '../format/goal';
import type { Words } from '../format/words';
import { amountText } from '../goals/match';
import { placeWords } from './places';

const step = (n: number | undefined): Words =>
	n === undefined ? { en: '', zh: '' } : { en: ` in step ${n + 1}`, zh: `（第 ${n + 1} 步）` };

const after = (n: number | undefined): Words =>
	n === undefined ? { en: '', zh: '' } : { en: ` after step ${n + 1}`, zh: `在第 ${n + 1} 步之后` };

/** ICMP types whose code says what went wrong; that of a query is always 0. */
const ERRORS = new Set([3, 4, 5, 11, 12]);

/** `tcp 10.0.0.2:80 → 10.0.0.9:4000 SA`, as far as it is said. */
export function packetText({ ip = {}, tcp, udp, icmp }: PacketJson): string {
	const ports = tcp ?? udp;
	const end = (address: string | undefined, port: number | undefined): string =>
		`${address ?? '*'}${port === undefined ? '' : `:${port}`}`;
	const kind = tcp ? 'tcp' : udp ? 'udp' : icmp ? 'icmp' : '';
	const src = end(ip.src, ports?.sport);
	const dst = end(ip.dst, ports?.dport);
	const ends = src === '*' && dst === '*' ? '' : `${src} → ${dst}`;
	const type = icmp?.type === undefined ? '' : `type ${icmp.type}`;
	const code = icmp?.code === undefined || !ERRORS.has(icmp.type ?? 3) ? '' : `code ${icmp.code}`;
	return [kind, ends, tcp?.flags, type, code].filter(Boolean).join(' ');
}

/** What `packetText` says of a packet. */
const SAID =
	/^(ip\.(src|dst)|(tcp|udp)\.(sport|dport)|tcp\.flags|icmp\.(type|code)|tcp|udp|icmp|ip)$/;

/** Fields that are asked for besides: `ip.ttl=63`, `payload=A?`. */
function otherFields(value: unknown, path = ''): string[] {
	if (path !== '' && (typeof value !== 'object' || value === null))
		return value === undefined || SAID.test(path) ? [] : [`${path}=${String(value)}`];
	return Object.entries(value as object).flatMap(([key, inner]) =>
		otherFields(inner, path === '' ? key : `${path}.${key}`)
	);
}

/** A packet as a condition asks for it, with every field that it names. */
const askedText = (packet: PacketJson): string =>
	[packetText(packet), ...otherFields(packet)].filter(Boolean).join(' ');

function tupleText(tuple: TupleMatch | undefined): string {
	return Object.entries(tuple ?? {})
		.map(([key, value]) => `${key}=${value}`)
		.join(' ');
}

/** An entry as its line would have it, as far as it is said. */
export function entryText(match: EntryMatch): string {
	const parts = [
		match.protocol,
		match.state,
		tupleText(match.original),
		match.replied === false ? '[UNREPLIED]' : '',
		tupleText(match.reply) && `… ${tupleText(match.reply)}`,
		match.assured ? '[ASSURED]' : '',
		match.mark === undefined ? '' : `mark=${match.mark}`,
		match.zone === undefined ? '' : `zone=${match.zone}`,
		match.helper === undefined ? '' : `helper=${match.helper}`
	];
	return parts.filter(Boolean).join(' ') || '*';
}

/** What an entry's line has no word for: a flag that it must not have, how long it still lives. */
function entryBesides({ assured, replied, seconds }: EntryMatch): Words {
	const not = [
		...(replied === true ? ['`[UNREPLIED]`'] : []),
		...(assured === false ? ['`[ASSURED]`'] : [])
	];
	const left = seconds === undefined ? [] : [amountText(seconds)];
	return {
		en: [...not.map((flag) => `without ${flag}`), ...left.map((n) => `seconds left: ${n}`)].join(
			', '
		),
		zh: [...not.map((flag) => `不带 ${flag}`), ...left.map((n) => `剩余秒数：${n}`)].join('，')
	};
}

/** Words set off from what stands before them; none for none. */
const aside = ({ en, zh }: Words): Words => ({
	en: en === '' ? '' : ` (${en})`,
	zh: zh === '' ? '' : `（${zh}）`
});

const WAYS = {
	original: { en: ' in the original direction', zh: '，属于原始方向' },
	reply: { en: ' in the reply direction', zh: '，属于回复方向' }
} as const;

const many = (amount: Amount): string => amountText(amount);

/** A condition as a sentence. */
export function conditionWords(condition: Condition): Words {
	if ('not' in condition) {
		const inner = conditionWords(condition.not);
		return { en: `Not so: ${inner.en}`, zh: `不应出现：${inner.zh}` };
	}
	if ('any' in condition) {
		const inner = condition.any.map(conditionWords);
		return {
			en: inner.map((one) => one.en).join(' Or: '),
			zh: inner.map((one) => one.zh).join('或者：')
		};
	}
	if ('arrives' in condition) {
		const { at, packet = {}, count, step: n } = condition.arrives;
		const text = askedText(packet);
		const what =
			text === '' ? { en: 'a packet', zh: '包' } : { en: `\`${text}\``, zh: `\`${text}\`` };
		const times =
			count === undefined ? { en: '', zh: '' } : { en: ` ${count} ×`, zh: ` ${count} 次` };
		return {
			en: `At \`${at}\` arrives${times.en} ${what.en}${step(n).en}.`,
			zh: `\`${at}\` 收到${times.zh}${what.zh}${step(n).zh}。`
		};
	}
	if ('dropped' in condition) {
		const { on, at, step: n } = condition.dropped;
		const place = at === undefined ? null : placeWords(at);
		return {
			en: `\`${on}\` drops the packet${step(n).en}${place ? ` (${place.en})` : ''}.`,
			zh: `\`${on}\` 丢弃这个包${step(n).zh}${place ? `（${place.zh}）` : ''}。`
		};
	}
	if ('entry' in condition) {
		const { on, step: n, ...match } = condition.entry;
		const text = entryText(match as EntryMatch);
		const besides = aside(entryBesides(match as EntryMatch));
		return {
			en: `The table of \`${on}\` has an entry \`${text}\`${after(n).en}${besides.en}.`,
			zh: `\`${on}\` 的表里${after(n).zh}有条目 \`${text}\`${besides.zh}。`
		};
	}
	if ('entries' in condition) {
		const { on, match, step: n, ...amount } = condition.entries;
		const text = match ? ` \`${entryText(match)}\`` : '';
		const besides = aside(entryBesides(match ?? {}));
		return {
			en: `Entries${text}${besides.en} in the table of \`${on}\`${after(n).en}: ${many(amount)}.`,
			zh: `\`${on}\` 的表里${after(n).zh}条目${text}${besides.zh}的数量：${many(amount)}。`
		};
	}
	if ('counter' in condition) {
		const { on, table, chain, rule, ...amount } = condition.counter;
		return {
			en: `On \`${on}\`, rule ${rule + 1} of \`${table} ${chain}\` has counted ${many(amount)} packets.`,
			zh: `\`${on}\` 上 \`${table} ${chain}\` 的第 ${rule + 1} 条规则计数为 ${many(amount)} 个包。`
		};
	}
	if ('stat' in condition) {
		const { on, name, step: n, ...amount } = condition.stat;
		return {
			en: `\`conntrack -S\` on \`${on}\` says \`${name}\` ${many(amount)}${after(n).en}.`,
			zh: `\`${on}\` 上${after(n).zh} \`conntrack -S\` 的 \`${name}\` 为 ${many(amount)}。`
		};
	}
	if ('rewritten' in condition) {
		const { field, at, from, to, step: n } = condition.rewritten;
		return {
			en: `\`${field}\` is rewritten${from ? ` from \`${from}\`` : ''}${to ? ` to \`${to}\`` : ''}${at ? ` at \`${at}\`` : ''}${step(n).en}.`,
			zh: `\`${field}\`${at ? `在 \`${at}\` ` : ''}${from ? `从 \`${from}\` ` : ''}被改写${to ? `为 \`${to}\`` : ''}${step(n).zh}。`
		};
	}
	if ('asked' in condition || 'passedOver' in condition) {
		const yes = 'asked' in condition;
		const { at, step: n } = yes ? condition.asked : condition.passedOver;
		return yes
			? { en: `\`${at}\` is asked${step(n).en}.`, zh: `\`${at}\` 被询问${step(n).zh}。` }
			: { en: `\`${at}\` is passed over${step(n).en}.`, zh: `\`${at}\` 被跳过${step(n).zh}。` };
	}
	if ('relation' in condition) {
		const { on, is, direction, step: n } = condition.relation;
		const state = is.toUpperCase();
		const way = direction ? WAYS[direction] : { en: '', zh: '' };
		return {
			en: `To \`${on}\` the packet is ${state}${way.en}${step(n).en}.`,
			zh: `在 \`${on}\` 看来，这个包是 ${state}${way.zh}${step(n).zh}。`
		};
	}
	if ('routed' in condition) {
		const { on, to, step: n } = condition.routed;
		return {
			en: `Routing on \`${on}\` says \`${to}\`${step(n).en}.`,
			zh: `\`${on}\` 的路由判决为 \`${to}\`${step(n).zh}。`
		};
	}
	const { step: n, exit = 0, says } = condition.command;
	return {
		en: `The command of step ${n + 1} ends with status ${exit}${says ? ` and says \`${says}\`` : ''}.`,
		zh: `第 ${n + 1} 步的命令以状态 ${exit} 结束${says ? `，输出中有 \`${says}\`` : ''}。`
	};
}
