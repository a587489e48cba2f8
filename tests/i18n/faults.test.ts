/** Everything that can be said of wrong input on a page can be said in Chinese, and nothing is there that nobody says. */
import { printParseErrorCode } from 'jsonc-parser';
import { describe, expect, test } from 'vitest';
import { enumeration } from '$lib/i18n/faults/enumeration';
import { holesOf } from '$lib/i18n/faults/fill';
import { pairs } from '$lib/i18n/faults/zh';
import { BESIDES, CODE, NOT_ON_PAGES, TOOLS, UNSEEN } from './messages/exceptions';
import { Flow, type Found } from './messages/flow';
import { grammarTexts } from './messages/grammars';
import { readProgram } from './messages/program';
import { followMessages } from './messages/sinks';

const { program, files } = readProgram();
const flow = new Flow(program, files);
followMessages(flow, program.getTypeChecker(), files);
const grammars = grammarTexts();

/** What is refused is described, or named in backquotes. */
const described = grammars.refused.filter(({ text }) => /^(a|the|translation) /.test(text));
const said: readonly Found[] = [
	...flow.texts,
	...grammars.messages,
	...grammars.parts,
	...described
];
const jsonWords = Array.from({ length: 16 }, (_, i) =>
	printParseErrorCode(i + 1)
		.replace(/([a-z])([A-Z])/g, '$1 $2')
		.toLowerCase()
);

const english = new Set(pairs.map(([text]) => text));
/** A single word is one of rules or files, and stays as it is written. */
const isWord = (text: string): boolean => !/\s/.test(text.trim());

/** Whether a text is in the catalogue: as it stands, with holes where it names something, or as a list. */
function isTold(text: string): boolean {
	const forms = [text, text.replace(/`[^`]*`/g, '`{}`'), text.replace(/(\d+|\{\})$/, '{}')];
	if (isWord(text) || forms.some((form) => english.has(form))) return true;
	const { parts } = enumeration(text);
	return parts.length > 1 && parts.every(isTold);
}

describe('what is said', () => {
	test('is found in the readers and in both grammars', () => {
		expect(files.length).toBeGreaterThan(150);
		const texts = new Set(said.map(({ text }) => text));
		for (const text of [
			'no interface {}',
			'unknown field {}',
			'`{}` is not modelled',
			'expected {}, found {}',
			'the run comes to more than {} {} here, and is not played',
			'an address such as 10.0.0.1',
			'a set flag (constant, interval, timeout, dynamic)',
			'there is no chain `{}` in table `{} {}`',
			'a map of {} objects',
			'this range runs backwards'
		])
			expect(texts).toContain(text);
	});

	test('is in the catalogue', () => {
		const excepted = new Set([...TOOLS, ...CODE, ...UNSEEN]);
		const untold = said.filter(
			({ text, at }) =>
				!isTold(text) && !excepted.has(text) && !NOT_ON_PAGES.some((file) => at.startsWith(file))
		);
		expect(untold.map(({ text, at }) => `${at}: ${text}`)).toEqual([]);
	});

	test('in other words would be missed', () => {
		for (const text of ['no interface of the name {}', 'expected a banana', 'a port, or a banana'])
			expect(isTold(text), text).toBe(false);
	});

	test('by the reader of JSON is in the catalogue too', () => {
		expect(jsonWords.filter((word) => !english.has(word))).toEqual([]);
	});
});

describe('the catalogue', () => {
	test('has nothing twice', () => {
		expect(english.size).toBe(pairs.length);
	});

	test('has nothing that nobody says', () => {
		const texts = new Set([...said.map(({ text }) => text), ...jsonWords, ...BESIDES]);
		expect([...english].filter((text) => !texts.has(text))).toEqual([]);
	});

	test('excepts nothing that nobody says', () => {
		const texts = new Set(said.map(({ text }) => text));
		expect([...TOOLS, ...CODE, ...UNSEEN].filter((text) => !texts.has(text))).toEqual([]);
		for (const file of NOT_ON_PAGES) expect(said.some(({ at }) => at.startsWith(file))).toBe(true);
		expect(BESIDES.filter((text) => !english.has(text))).toEqual([]);
	});

	test.each(pairs)('%s', (text, chinese) => {
		const holes = Array.from({ length: text.split('{}').length - 1 }, (_, i) => i);
		const filled = new Set(holesOf(chinese).map(({ hole }) => hole));
		expect([...filled].sort()).toEqual(holes);
		// What stands in backquotes stands there in Chinese as well.
		const code = text.match(/`[^`]*`/g) ?? [];
		const inChinese = chinese.replace(/\{t?\d?\}/g, '{}').match(/`[^`]*`/g) ?? [];
		expect(inChinese).toEqual(expect.arrayContaining(code));
		// Full-width signs around Chinese letters.
		const prose = chinese.replace(/`[^`]*`/g, '`');
		expect(prose).not.toMatch(/[\u4e00-\u9fff][,;:!?()]|[,;:!?(] ?[\u4e00-\u9fff]/);
		expect(prose).not.toMatch(/[。.]$/);
	});
});
