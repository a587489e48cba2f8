/**
 * Every view in every state that it knows. What a view has to tell is worked out by the engine (`gallery-oracle.ts`) and,
 * for what makes the state what it is, said below; what it draws is measured: nothing blank, nothing over another thing,
 * nothing out of its place. The pictures themselves are kept with the results.
 */
import type { Locator, Page, TestInfo } from '@playwright/test';
import { states, type State } from '../../src/lib/lab/gallery/states';
import { oracleOf } from './gallery-oracle';
import { TOLD, type View } from './gallery-told';
import { blank, clashes, tooWide } from './pictures';
import { axeFaults } from './axe';
import { FULL, expect, test } from './site';

// A trace would keep every one of these large pages many times over.
test.use({ trace: 'off' });

/** The first Lab of a state, brought on the page. */
async function open(page: Page, { id, heavy }: State): Promise<Locator> {
	await page.evaluate((hash) => (location.hash = hash), id);
	const card = page.locator(`section#${id}`);
	const lab = card.locator('.lab').first();
	await expect(lab, `${id}${heavy ? ', large' : ''}`).toBeVisible({ timeout: 60_000 });
	// What is fetched late is there: the views that a Lab opens with on other pages are not these.
	for (const view of ['Ladder', 'TCP machine', 'In words'])
		if (await lab.getByRole('button', { name: view, exact: true, pressed: true }).count())
			await expect(viewOf(lab, view as View)).toBeVisible();
	return lab;
}

function viewOf(lab: Locator, view: View): Locator {
	if (view === 'Table')
		return lab
			.locator('.view')
			.filter({ has: lab.page().getByRole('table', { name: 'Connection tracking table' }) });
	return lab.getByRole('region', { name: new RegExp(`^${view}( \\d+)?$`) });
}

/** That a text has these, one after the other. */
function inOrder(text: string, parts: readonly RegExp[], where: string): void {
	let rest = text;
	for (const part of parts) {
		const found = part.exec(rest);
		expect(found === null ? `${part} is not told in\n${rest}` : '', where).toBe('');
		rest = rest.slice(found!.index + found![0].length);
	}
}

async function check(lab: Locator, state: State): Promise<void> {
	const oracle = oracleOf(state);
	const tree = async (view: View) => {
		// What is out of sight is drawn when there is time for it.
		await viewOf(lab, view).scrollIntoViewIfNeeded();
		return (await viewOf(lab, view).ariaSnapshot()).replaceAll('\\"', '"');
	};
	const open = async (view: View) => (await viewOf(lab, view).count()) > 0;
	const where = (view: View) => `${state.id}, ${view}`;

	const network = await tree('Network');
	for (const host of oracle.hosts)
		inOrder(
			network,
			host.map((word) => new RegExp(RegExp.escape?.(word) ?? word.replace(/[.*+?/]/g, '\\$&'))),
			where('Network')
		);
	inOrder(
		await tree('Hook path'),
		[/PREROUTING/, /INPUT/, /FORWARD/, /OUTPUT/, /POSTROUTING/],
		where('Hook path')
	);
	const path = await tree('Hook path');
	for (const station of oracle.stations) expect(path, where('Hook path')).toContain(station);
	inOrder(
		await tree('Packet'),
		oracle.packet.map((word) => new RegExp(word)),
		where('Packet')
	);
	if (await open('Rules'))
		if (state.id !== 'long-rules')
			inOrder(
				await tree('Rules'),
				oracle.rules.map((line) => new RegExp(line.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))),
				where('Rules')
			);
	if (oracle.table.length <= 20) {
		const table = await viewOf(lab, 'Table').innerText();
		for (const line of oracle.table)
			// Blanks as they come: the command sets them out in columns.
			expect(table.replace(/\s+/g, ' '), where('Table')).toContain(line);
	}
	for (const [view, parts] of Object.entries(TOLD[state.id] ?? {}) as [View, RegExp[]][])
		inOrder(await tree(view), parts, where(view));
	for (const view of ['Ladder', 'TCP machine', 'In words', 'What happened'] as const)
		if (await open(view))
			expect((await tree(view)).split('\n').length, where(view)).toBeGreaterThan(1);
}

/** Where something stands in each frame of a second: a picture is taken of what has come to rest. */
function movement(lab: Locator): Promise<string[]> {
	return lab.evaluate(async (element) => {
		const places: string[] = [];
		const note = () => {
			const { top, height } = element.getBoundingClientRect();
			places.push(`${top} + ${height}`);
			requestAnimationFrame(note);
		};
		requestAnimationFrame(note);
		await new Promise((resolve) => setTimeout(resolve, 1000));
		return places;
	});
}

async function keepPicture(lab: Locator, name: string, info: TestInfo): Promise<Buffer> {
	const taken = lab.screenshot({ animations: 'disabled', timeout: 30_000 });
	const picture = await taken.catch(async () => {
		// A browser may stop to draw frames; what moves on and on is the page's fault.
		const places = await movement(lab);
		expect(
			new Set(places).size,
			`${name} does not come to rest: ${places.join(', ')}`
		).toBeLessThan(3);
		// What has come to rest need not be waited for once more.
		const page = lab.page();
		await page.bringToFront();
		const clip = await lab.evaluate((element) => {
			const { x, y, width, height } = element.getBoundingClientRect();
			return { x: x + scrollX, y: y + scrollY, width, height };
		});
		return page.screenshot({ animations: 'disabled', fullPage: true, clip, timeout: 60_000 });
	});
	await info.attach(name, { body: picture, contentType: 'image/png' });
	return picture;
}

