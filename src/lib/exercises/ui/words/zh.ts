import { beforeZh } from './before';
import type { ExerciseWords } from './index';

/** 练习页面的文字。 */
export const zh: ExerciseWords = {
	...beforeZh,
	title: '练习',
	lead: '每道题都由引擎检查：你的改动、你发出的包、你的预测都会真正运行，以结果为准。',
	kinds: {
		predict: '预测',
		trace: '追踪',
		'fill-in': '填空',
		repair: '修复',
		construct: '构造',
		diagnose: '诊断'
	},
	grade: '难度',
	grades: { 1: '难度一：起步', 2: '难度二：综合', 3: '难度三：深思' },
	belongsTo: '所属课程：',
	all: '全部练习',
	forTeachers: '布置与批改练习',
	solvedMark: '已解出',
	check: '检查',
	reset: '重新开始',
	hint: '显示提示',
	hintNumber: (n) => `提示 ${n}`,
	solution: '显示答案',
	solutionNote: '显示过答案的题不会算作解出。',
	solved: '解出来了。',
	solvedShown: '这样是对的。不过答案已经显示过，所以不算解出。',
	notSolved: '还没有解出。',
	over: '尝试次数已用完。',
	held: {
		unread: '没有检查：上面有一行无法读懂。',
		long: '没有检查：内容太长。'
	},
	solvedUncounted: '这样是对的，但不计入。',
	logFull: '作答记录已满：此后检查的不再计入。',
	tries: (n, most) => (most > 0 ? `尝试次数：${n} / ${most}` : `已尝试 ${n} 次`),
	goals: '必须成立的事',
	hiddenCase: (n) => `另外的情形 ${n}`,
	hiddenNote: (n) => `检查时还会用别的包运行 ${n} 种另外的情形。`,
	met: '成立',
	unmet: '不成立',
	open: '待检查',
	right: '对',
	wrong: '不对',
	cannot: '这样无法运行：',
	network: '网络',
	hosts: '主机',
	rulesOf: (host) => `${host} 的规则`,
	packets: '发生了什么',
	play: '在实验台里运行',
	lab: '在实验台里',
	labLater: '解出来、显示过答案或尝试次数用完之后，就可以逐步查看这个网络。',
	parts: {
		nft: 'nft 规则',
		iptables: 'iptables 规则',
		ipset: 'ipset 集合',
		sysctl: 'sysctl，每行一个 `名称 = 值`',
		routes: '路由，每行一条 `前缀 via 地址` 或 `前缀 dev 接口`'
	},
	editorOf: (host, part) => `${host}：${part}`,
	sysctlLine: (n) => `第 ${n} 行：应为 名称 = 值`,
	routeLine: (n) => `第 ${n} 行：应为 前缀 via 地址，或 前缀 dev 接口`,
	trace: {
		at: (hook, station) => `${hook}：${station}`,
		names: {
			'NAT chains': 'NAT 链',
			NAT: 'NAT，依据条目',
			defragment: '重组分片',
			confirm: '确认',
			routing: '路由'
		},
		pool: '各站',
		poolHelp: '按先后顺序，选出对这个包起作用的各站。',
		order: '包走过的路',
		none: '还没有选择。',
		add: (name) => `加入 ${name}`,
		remove: (name) => `移除 ${name}`,
		up: (name) => `把 ${name} 上移`,
		down: (name) => `把 ${name} 下移`,
		rewritten: (field) => `\`${field}\` 在哪里被改写？`,
		choose: '请选择……',
		nowhere: '没有被改写'
	},
	field: (line, field) => `第 ${line} 行，${field}`,
	flagsHelp: '标志：[UNREPLIED]、[ASSURED]、两者都有，或留空。',
	construct: {
		actions: '可做的动作',
		done: '已经做了',
		none: '还什么都没做。',
		undo: '撤回最后一个',
		left: (n) => `还可以做 ${n} 个动作`
	},
	evidence: {
		events: (on) => `${on} 上的 conntrack -E`,
		table: (on) => `${on} 上的 conntrack -L`,
		trace: (on) => `${on} 上的 nft monitor trace`,
		arrivals: (on) => `${on} 收到的包`,
		rules: (on) => `${on} 的规则`,
		stats: (on) => `${on} 上的 conntrack -S`,
		empty: '（没有）'
	},
	answer: '答案'
};
