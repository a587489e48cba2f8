/** Words of trying something else out, in both languages. Only the dialog carries them. */
import type { Language } from '$lib/i18n';

export type Kind = 'packet' | 'time' | 'rule' | 'command' | 'release' | 'steps';
export type FieldName =
	| 'from'
	| 'replyTo'
	| 'protocol'
	| 'src'
	| 'dst'
	| 'sport'
	| 'dport'
	| 'flags'
	| 'seq'
	| 'ack'
	| 'type'
	| 'code'
	| 'id'
	| 'icmpSeq'
	| 'ttl'
	| 'payload';

export interface WhatIfWords {
	readonly title: string;
	readonly close: string;
	readonly intro: string;
	readonly what: string;
	readonly kind: Readonly<Record<Kind, string>>;
	readonly when: string;
	readonly first: string;
	before(step: number): string;
	after(step: number): string;
	meanwhile(step: number, hook: string, host: string): string;
	readonly meanwhileNote: string;
	readonly rest: string;
	readonly field: Readonly<Record<FieldName, string>>;
	readonly noReply: string;
	reply(step: number, packet: string): string;
	readonly more: string;
	readonly seconds: string;
	readonly host: string;
	readonly chain: string;
	readonly change: string;
	readonly append: string;
	readonly insert: string;
	readonly remove: string;
	readonly rule: string;
	readonly noRules: string;
	readonly command: string;
	readonly commandIs: string;
	readonly held: string;
	heldPacket(step: number, packet: string): string;
	readonly steps: string;
	readonly stepsNote: string;
	readonly submit: string;
	readonly cancel: string;
	readonly wrong: string;
	failed(exit: number): string;
	/** What a field takes, for one whose text it cannot take. */
	readonly address: string;
	numberTo(most: number): string;
	readonly missing: string;
	readonly notJson: string;
	readonly noSeconds: string;
	readonly noCommand: string;
	/** Between a place and what is wrong there. */
	readonly colon: string;
	inStep(step: number, path: string): string;
}

const en: WhatIfWords = {
	title: 'What if …',
	close: 'Close',
	intro:
		'Do something else here. What happened is kept: you can go back to it with the list of branches.',
	what: 'What happens',
	kind: {
		packet: 'A packet is sent',
		time: 'Time passes',
		rule: 'A rule is changed',
		command: 'A command is run',
		release: 'A held packet goes on',
		steps: 'Steps as JSON'
	},
	when: 'When',
	first: 'Before everything else',
	before: (step) => `Before step ${step}`,
	after: (step) => `After step ${step}`,
	meanwhile: (step, hook, host) => `While the packet of step ${step} waits in ${hook} of ${host}`,
	meanwhileNote:
		'The packet stops after the filter chains of that hook, as in a queue, and goes on afterwards: two packets race.',
	rest: 'Then go on as before',
	field: {
		from: 'Sent by',
		replyTo: 'As an answer to',
		protocol: 'Protocol',
		src: 'Source address',
		dst: 'Destination address',
		sport: 'Source port',
		dport: 'Destination port',
		flags: 'Flags',
		seq: 'Sequence number',
		ack: 'Acknowledgement number',
		type: 'Type',
		code: 'Code',
		id: 'Id',
		icmpSeq: 'Sequence',
		ttl: 'TTL',
		payload: 'Payload'
	},
	noReply: 'nothing',
	reply: (step, packet) => `step ${step}: ${packet}`,
	more: 'More fields',
	seconds: 'Seconds',
	host: 'On host',
	chain: 'Chain',
	change: 'Change',
	append: 'add a rule at the end',
	insert: 'add a rule at the beginning',
	remove: 'take a rule out',
	rule: 'Rule',
	noRules: 'This host has no chains now.',
	command: 'Command',
	commandIs: 'This is the command:',
	held: 'Packet',
	heldPacket: (step, packet) => `of step ${step}: ${packet}`,
	steps: 'Steps',
	stepsNote: 'One step of a scenario file, or a list of them.',
	submit: 'Try it',
	cancel: 'Cancel',
	wrong: 'This cannot be done yet:',
	failed: (exit) => `The command fails (exit status ${exit}):`,
	address: 'Not an IPv4 address, such as 192.0.2.1',
	numberTo: (most) => `Not a whole number from 0 to ${most}`,
	missing: 'This is missing',
	notJson: 'This is not JSON',
	noSeconds: 'Seconds are a number such as 30 or 2.5, at most 1,000,000,000.',
	noCommand: 'Write a command.',
	colon: ': ',
	inStep: (step, path) => `step ${step} of these${path && `, ${path}`}`
};

const zh: WhatIfWords = {
	title: '如果……',
	close: '关闭',
	intro: '在这里换一种做法。原来发生的事会保留：在分支列表里随时可以回去。',
	what: '发生什么',
	kind: {
		packet: '发出一个包',
		time: '过一段时间',
		rule: '改一条规则',
		command: '执行一条命令',
		release: '放行停住的包',
		steps: '用 JSON 写步骤'
	},
	when: '什么时候',
	first: '最先',
	before: (step) => `在第 ${step} 步之前`,
	after: (step) => `在第 ${step} 步之后`,
	meanwhile: (step, hook, host) => `第 ${step} 步的包在 ${host} 的 ${hook} 等待时`,
	meanwhileNote: '这个包在该钩子的过滤链之后停下，好比进了队列，随后再继续走：两个包赛跑。',
	rest: '之后照旧进行',
	field: {
		from: '发送者',
		replyTo: '作为回复',
		protocol: '协议',
		src: '源地址',
		dst: '目的地址',
		sport: '源端口',
		dport: '目的端口',
		flags: '标志位',
		seq: '序号',
		ack: '确认号',
		type: '类型',
		code: '代码',
		id: '标识',
		icmpSeq: '序号',
		ttl: 'TTL',
		payload: '载荷'
	},
	noReply: '不是回复',
	reply: (step, packet) => `第 ${step} 步：${packet}`,
	more: '更多字段',
	seconds: '秒数',
	host: '主机',
	chain: '链',
	change: '改动',
	append: '在末尾添加规则',
	insert: '在开头插入规则',
	remove: '删除规则',
	rule: '规则',
	noRules: '此刻这台主机上没有链。',
	command: '命令',
	commandIs: '对应的命令：',
	held: '包',
	heldPacket: (step, packet) => `第 ${step} 步的包：${packet}`,
	steps: '步骤',
	stepsNote: '场景文件里的一个步骤，或者一组步骤。',
	submit: '试一试',
	cancel: '取消',
	wrong: '还不能这样做：',
	failed: (exit) => `命令失败（退出码 ${exit}）：`,
	address: '不是 IPv4 地址，应形如 192.0.2.1',
	numberTo: (most) => `不是 0 到 ${most} 的整数`,
	missing: '此处不能为空',
	notJson: '这不是 JSON',
	noSeconds: '秒数是一个数，例如 30 或 2.5，最多 1,000,000,000。',
	noCommand: '请写一个命令。',
	colon: '：',
	inStep: (step, path) => `其中第 ${step} 步${path && `，${path}`}`
};

const all: Readonly<Record<Language, WhatIfWords>> = { en, zh };

export function whatIfWords(language: Language): WhatIfWords {
	return all[language];
}
