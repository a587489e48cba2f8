import { expect, test } from 'vitest';
import { twinPath } from '../../src/lib/course/paths';
import { preferredLanguage } from '../../src/lib/i18n/languages';

test('a page’s twin is the same page', () => {
	expect(twinPath('zh', '/[lang=lang]/lessons/[slug]', { lang: 'en', slug: 'a' })).toBe(
		'/zh/lessons/a/'
	);
	expect(twinPath('en', '/[lang=lang]', { lang: 'zh' })).toBe('/en/');
	expect(twinPath('en', null, {})).toBe('/en/');
});

test.each([
	[['zh-CN', 'en'], 'zh'],
	[['de-DE', 'zh-TW', 'en'], 'zh'],
	[['EN-gb', 'zh'], 'en'],
	[['fr'], 'en'],
	[[], 'en']
])('of the wishes %j the site fulfils %s', (wishes, language) => {
	expect(preferredLanguage(wishes)).toBe(language);
});
