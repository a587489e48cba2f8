/**
 * What a lesson's page sends, compressed as a web server would: all that a browser fetches until everything on the page
 * is alive, every question answered and every Lab stepped through to its end.
 */
import { brotliCompressSync, constants } from 'node:zlib';
import type { Page } from '@playwright/test';
import { answerQuestions, stepThrough, wakeLabs } from './lesson-walk';
import { FULL, expect, slugs, test } from './site';

/** Bytes; a kB has 1,024. By 1,000 the Chinese page of the first lesson is some 1,300 bytes too large. */
const SCRIPTS = 110 * 1024;
const STYLES = 30 * 1024;

const compressed = (body: Buffer): number =>
	brotliCompressSync(body, {
		params: {
			[constants.BROTLI_PARAM_QUALITY]: 11,
			[constants.BROTLI_PARAM_SIZE_HINT]: body.length
		}
	}).length;

interface Sent {
	readonly scripts: Map<string, number>;
	readonly styles: Map<string, number>;
	/** Pictures and fonts, and whatever comes from elsewhere. */
	readonly others: string[];
}

/** Weighs everything that the page fetches from now on; call what it gives back for the sums. */
function weigh(page: Page, root: string): () => Promise<Sent> {
	const bodies = new Map<string, Promise<{ type: string; url: string; body: Buffer }>>();
	const inline = {
		script: /<script\b[^>]*>([^]*?)<\/script>/g,
		stylesheet: /<style\b[^>]*>([^]*?)<\/style>/g
	};
	const others: string[] = [];
	page.on('requestfinished', (request) => {
		const url = request.url();
		const type = request.resourceType();
		if (!url.startsWith(root) || ['image', 'font', 'media'].includes(type)) others.push(url);
		// What stands in the page itself weighs as much as a file.
		if (type === 'document')
			for (const [kind, pattern] of Object.entries(inline))
				bodies.set(
					`${url} ${kind}`,
					request.response().then(async (response) => {
						const parts = [...(await response!.text()).matchAll(pattern)];
						// The data of the page are text, as its prose is; the rest is code.
						const code = parts.map(([, text = '']) =>
							text.replace(/\bdata: \[[^]*\](?=,\s*form:)/, '')
						);
						const body = Buffer.from(code.join(''));
						return { type: kind, url, body };
					})
				);
		if (type !== 'script' && type !== 'stylesheet') return;
		bodies.set(
			url,
			request.response().then(async (response) => ({ type, url, body: await response!.body() }))
		);
	});
	return async () => {
		const scripts = new Map<string, number>();
		const styles = new Map<string, number>();
		for (const { type, url, body } of await Promise.all(bodies.values()))
			(type === 'script' ? scripts : styles).set(url.slice(root.length), compressed(body));
		return { scripts, styles, others };
	};
}

const sum = (weights: ReadonlyMap<string, number>): number =>
	[...weights.values()].reduce((all, one) => all + one, 0);

const list = (weights: ReadonlyMap<string, number>): string =>
	[...weights]
		.sort(([, a], [, b]) => b - a)
		.map(([url, weight]) => `${String(weight).padStart(7)} ${url}`)
		.join('\n');

for (const slug of FULL ? slugs : slugs.slice(0, 1))
	for (const language of ['en', 'zh'])
		test(`${language}/lessons/${slug} is within its budget`, async ({ page, site }) => {
			test.slow();
			const sent = weigh(page, site.root);
			await page.emulateMedia({ reducedMotion: 'reduce' });
			await page.goto(`${site.root}${language}/lessons/${slug}/`);
			expect(await wakeLabs(page)).toBeGreaterThan(0);
			await answerQuestions(page);
			expect(await stepThrough(page)).toBeGreaterThan(20);
			await page.waitForLoadState('networkidle');
			const { scripts, styles, others } = await sent();
			expect(scripts.size).toBeGreaterThan(3);
			expect(sum(styles)).toBeGreaterThan(5000);
			expect(sum(scripts), `scripts:\n${list(scripts)}`).toBeLessThanOrEqual(SCRIPTS);
			expect(sum(styles), `styles:\n${list(styles)}`).toBeLessThanOrEqual(STYLES);
			console.log(
				`${language}/${slug}: ${sum(scripts)} bytes of scripts, ${sum(styles)} of styles`
			);
			expect(others.filter((url) => !url.endsWith('/favicon.svg'))).toEqual([]);
		});

for (const name of ['home', 'progress'])
	test(`a page without a Lab carries nothing of it: ${name}`, async ({ page, site }) => {
		const sent = weigh(page, site.root);
		const path = name === 'home' ? '' : `${name}/`;
		await page.goto(`${site.root}en/${path}`, { waitUntil: 'networkidle' });
		const { scripts } = await sent();
		expect(sum(scripts), list(scripts)).toBeLessThanOrEqual(SCRIPTS / 2);
	});

test('the engine is fetched when a rule is changed, and the walk runs anew', async ({
	page,
	site
}) => {
	const sent = weigh(page, site.root);
	await page.goto(`${site.root}en/lessons/reverse-snat/`);
	await wakeLabs(page);
	const before = sum((await sent()).scripts);
	const rules = page.locator('.lab').first().getByRole('region', { name: 'Rules', exact: true });
	await rules.getByRole('button', { name: /Edit/ }).click();
	const box = rules.getByRole('textbox');
	await box.fill((await box.inputValue()).replace('10.0.0.2:8080', '10.0.0.2:9090'));
	await expect(rules.locator('.note')).toContainText('anew');
	expect(sum((await sent()).scripts)).toBeGreaterThan(before + 50_000);
});
