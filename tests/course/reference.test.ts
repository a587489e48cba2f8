import { readFileSync, readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { preparePage, projectSite } from '../../scripts/markdown/site';
import { scan } from '../../src/lib/course/build/scan';
import { stationsTable, transitionsTable } from '../../src/lib/course/facts/tables';
import { referenceOf } from '../../src/lib/course/reference';
import { CONNTRACK_KNOBS } from '../../src/lib/engine';

const content = new URL('../../content/', import.meta.url);
/** Pages of the reference by `language/slug`. */
const texts = Object.fromEntries(
	['en', 'zh'].flatMap((language) => {
		const folder = new URL(`${language}/reference/`, content);
		return readdirSync(folder).map((file) => [
			`${language}/${file.slice(0, -3)}`,
			readFileSync(new URL(file, folder), 'utf8')
		]);
	})
);
const site = projectSite();

test.each(Object.keys(texts))('%s: its blocks are read and its facts are there', (name) => {
	expect(preparePage(texts[name]!, name, site).faults).toEqual([]);
});

test.each(site.plan.reference)(
	'%s has the same blocks, facts and anchors in both languages',
	(slug) => {
		const [en, zh] = ['en', 'zh'].map((language) => scan(texts[`${language}/${slug}`]!));
		const blocks = ({ fences }: typeof en & object) =>
			fences.map(({ language, info, body }) => [
				language,
				info,
				body.replace(/[ \t]*#\s.*$/gm, '')
			]);
		expect(blocks(zh!)).toEqual(blocks(en!));
		const facts = ({ prose }: typeof en & object) => prose.match(/<Fact\s[^<>]*\/>/g);
		expect(facts(zh!)).toEqual(facts(en!));
		expect(zh!.headings.map(({ id }) => id)).toEqual(en!.headings.map(({ id }) => id));
	}
);

test.each(['en', 'zh'])(
	'%s: every setting of connection tracking stands there with its default',
	(language) => {
		const text = texts[`${language}/sysctl`]!;
		const missing = CONNTRACK_KNOBS.filter(
			(knob) => !text.includes(`| \`${knob}\` | <Fact sysctl="${knob}" /> |`)
		);
		expect(missing).toEqual([]);
	}
);

test('the stations stand where the kernel has them (enum nf_ip_hook_priorities)', () => {
	const rows = stationsTable('en')
		.split('\n')
		.map((row) => row.split('|').map((cell) => cell.trim()));
	const row = (priority: string) => rows.find(([, first]) => first === priority)!;
	expect(row('−200').slice(3, 8)).toEqual([
		'connection tracking',
		'',
		'',
		'connection tracking',
		''
	]);
	expect(row('−100')[3]).toContain('NAT chains');
	expect(row('100')[7]).toContain('translation');
	expect(row('last').slice(3, 8)).toEqual(['', 'confirmation', '', '', 'confirmation']);
});

test('the TCP table goes the way of a handshake', () => {
	const cell = (direction: 'original' | 'reply', kind: string, state: string) => {
		const [head, , ...rows] = transitionsTable('en', direction)
			.split('\n')
			.map((row) => row.split('|').map((one) => one.trim()));
		return rows.find(([, first]) => first === kind)![head!.indexOf(state)];
	};
	expect(cell('original', 'SYN', 'NO')).toBe('SS');
	expect(cell('reply', 'SYN/ACK', 'SS')).toBe('SR');
	expect(cell('original', 'ACK', 'SR')).toBe('ES');
	expect(cell('reply', 'RST', 'ES')).toBe('CL');
});

describe('the reference', () => {
	const page = '---\ntitle: T\nsummary: S\n---\n\nText.\n';
	test('is refused with a page without its twin, and with one that nobody listed', () => {
		expect(() => referenceOf({ 'en/reference/a.md': page }, ['a'])).toThrow(
			'zh/reference/a.md: is missing'
		);
		expect(() => referenceOf({ 'en/reference/b.md': page }, [])).toThrow(
			'not a page that course.json lists'
		);
	});
});
