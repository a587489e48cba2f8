import type { Dictionary } from './index';

/** 简体中文。 */
export const zh: Dictionary = {
	site: {
		name: 'Conntrack Lab',
		tagline: '动手学会 Linux 如何跟踪连接、转换地址。'
	},
	header: {
		skip: '跳到正文',
		home: 'Conntrack Lab 首页',
		twin: 'English',
		nav: '站点',
		lab: '实验'
	},
	theme: {
		label: '主题',
		auto: '自动',
		light: '浅色',
		dark: '深色'
	},
	home: {
		title: '带一个数据包走过 Linux',
		lead: '每一课都是一页文字加一个活的网络。你把数据包放上线路，陪它逐个钩子穿过一台 Linux 网关：哪些链被询问，哪些被跳过、为什么，连接跟踪表前后各写着什么，地址又是在哪里被改写的。',
		proof:
			'这里没有预先录好的动画。页面里的引擎做的就是 Linux 所做的事，并且逐包与真实内核核对过。你可以后退、跳转、改一条规则，看看会发生什么。',
		start: '开始第一课',
		lessons: '课程',
		points: [
			{
				title: '前进，也能后退',
				text: '钩子路径上的每一站都能前后步进，用鼠标或键盘都行。'
			},
			{
				title: '改动规则',
				text: 'nft 规则是活的文本。关掉一条，或换一个端口，整段路程就重新走一遍。'
			},
			{
				title: '先说出答案',
				text: '先提问，后揭晓：猜错的地方，正是你会记住的地方。'
			}
		]
	},
	roundTrip: {
		label:
			'客户端发往 198.51.100.1 端口 80 的请求，离开网关时目的地变成 10.0.0.2 端口 8080。10.0.0.2 的应答离开网关时，源地址又变回 198.51.100.1 端口 80：中间的条目记得这一切。',
		client: '客户端',
		gateway: '网关',
		server: '服务器',
		entry: '条目记着映射'
	},
	lesson: {
		minutes: (minutes) => `${minutes} 分钟`,
		number: (number) => `第 ${number} 课`,
		buildsOn: '先修',
		misconception: '常见误解',
		terms: '术语',
		contents: '本页内容',
		next: '下一课',
		previous: '上一课',
		all: '全部课程',
		turn: '其他课程',
		separator: '、'
	},
	question: {
		label: '继续之前，先想一想',
		check: '检查',
		choose: '请先选择一个答案。',
		right: '对。',
		wrong: '并非如此。',
		answer: '显示答案'
	},
	repair: { label: '动手修好它' },
	summary: { title: '小结' },
	nav: {
		lessons: '课程',
		reference: '参考',
		glossary: '术语',
		progress: '进度',
		search: '搜索'
	},
	reference: {
		title: '参考',
		lead: '供查阅：钩子与优先级、状态、超时、连接跟踪表、两种规则语言，还有一页可打印的速查表。',
		print: '打印'
	},
	glossary: {
		title: '术语表',
		lead: '本课程用词的含义，每条一两句话。课文里带点状下划线的词可以就地展开。',
		lesson: (number, title) => `第 ${number} 课：${title}`,
		see: '另见',
		inGlossary: '在术语表中查看',
		close: '关闭'
	},
	callout: { note: '说明', warning: '当心', myth: '人们为什么会误解' },
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
	},
	footer: {
		licence: '自由软件，采用 MIT 许可证。',
		gallery: '图例'
	}
};
