/** What is said of wrong input is told in Chinese, whole, with the names and numbers that it is said with. */
import { describe, expect, test } from 'vitest';
import { inChinese, whole } from '$lib/i18n/faults/in-chinese';
import { ofFiles, ofIptables, ofIpset, ofNft, ofScenarios } from './broken';
import { TOOLS } from './messages/exceptions';
import { patternOf } from '$lib/i18n/faults/pattern';

const toolsOwn = TOOLS.map((text) => patternOf(text, () => false));
/** A command's line, by which word of it is meant. */
const COLUMN = / \(column (\d+)\)$/;
/** Whether it is a tool's own line, as a command puts it. */
const isTools = (message: string): boolean => {
	const line = message.replace(COLUMN, '');
	return [line, line.replace(/^[^:]*: /, '')].some((text) => toolsOwn.some((form) => form(text)));
};

const CHINESE = /[\u4e00-\u9fff]/;
/** English words that stand outside of backquotes, brackets and quotes, and are none of rules or files. */
const letters = (text: string): string[] => text.match(/[\w.:/-]*\w/g) ?? [];

function faultsOf(message: string): string[] {
	const chinese = inChinese(message);
	const faults: string[] = [];
	if (whole(message) === null) faults.push('is not told whole');
	if (!CHINESE.test(chinese)) faults.push('has no Chinese in it');
	if (/\{t?\d?\}/.test(chinese.replace(/`[^`]*`/g, ''))) faults.push('has an empty place');
	// What is named is what the English names: no word, no number comes from elsewhere.
	const known = new Set([
		...letters(message),
		...letters(chinese.match(/`[^`]*`/g)?.join(' ') ?? '')
	]);
	for (const word of letters(chinese))
		if (/\d/.test(word) && !known.has(word)) faults.push(`names ${word}`);
	for (const code of message.match(/`[^`]+`/g) ?? [])
		if (!chinese.includes(code)) faults.push(`misses ${code}`);
	for (const number of message.match(/\b\d[\d,.]*\b/g) ?? [])
		if (!chinese.includes(number)) faults.push(`misses ${number}`);
	return faults.map((fault) => `${message} → ${chinese}: ${fault}`);
}

describe.each([
	['nft', ofNft, 200],
	['iptables', ofIptables, 80],
	['ipset', ofIpset, 40],
	['scenarios', () => ofScenarios().map(({ message }) => message), 30],
	['files', () => ofFiles().map(({ message }) => message), 15]
] as const)('%s', (_, messages, least) => {
	test('is told', () => {
		const said = [...new Set(messages())];
		expect(said.length).toBeGreaterThan(least);
		const own = said.filter((message) => !isTools(message));
		expect(own.flatMap(faultsOf)).toEqual([]);
		for (const message of said.filter(isTools))
			expect(inChinese(message)).toBe(message.replace(COLUMN, '（第 $1 列）'));
	});
});

test('a place is told like what is said of it', () => {
	expect(inChinese('line 3, column 14')).toBe('第 3 行第 14 列');
	expect(inChinese('(file)')).toBe('（文件）');
	expect(inChinese('hosts.gw.nft')).toBe('hosts.gw.nft');
});

test.each([
	['no interface gw/eth9', '没有接口 gw/eth9'],
	['no interface two words', '没有接口 two words'],
	['10,001 steps; no more than 10,000 are opened here', '10,001 个步骤，这里最多打开 10,000 个'],
	[
		'`80x` is not a port: expected a number 0-65535, a service name, a range, a set or a map',
		'`80x` 不是端口：应为 0-65535 的数、服务名、范围、集合或映射'
	],
	[
		'`drp` cannot stand here, perhaps `drop` is meant: expected a verdict (accept, drop, jump, …), `,` or a new line or `;`',
		'`drp` 不能写在这里（也许是想写 `drop`）：应为裁决（accept、drop、jump……）、`,` 或换行或 `;`'
	],
	['expected (string | Array), found 5', '应为字符串或列表，实际是 5'],
	[
		'iptables: there is no chain or target `FOO` (column 10)',
		'iptables：没有链或目标 `FOO`（第 10 列）'
	],
	['iptables: Index of insertion too big.', 'iptables: Index of insertion too big.'],
	[
		'hosts.gw.nft: line 3, column 4: `tcp option` is not modelled',
		'hosts.gw.nft：第 3 行第 4 列：这里没有模拟 `tcp option`'
	],
	// A name stays as it is, whatever it says elsewhere.
	['no interface events', '没有接口 events'],
	['something that nobody says', 'something that nobody says']
])('%s', (message, chinese) => expect(inChinese(message)).toBe(chinese));

test('what was written to take long does not', () => {
	for (const piece of [': ', ', ', ' or ', '`', '` `', 'expected ', ', found ', ' is not modelled'])
		for (const start of ['', 'no interface ', 'expected ', '`']) {
			const before = performance.now();
			inChinese(start + piece.repeat(Math.floor(900 / piece.length)));
			expect(performance.now() - before, piece).toBeLessThan(2000);
		}
	const long = `no interface ${'x'.repeat(2000)}`;
	expect(inChinese(long)).toBe(long);
});
