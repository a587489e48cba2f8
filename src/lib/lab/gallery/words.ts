/** What the gallery says around its states. */
import type { Language } from '$lib/i18n';

const en = {
	title: 'Gallery',
	description: 'Every view of the Lab, in every state that it knows.',
	lead: 'Every view of the Lab, in every state that it knows: to look something up, and to see at once whether a change has spoilt a picture.',
	theme: 'Show them in',
	themes: { page: 'the page’s theme', light: 'light', dark: 'dark', both: 'both' },
	show: 'Show',
	hide: 'Hide',
	heavy: 'large',
	noScript: 'The pictures are drawn by scripts, which your browser does not run here.',
	failed: 'This state cannot be shown:'
};

export type GalleryWords = typeof en;

const zh: GalleryWords = {
	title: '图集',
	description: '实验的每种视图在每种状态下的样子。',
	lead: '实验的每种视图在它所知的每种状态下的样子：可以查阅，也可以一眼看出改动是否弄坏了哪幅图。',
	theme: '显示为',
	themes: { page: '随页面主题', light: '浅色', dark: '深色', both: '两者并列' },
	show: '显示',
	hide: '收起',
	heavy: '较大',
	noScript: '这些图由脚本绘制，而你的浏览器在这里不执行脚本。',
	failed: '这个状态无法显示：'
};

export const galleryWords: Record<Language, GalleryWords> = { en, zh };
