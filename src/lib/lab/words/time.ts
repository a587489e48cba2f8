/** Words of going through time and of branches, in both languages. */
import type { Language } from '$lib/i18n';
import type { Step } from '$lib/scenario/scenario';
import type { Branch } from '$lib/timeline/branches';

export type Unit = 'packet' | 'hook' | 'change';

export interface TimeWords {
	/** Jumps, branches, shortcuts: a group of buttons. */
	readonly tools: string;
	readonly unit: Readonly<Record<Unit, string>>;
	readonly next: Readonly<Record<Unit, string>>;
	readonly previous: Readonly<Record<Unit, string>>;
	readonly tryOut: string;
	readonly shortcuts: string;
	readonly branch: string;
	readonly forget: string;
	/** A branch in a list. */
	branchName(branch: Branch): string;
	readonly unloaded: string;
}

const FLAGS: Readonly<Record<string, string>> = {
	F: 'FIN',
	S: 'SYN',
	R: 'RST',
	P: 'PSH',
	A: 'ACK',
	U: 'URG',
	E: 'ECE',
	C: 'CWR'
};

/** A step in a few letters, where no words are needed: a packet by its flags, a command as it is. */
function shortly(
	step: Step,
	words: { answer: string; seconds(n: number): string; goes(n: number): string }
): string {
	if ('advance' in step) return words.seconds(step.advance);
	if ('release' in step) return words.goes(step.release + 1);
	if ('run' in step) return step.run.command;
	const { packet, from } = step.send;
	const flags = [...(packet.tcp?.flags ?? '')].map((letter) => FLAGS[letter]).join(',');
	const kind = packet.udp
		? 'UDP'
		: packet.icmp
			? 'ICMP'
			: packet.tcp
				? flags || 'TCP'
				: words.answer;
	return `${from}: ${kind}`;
}

const en: TimeWords = {
	tools: 'Jump and try out',
	unit: { packet: 'Packet', hook: 'Hook', change: 'Table' },
	next: { packet: 'Next packet', hook: 'Next hook', change: 'Next change of the table' },
	previous: {
		packet: 'Previous packet',
		hook: 'Previous hook',
		change: 'Previous change of the table'
	},
	tryOut: 'What if …',
	shortcuts: 'Keyboard shortcuts',
	branch: 'Branch',
	forget: 'Forget this branch',
	unloaded: 'This part could not be loaded. Try again.',
	branchName({ difference }) {
		if (!difference) return 'As it was';
		if (difference.kind === 'rules') return `Other rules on ${difference.hosts.join(', ')}`;
		const { at, steps, meanwhile, rest } = difference.insertion;
		const [first] = steps;
		const what = first
			? shortly(first, {
					answer: 'answer',
					seconds: (n) => `${n} s pass`,
					goes: (n) => `packet of step ${n} goes on`
				})
			: 'nothing';
		const more = steps.length > 1 ? ` and ${steps.length - 1} more` : '';
		const when = meanwhile ? `While step ${at} waits` : at === 0 ? 'First' : `After step ${at}`;
		return `${when}: ${what}${more}${rest === 'left' ? ', then nothing' : ''}`;
	}
};

const zh: TimeWords = {
	tools: '跳转与尝试',
	unit: { packet: '包', hook: '钩子', change: '表' },
	next: { packet: '下一个包', hook: '下一个钩子', change: '连接跟踪表的下一次变化' },
	previous: { packet: '上一个包', hook: '上一个钩子', change: '连接跟踪表的上一次变化' },
	tryOut: '如果……',
	shortcuts: '键盘快捷键',
	branch: '分支',
	forget: '删除此分支',
	unloaded: '这一部分没能加载，请再试一次。',
	branchName({ difference }) {
		if (!difference) return '原来的走向';
		if (difference.kind === 'rules') return `${difference.hosts.join('、')} 上的规则不同`;
		const { at, steps, meanwhile, rest } = difference.insertion;
		const [first] = steps;
		const what = first
			? shortly(first, {
					answer: '回复',
					seconds: (n) => `过 ${n} 秒`,
					goes: (n) => `放行第 ${n} 步的包`
				})
			: '什么也不做';
		const more = steps.length > 1 ? ` 等 ${steps.length} 步` : '';
		const when = meanwhile ? `第 ${at} 步的包等待时` : at === 0 ? '最先' : `第 ${at} 步之后`;
		return `${when}：${what}${more}${rest === 'left' ? '，到此为止' : ''}`;
	}
};

const all: Readonly<Record<Language, TimeWords>> = { en, zh };

export function timeWords(language: Language): TimeWords {
	return all[language];
}
