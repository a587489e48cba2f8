import type { LadderWords } from './ladder-en';

const END = { src: '源', dst: '目的' } as const;

/** 时序图上的文字，简体中文。 */
export const zh: LadderWords = {
	region: '时序图',
	lead: '时间向下流。选中一行，就去到那一步。',
	list: '包的往来',
	more: '接下来的内容在本页的问题之后。',
	end: (end) => END[end],
	entry: (id) => `条目 #${id}`,
	quoted: '差错报文引用的包也一样',
	now: '当前位置',
	dropped: '已丢弃',
	lost: '没有人接收',
	held: '停住',
	waiting: '等待',
	released: '继续前行',
	gathering: (pieces) => `${pieces} 个分片在等待`,
	merged: (id) => `赛跑输了：改用条目 #${id}`,
	beside: '赛跑输了：与赢家并存',
	delivered: '交给本机',
	loop: '经回环接口返回',
	time: (seconds) => `${seconds} 秒`,
	copies: (hosts) => `副本给 ${hosts.join('、')}`,
	row: {
		arrow: (packet, from, to, src, dst) => `${packet}，从 ${from} 到 ${to}：${src} → ${dst}`,
		nowhere: (packet, from, src, dst) => `${packet}，从 ${from} 发出，没有人接收：${src} → ${dst}`,
		withCopies: (told, copies) => `${told}（${copies}）`,
		rewrite: (host, hook, changes) => `${host}，${hook}：${changes.join('；')}`,
		change: (end, before, after) => `${END[end]} ${before} 变为 ${after}`,
		at: (host, what) => `${host}：${what}`
	}
};
