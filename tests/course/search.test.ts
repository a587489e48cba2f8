import { describe, expect, test } from 'vitest';
import { find, makeIndex, readIndex, type Findable } from '../../src/lib/course/search/engine';
import { plainSections } from '../../src/lib/course/search/plain';
import { tokens } from '../../src/lib/course/search/tokens';

const place = (
	id: number,
	title: string,
	text: string,
	kind: Findable['kind'] = 'lesson'
): Findable => ({
	id,
	kind,
	title,
	section: '',
	path: `lessons/${id}/`,
	about: '',
	text
});
const places = [
	place(0, 'Reverse SNAT', 'The reply gets its source back at POSTROUTING'),
	place(1, 'The table is full', 'Raise nf_conntrack_max and look at early_drop'),
	place(2, '反向 SNAT', '回复的源地址在 POSTROUTING 依条目还原'),
	place(3, 'masquerade', 'An address of the interface', 'term'),
	place(4, 'Elsewhere', 'It says masquerade in passing, and reply tuple')
];
// As a reader gets it: written, fetched, read.
const index = readIndex(JSON.stringify(makeIndex(places)));
const ids = (query: string) => find(index, query).map(({ id }) => id);

describe('the search', () => {
	test.each([
		['postrouting', [0, 2]],
		['nf_conntrack_max', [1]],
		['conntrack', [1]],
		['early drop', [1]],
		['masq', [3, 4]],
		['masqerade', [3, 4]],
		['源地址', [2]],
		['条目还原', [2]],
		['zzz', []],
		['', []]
	])('%s', (query, expected) => {
		expect(ids(query).sort()).toEqual(expected);
	});

	test('a term stands before those who mention it', () => {
		expect(ids('masquerade')[0]).toBe(3);
	});

	test('words that never stand together are looked for one by one', () => {
		expect(ids('postrouting early_drop').sort()).toEqual([0, 1, 2]);
	});
});

test('Chinese is found whatever way a browser splits it', () => {
	// Pairs of neighbours are among the words of any text that has them.
	expect(tokens('回复元组')).toEqual(expect.arrayContaining(['回复', '复元', '元组']));
});

test('a page is cut at its anchors, with its code, its questions and without its markup', () => {
	const sections = plainSections(
		"---\ntitle: T\n---\n\n<script>\n\timport x from 'y';\n</script>\n\nFirst **words**.\n\n" +
			'## Say it {#predict}\n\n<Question\n\tid="q"\n\tquestion="Who did it?"\n\tchoices={[{ text: \'The entry\', why: \'So.\' }]}\n/>\n\n' +
			'[A link](https://example.org/).\n\n```bash\nconntrack -L\n```\n'
	);
	expect(sections).toEqual([
		{ id: '', heading: '', text: 'First words .' },
		{ id: 'predict', heading: 'Say it', text: 'Who did it? The entry So. A link . conntrack -L' }
	]);
});
