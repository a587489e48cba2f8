import { both } from './both';
import type { Dictionary } from './index';

/** 简体中文。 */
export const zh: Dictionary = {
	...both.zh,
	header: {
		skip: '跳到正文',
		home: 'Conntrack Lab 首页',
		twin: 'English',
		nav: '站点',
		lab: '实验台'
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
		separator: '、',
		colon: '：'
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
		exercises: '练习',
		reference: '参考',
		glossary: '术语',
		progress: '进度'
	},
	reference: {
		title: '参考',
		lead: '供查阅：钩子与优先级、状态、超时、连接跟踪表、两种规则语言，还有一页可打印的速查表。',
		print: '打印'
	},
	search: {
		open: '搜索',
		label: '搜索课程、术语和参考',
		close: '关闭',
		hint: '在课程、术语和参考中查找。方向键可在结果间移动。',
		loading: '正在取索引……',
		failed: '索引取不到。',
		found: (count) => (count === 0 ? '没有找到。' : `找到 ${count} 处。`),
		kinds: { lesson: '课程', term: '术语', reference: '参考' }
	},
	map: {
		title: '课程地图',
		lead: '哪一课建立在哪一课之上。从任何地方开始都行：每一课都会写明它依靠哪些课。',
		open: '看看课程之间的关系'
	},
	progress: {
		title: '你的进度',
		lead: '你读过、预测过、修好过的内容。只保存在这个浏览器里，别人看不到。',
		read: '已读',
		predicted: (right, answered) => `预测对 ${right}/${answered}`,
		repaired: '已修好',
		haveRead: '我读完了这一课',
		notKept: '这个浏览器不允许本站保存任何东西：离开页面后进度就没有了。',
		unread: (problem) =>
			`这里保存的内容无法读取${problem && `（${problem}）`}。它已另存一旁，不会被覆盖。请先保存，再清除。`,
		problem: (path, what) => (path ? `${path}：${what}` : what),
		saveUnread: '保存无法读取的内容',
		tally: (read, predicted, repaired, all) =>
			`共 ${all} 课：已读 ${read} 课，做过预测 ${predicted} 课，修好 ${repaired} 课。`,
		yours: '它归你所有',
		where: '导出后可以在另一个浏览器里继续。导入的内容会并入现有的进度，什么都不会丢。',
		export: '导出',
		import: '导入……',
		wipe: '清除',
		keep: '保留',
		sure: '要清除这个浏览器里关于你进度的全部内容吗？无法撤销。',
		wiped: '已清除。',
		brought: (count) => `已并入 ${count} 课。`,
		notRead: (name, problem) =>
			`${name} 不是本站的进度文件${problem && `（${problem}）`}。什么都没有改动。`,
		needsScript: '进度由脚本保存，而这个浏览器关闭了脚本。'
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
	footer: {
		licence: '自由软件，采用 MIT 许可证',
		gallery: '图集'
	}
};