test('there is an expectation for each state, and a state for each expectation', () => {
	expect(Object.keys(TOLD).toSorted()).toEqual(states.map(({ id }) => id).toSorted());
});

const GROUPS = 6;
// One part in the short run: the pages take longer than all other browser tests together.
for (let group = 0; group < (FULL ? GROUPS : 1); group++) {
	const mine = states.filter((_, i) => i % GROUPS === group);

	test(`what each view tells, part ${group + 1}`, async ({ page }) => {
		test.setTimeout(240_000);
		await page.setViewportSize({ width: 1440, height: 900 });
		await page.goto('/en/gallery/', { waitUntil: 'networkidle' });
		for (const state of mine) await check(await open(page, state), state);
	});

	for (const [width, scheme] of FULL
		? ([
				[1440, 'light'],
				[1440, 'dark'],
				[320, 'light'],
				[320, 'dark']
			] as const)
		: ([[320, 'dark']] as const))
		test(`what each view draws, ${width} px, ${scheme}, part ${group + 1}`, async ({
			page
		}, info) => {
			test.setTimeout(240_000);
			await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
			await page.setViewportSize({ width, height: 900 });
			await page.goto(`/${scheme === 'dark' ? 'zh' : 'en'}/gallery/`, { waitUntil: 'networkidle' });
			for (const state of mine) {
				await page.evaluate((hash) => (location.hash = hash), state.id);
				const lab = page.locator(`section#${state.id} .lab`).first();
				await expect(lab).toBeVisible({ timeout: 60_000 });
				const where = `${state.id}, ${width} px, ${scheme}`;
				expect.soft(await tooWide(page), where).toBe(0);
				expect.soft(await clashes(lab), where).toEqual([]);
				if (state.heavy) continue;
				// A picture takes its time, and a Lab may still be settling when the first is taken.
				let empty = ['not looked at'];
				for (let tries = 0; tries < 3 && empty.length > 0; tries++)
					empty = await blank(lab, await keepPicture(lab, where, info));
				expect.soft(empty, where).toEqual([]);
			}
		});
}

test('one state can be seen in both themes side by side', async ({ page }) => {
	await page.setViewportSize({ width: 1600, height: 900 });
	await page.goto('/en/gallery/#dropped', { waitUntil: 'networkidle' });
	await page.getByRole('radio', { name: 'both' }).check();
	const themes = page.locator('#dropped [data-scheme]');
	await expect(themes.locator('.lab')).toHaveCount(2);
	const [light, dark] = await themes.evaluateAll((all) =>
		all.map((one) => getComputedStyle(one).backgroundColor)
	);
	expect(light).toBe('rgb(251, 250, 246)');
	expect(dark).toBe('rgb(20, 23, 28)');
});

test('a large state is drawn when it is asked for, and put away again', async ({ page }) => {
	await page.goto('/en/gallery/', { waitUntil: 'networkidle' });
	const card = page.locator('section#ten-thousand');
	await card.scrollIntoViewIfNeeded();
	await expect(card.locator('.lab')).toHaveCount(0);
	// By keyboard: the cards around are still drawing themselves, and move the button under a mouse.
	await card.getByRole('button', { name: /^Show/ }).press('Enter');
	await expect(card.locator('.lab')).toBeVisible({ timeout: 60_000 });
	await card.getByRole('button', { name: /^Hide/ }).press('Enter');
	await expect(card.locator('.lab')).toHaveCount(0);
});

test('the gallery is linked from the foot of every page, and says without scripts what it needs', async ({
	page,
	browser,
	site
}) => {
	await page.goto('/en/');
	await page.getByRole('contentinfo').getByRole('link', { name: 'Gallery' }).click();
	await expect(page.getByRole('heading', { level: 1 })).toHaveText('Gallery');
	const context = await browser.newContext({ javaScriptEnabled: false });
	const plain = await context.newPage();
	await plain.goto(`${site.root}zh/gallery/`);
	await expect(plain.locator('noscript p')).toBeVisible();
	await expect(plain.getByRole('heading', { level: 2 })).toHaveCount(states.length);
	await context.close();
});

test('axe finds nothing in the gallery, in both themes', async ({ page }) => {
	test.skip(!FULL, 'half a minute: in the long run');
	test.setTimeout(240_000);
	await page.emulateMedia({ reducedMotion: 'reduce' });
	await page.goto('/en/gallery/#race-lost', { waitUntil: 'networkidle' });
	await page.getByRole('radio', { name: 'both' }).check();
	await expect(page.locator('#race-lost .lab')).toHaveCount(2);
	await expect(page.locator('#race-lost').getByRole('region', { name: /^In words/ })).toHaveCount(
		2
	);
	expect(await axeFaults(page)).toEqual([]);
});
