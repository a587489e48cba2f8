import { describe, expect, test } from 'vitest';
import {
	LONGEST_FRAGMENT,
	lessonFragment,
	lessonLink,
	scenarioFragment,
	scenarioLink
} from '../../src/lib/lab/share/fragment';
import { fileName } from '../../src/lib/lab/share/save';

describe('what stands behind the # of a link', () => {
	test('comes back as it was written', () => {
		for (const link of [
			{ lab: 1 },
			{ lab: 2, stop: 14 },
			{ lab: 12, stop: 0, host: 'gateway' },
			{ lab: 3, stop: 5, host: 'a&b=c #网关' }
		])
			expect(lessonLink(lessonFragment(link))).toEqual(link);
		for (const link of [{ packed: 'Ab_-9' }, { packed: 'Ab_-9', stop: 3, host: 'r 1' }])
			expect(scenarioLink(scenarioFragment(link))).toEqual(link);
		expect(lessonFragment({ lab: 2, stop: 14 })).toBe('#lab=2&stop=14');
	});

	test('a heading’s anchor is no link to a Lab, nor is one kind the other', () => {
		for (const hash of ['', '#', '#the-reply', '#lab', '#s', '#labs=1', '#stop=3'])
			expect([lessonLink(hash), scenarioLink(hash)], hash).toEqual([null, null]);
		expect(scenarioLink('#lab=1&stop=2')).toBeNull();
		expect(lessonLink('#s=AAAA&stop=2')).toBeNull();
	});

	test('numbers that are none are left out', () => {
		for (const hash of ['#lab=0', '#lab=-1', '#lab=1.5', '#lab=', '#lab=x', '#lab=12345678'])
			expect(lessonLink(hash), hash).toBeNull();
		for (const stop of ['-1', '1e9', '99999999', '0x10', ' 3', '', 'NaN'])
			expect(lessonLink(`#lab=1&stop=${stop}`), stop).toEqual({ lab: 1 });
	});

	test('what is too long is not looked at', () => {
		const long = 'A'.repeat(LONGEST_FRAGMENT);
		expect(scenarioLink(`#s=${long}`)).toBe('long');
		expect(lessonLink(`#lab=1&stop=${long}`)).toBeNull();
	});
});

test('a file’s name is one that every system takes', () => {
	expect(fileName('DNAT: a/b\\c *?"<>|', 'json')).toBe('dnat-a-b-c.json');
	expect(fileName('网关，nft', 'json')).toBe('网关-nft.json');
	for (const nothing of [undefined, '', '…/..'])
		expect(fileName(nothing, 'json')).toBe('scenario.json');
	expect(fileName('A/B: "c" <d>|e?*', 'csv')).toBe('a-b-c-d-e.csv');
	expect(fileName('回复元组', 'txt')).toBe('回复元组.txt');
	expect([...fileName('长'.repeat(300), 'json')].length).toBe(65);
	// Two units of UTF-16 each: no half of one is left over at the end.
	expect(fileName('x' + '𠮷'.repeat(300), 'txt')).toBe(`x${'𠮷'.repeat(59)}.txt`);
});
