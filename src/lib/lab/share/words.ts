/** What is said about taking a Lab along. */
import type { Language } from '$lib/i18n';

const en = {
	link: 'Link',
	linkHere: 'Link to this Lab at this step',
	panel: 'Take this Lab along',
	address: 'Address',
	copied: 'The link is copied.',
	notCopied: 'The browser did not let the link be copied. Copy it from here.',
	plain: 'It leads to this page, to this Lab at this step.',
	packed: 'It holds the whole scenario, as it is now, and this step. No server sees it.',
	tooLong: (size: number, most: number) =>
		`This scenario would make a link of ${size} characters, and no more than ${most} are sure to arrive. Save it as a file instead: the page “Your own Lab” opens it.`,
	save: 'Save as a file',
	own: 'Open on a page of its own',
	again: 'Copy again',
	close: 'Close',
	held: (asked: number, limit: number) =>
		`The link leads to step ${asked}. A question on this page comes first: the Lab stands at step ${limit} until it is answered.`,
	beyond: (asked: number, last: number) =>
		`The link leads to step ${asked}, but there are ${last}. You stand at the last one.`,
	goOn: (asked: number) => `Go to step ${asked}`
};

export type ShareWords = typeof en;

const zh: ShareWords = {
	link: '链接',
	linkHere: '指向此实验这一步的链接',
	panel: '把这个实验带走',
	address: '地址',
	copied: '链接已复制。',
	notCopied: '浏览器不允许复制链接，请从这里自行复制。',
	plain: '它指向本页、这个实验的这一步。',
	packed: '它带着现在的整个场景和这一步，不经过任何服务器。',
	tooLong: (size, most) =>
		`这个场景的链接会有 ${size} 个字符，超过 ${most} 个就不能保证送达。请改存为文件：“自己的实验”页面可以打开它。`,
	save: '存为文件',
	own: '在单独的页面打开',
	again: '再次复制',
	close: '关闭',
	held: (asked, limit) =>
		`链接指向第 ${asked} 步，但要先回答本页的一个问题：在此之前，实验停在第 ${limit} 步。`,
	beyond: (asked, last) => `链接指向第 ${asked} 步，但一共只有 ${last} 步。现在停在最后一步。`,
	goOn: (asked) => `去第 ${asked} 步`
};

export const shareWords: Record<Language, ShareWords> = { en, zh };
