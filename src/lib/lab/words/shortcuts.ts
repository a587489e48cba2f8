/** Words of the list of shortcuts, in both languages. Only the dialog carries them. */
import type { Language } from '$lib/i18n';
import type { Action } from '../keys';
import type { MarkKind } from '../model/stops';

export interface ShortcutWords {
	readonly title: string;
	readonly close: string;
	readonly intro: string;
	readonly action: Readonly<Record<Action, string>>;
	/** Keys that have no sign of their own. */
	readonly key: Readonly<Record<string, string>>;
	readonly or: string;
	readonly does: string;
	readonly keys: string;
	readonly letters: string;
	readonly lettersNote: string;
	readonly off: string;
	readonly marks: string;
	readonly mark: Readonly<Record<MarkKind, string>>;
}

const en: ShortcutWords = {
	title: 'Keyboard shortcuts',
	close: 'Close',
	intro: 'They work wherever the focus is within this Lab, except in text fields.',
	action: {
		forward: 'Step forward',
		back: 'Step back',
		first: 'First step',
		last: 'Last step',
		nextPacket: 'Next packet',
		previousPacket: 'Previous packet, or the start of this one',
		nextHook: 'Next hook',
		previousHook: 'Previous hook',
		nextChange: 'Next change of the table',
		previousChange: 'Previous change of the table',
		play: 'Play or pause',
		faster: 'Play faster',
		slower: 'Play slower',
		tryOut: 'What if …',
		shortcuts: 'This list'
	},
	key: { ' ': 'Space', PageDown: 'Page Down', PageUp: 'Page Up', Home: 'Home', End: 'End' },
	or: 'or',
	does: 'What it does',
	keys: 'Keys',
	letters: 'Single characters are shortcuts',
	lettersNote:
		'Switch this off if you dictate, or type into other programs by mistake. It is kept in this browser.',
	off: 'off',
	marks: 'Marks on the timeline',
	mark: {
		start: 'A packet starts',
		hook: 'A hook or a routing decision',
		passed: 'A station passed over',
		verdict: 'A rule’s or a policy’s verdict',
		rewrite: 'An address or port is rewritten',
		made: 'An entry is made',
		changed: 'An entry changes',
		gone: 'An entry is gone',
		drop: 'A drop',
		arrival: 'A packet arrives',
		time: 'Time passes',
		command: 'A command is run'
	}
};

const zh: ShortcutWords = {
	title: '键盘快捷键',
	close: '关闭',
	intro: '焦点在这个实验台内任何位置时都有效，文本框除外。',
	action: {
		forward: '前进一步',
		back: '后退一步',
		first: '第一步',
		last: '最后一步',
		nextPacket: '下一个包',
		previousPacket: '上一个包，或这个包的开头',
		nextHook: '下一个钩子',
		previousHook: '上一个钩子',
		nextChange: '连接跟踪表的下一次变化',
		previousChange: '连接跟踪表的上一次变化',
		play: '播放或暂停',
		faster: '加快播放',
		slower: '放慢播放',
		tryOut: '如果……',
		shortcuts: '这份列表'
	},
	key: { ' ': '空格', PageDown: 'Page Down', PageUp: 'Page Up', Home: 'Home', End: 'End' },
	or: '或',
	does: '作用',
	keys: '按键',
	letters: '启用单字符快捷键',
	lettersNote: '如果用语音输入，或容易误触键盘，可以关掉。设置保存在这个浏览器里。',
	off: '已关闭',
	marks: '时间轴上的标记',
	mark: {
		start: '一个包出发',
		hook: '一个钩子，或一次路由判决',
		passed: '跳过的站点',
		verdict: '规则或默认策略的裁决',
		rewrite: '改写地址或端口',
		made: '新建条目',
		changed: '条目变化',
		gone: '条目消失',
		drop: '丢弃',
		arrival: '包到达',
		time: '时间流逝',
		command: '执行命令'
	}
};

const all: Readonly<Record<Language, ShortcutWords>> = { en, zh };

export function shortcutWords(language: Language): ShortcutWords {
	return all[language];
}
