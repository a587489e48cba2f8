import type { TranscriptWords } from './transcript-en';

/** 文字记录上的文字，简体中文。 */
export const zh: TranscriptWords = {
	region: '文字记录',
	lead: '全程的每一步，列成一张表。',
	table: '步骤',
	columns: {
		number: '序号',
		step: '包',
		time: '时间',
		place: '位置',
		sentence: '发生了什么',
		packet: '数据包'
	},
	csv: {
		number: '序号',
		step: '场景步骤',
		time: '秒',
		host: '主机',
		hook: '钩子',
		station: '站点',
		direction: '方向',
		sentence: '发生了什么',
		before: '之前的包',
		after: '之后的包'
	},
	group: (step, total) => `第 ${step} 步，共 ${total} 步`,
	before: '原为',
	after: '现为',
	go: (at) => `去第 ${at} 步`,
	now: '当前位置',
	copy: '复制为文本',
	copied: '已复制',
	text: '文本文件',
	spreadsheet: 'CSV',
	page: (from, to, of) => `第 ${from} 至 ${to} 步，共 ${of} 步`,
	earlier: '更早',
	later: '更晚',
	empty: '这个场景里什么都不发生。',
	more: '接下来的内容在本页的问题之后。'
};
