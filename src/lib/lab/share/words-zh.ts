/** 把实验带走的文字。 */
import type { ShareWords } from './words';

export const zh: ShareWords = {
	link: '链接',
	linkHere: '指向此实验这一步的链接',
	panel: '把这个实验带走',
	address: '地址',
	copied: (what) => `链接已复制。${what}`,
	notCopied: '浏览器不允许复制，请从这里自行复制。',
	plain: '它指向本页、这个实验的这一步。',
	packed: '它带着现在的整个场景和这一步，不经过任何服务器。',
	tooLong: (size, most) =>
		`这个场景的链接会有 ${size} 个字符，超过 ${most} 个就不能保证送达。请改存为文件：“自己的实验台”页面可以打开它。`,
	save: '存为文件',
	own: '在单独的页面打开',
	again: '再次复制',
	close: '关闭',
	held: (asked, limit) =>
		`链接指向第 ${asked} 步，但要先回答本页的一个问题：在此之前，实验停在第 ${limit} 步。`,
	beyond: (asked, last) => `链接指向第 ${asked} 步，但一共只有 ${last} 步。现在停在最后一步。`,
	goOn: (asked) => `去第 ${asked} 步`
};
