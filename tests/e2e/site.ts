import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { test as base, type Page, type Request } from '@playwright/test';
import { listen, siteServer } from '../../scripts/serve.mjs';

/** Where the built site is served for the tests, with a slash at the end. */
interface Site {
	/** At the root of a web server. */
	root: string;
	/** In a folder of one. */
	folder: string;
}

/** Until the page's own scripts answer: they are fetched when its text has been painted, which may be after its load. */
async function answers(page: Page): Promise<void> {
	await page.waitForFunction(
		() =>
			'answering' in window ||
			matchMedia('(scripting: none)').matches ||
			// A page that has none.
			!document.querySelector('link:is([rel=later], [rel=modulepreload])')
	);
}

/** Milliseconds without a request after which a page has all that it asks for by itself. */
const QUIET = 500;

/** The requests of a page that are under way. */
class Requests {
	private readonly underWay = new Set<Request>();
	private last = 0;

	constructor(private readonly page: Page) {
		page.on('request', (request) => this.changed(() => this.underWay.add(request)));
		const over = (request: Request) => this.changed(() => this.underWay.delete(request));
		page.on('requestfinished', over);
		page.on('requestfailed', over);
	}

	private changed(change: () => void): void {
		change();
		this.last = Date.now();
	}

	/** Of another page: what was asked for by the last one is of no interest. */
	forget(): void {
		this.underWay.clear();
	}

	/** Until nothing is being fetched, and has not been for a while. */
	async rest(): Promise<void> {
		const from = Date.now();
		while (this.underWay.size > 0 || Date.now() - Math.max(from, this.last) < QUIET)
			await this.page.waitForTimeout(50);
	}
}

/** From now on `goto` and `reload` wait for the page to answer, unless they are asked to wait for less than its load. */
export async function untilItAnswers(page: Page): Promise<Page> {
	await page.addInitScript(() => {
		addEventListener('answering', () => Object.assign(window, { answering: true }));
	});
	const requests = new Requests(page);
	type Until = NonNullable<Parameters<Page['reload']>[0]>['waitUntil'];
	// Playwright's own `networkidle` may be over before the page answers, and fetches what it then needs.
	const first = (waitUntil: Until) => (waitUntil === 'networkidle' ? 'load' : waitUntil);
	const arrived = async (waitUntil: Until = 'load') => {
		if (waitUntil !== 'load' && waitUntil !== 'networkidle') return;
		await answers(page);
		if (waitUntil === 'networkidle') await requests.rest();
	};
	const goto = page.goto.bind(page);
	page.goto = async (url, options) => {
		requests.forget();
		const response = await goto(url, { ...options, waitUntil: first(options?.waitUntil) });
		await arrived(options?.waitUntil);
		return response;
	};
	const reload = page.reload.bind(page);
	page.reload = async (options) => {
		requests.forget();
		const response = await reload({ ...options, waitUntil: first(options?.waitUntil) });
		await arrived(options?.waitUntil);
		return response;
	};
	return page;
}

/** Playwright's `test` with the built site served, on ports of its own, in each worker. `baseURL` is the root's. */
export const test = base.extend<object, { site: Site }>({
	site: [
		// eslint-disable-next-line no-empty-pattern -- Playwright reads the pattern
		async ({}, use) => {
			const servers = [siteServer(), siteServer({ base: '/courses/conntrack' })];
			const [root, folder] = await Promise.all(
				servers.map((server) => listen(server, 0, '127.0.0.1'))
			);
			await use({
				root: `http://127.0.0.1:${root}/`,
				folder: `http://127.0.0.1:${folder}/courses/conntrack/`
			});
			for (const server of servers) {
				server.closeAllConnections();
				server.close();
			}
		},
		{ scope: 'worker' }
	],
	baseURL: async ({ site }, use) => use(site.root),
	page: async ({ page }, use) => use(await untilItAnswers(page))
});

export { expect } from '@playwright/test';

const contentFile = (path: string) => new URL(`../../content/${path}`, import.meta.url);
const course = JSON.parse(readFileSync(contentFile('course.json'), 'utf8')) as {
	parts: { lessons: string[] }[];
};

/** The lessons that there are, by slug, in the order of the course. */
export const slugs = course.parts
	.flatMap(({ lessons }) => lessons)
	.filter((slug) => existsSync(contentFile(`en/lessons/${slug}.md`)));

/** Whether this is the long run, which looks at everything. */
export const FULL = Boolean(process.env.TEST_FULL);

/** The lessons whose pages are gone through one by one: all of them in the long run, otherwise every sixth. */
export const sampled = FULL ? slugs : slugs.filter((_, i) => i % 6 === 0);

/** Every page that the build wrote but the choice of languages, as its path without a `/` at its start. */
export const builtPages = (): string[] =>
	readdirSync('build', { recursive: true, encoding: 'utf8' })
		.filter((file) => file.endsWith('index.html'))
		.map((file) => file.slice(0, -'index.html'.length))
		.filter((path) => path !== '')
		.sort();
