/** 在时间中来回、以及分支的文字。 */
import { shortly } from './step-shortly';
import type { TimeWords } from './time';

export const zh: TimeWords = {
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
