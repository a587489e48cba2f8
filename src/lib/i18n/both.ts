/** What pages say in all languages at once: where one is chosen, and where there is nothing to be read. */
import type { Language } from './languages';

const en = {
	site: {
		name: 'Conntrack Lab',
		tagline: 'How Linux tracks connections and translates addresses, learnt by doing it.'
	},
	choose: {
		title: 'Conntrack Lab',
		lead: 'Choose a language. It is remembered in this browser, and can be changed at the top of every page.'
	},
	error: {
		notFound: 'There is no such page',
		notFoundText: 'The address may be mistyped, or the lesson may have been renamed.',
		other: 'Something went wrong',
		otherText: 'The page could not be shown. Loading it again may help.',
		home: 'To the lessons'
	}
};

const zh: typeof en = {
	site: {
		name: 'Conntrack Lab',
		tagline: '动手学会 Linux 如何跟踪连接、转换地址。'
	},
	choose: {
		title: 'Conntrack Lab',
		lead: '请选择语言。选择会记在这个浏览器里，之后在每一页的顶部都可以更改。'
	},
	error: {
		notFound: '没有这个页面',
		notFoundText: '地址可能有误，或者这一课已经改名。',
		other: '出错了',
		otherText: '页面无法显示，重新加载或许有用。',
		home: '去看课程'
	}
};

export const both: Readonly<Record<Language, typeof en>> = { en, zh };
