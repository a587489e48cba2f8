/** The page for scenarios of one's own, and links to a Lab at its step. */
import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { pack } from '../../src/lib/scenario/packed';
import { tooWide } from './pictures';
import { axeFaults } from './axe';
import { FULL, expect, test, untilItAnswers } from './site';

const scenario = readFileSync('content/scenarios/reverse-snat.json', 'utf8');
const file = (text: string, name = 'mine.json') => ({
	name,
	mimeType: 'application/json',
	buffer: Buffer.from(text)
});

const lab = (page: Page) => page.locator('.lab');
const chooser = (page: Page) => page.locator('input[type=file]');
const rules = (page: Page) => page.getByRole('textbox', { name: 'Rules' });
const sentence = (page: Page) => page.getByRole('region', { name: 'What happened' });

async function openPage(page: Page, hash = '') {
	await page.goto(`/en/lab/${hash}`, { waitUntil: 'networkidle' });
	await expect(page.getByRole('heading', { level: 1 })).toHaveText('Your own Lab');
}

/** The address that the Lab's link button makes; the clipboard has the same. */
async function copiedLink(page: Page, nth = 0): Promise<string> {
	await page.getByRole('button', { name: 'Link to this Lab at this step' }).nth(nth).click();
	await expect(page.getByText('The link is copied.')).toBeVisible();
	const shown = await page.getByRole('textbox', { name: 'Address' }).inputValue();
	expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(shown);
	return shown;
}

test.use({ permissions: ['clipboard-read', 'clipboard-write'] });

test('a file is opened, stepped through, kept over a reload, saved and closed', async ({
	page
}) => {
	await openPage(page);
	await expect(lab(page)).toHaveCount(0);
	await chooser(page).setInputFiles(file(scenario));
	await expect(lab(page)).toHaveAccessibleName('Lab: A DNATed request and its reply');
	await lab(page).focus();
	for (let i = 0; i < 3; i++) await page.keyboard.press('ArrowRight');
	const said = await sentence(page).innerText();
	await page.reload();
	await expect(lab(page)).toBeVisible();
	await expect(sentence(page)).toHaveText(said);

	const [download] = await Promise.all([
		page.waitForEvent('download'),
		page.locator('.bar').getByRole('button', { name: 'Save as a file' }).click()
	]);
	expect(download.suggestedFilename()).toBe('a-dnated-request-and-its-reply.json');
	expect(JSON.parse(readFileSync(await download.path(), 'utf8'))).toEqual(JSON.parse(scenario));

	await page.locator('.bar').getByRole('button', { name: 'Close' }).click();
	await expect(lab(page)).toHaveCount(0);
	await page.reload();
	await expect(lab(page)).toHaveCount(0);
});

test('a file can be dropped anywhere', async ({ page }) => {
	await openPage(page);
	const data = await page.evaluateHandle((text) => {
		const transfer = new DataTransfer();
		transfer.items.add(new File([text], 'dropped.json', { type: 'application/json' }));
		return transfer;
	}, scenario);
	await page.dispatchEvent('h1', 'dragover', { dataTransfer: data });
	await expect(page.getByText('Drop the file to open it')).toBeVisible();
	await page.dispatchEvent('h1', 'drop', { dataTransfer: data });
	await expect(lab(page)).toBeVisible();
});

test('a broken file says where, all of it, and what was open stays', async ({ page }) => {
	await openPage(page);
	await chooser(page).setInputFiles(file(scenario));
	await expect(lab(page)).toBeVisible();
	const alert = page.getByRole('alert');

	await chooser(page).setInputFiles(file('{\n  "version": 1,\n  "hosts" }', 'cut.json'));
	await expect(alert).toContainText('cut.json is not opened');
	await expect(alert).toContainText('What was here is untouched.');
	await expect(alert).toContainText('line 3, column 11: this is not JSON (colon expected)');

	const wrong = JSON.parse(scenario);
	wrong.version = 2;
	wrong.links[0][0] = 7;
	wrong.steps[0] = { sent: {} };
	await chooser(page).setInputFiles(file(JSON.stringify(wrong), 'wrong.json'));
	await expect(alert.getByRole('listitem')).toHaveText([
		'version: expected 1, the only version there is',
		/^links\[0\]\[0\]: expected string, found 7/,
		'steps[0]: expected exactly one of send, release, advance, run'
	]);

	const unread = JSON.parse(scenario);
	unread.hosts.gateway.nft = 'table ip t {\n\tchain c {\n\t\tsynproxy\n\t}\n}';
	await chooser(page).setInputFiles(file(JSON.stringify(unread), 'rules.json'));
	await expect(alert).toContainText('hosts.gateway.nft: line 3, column 3:');
	await expect(lab(page)).toHaveAccessibleName('Lab: A DNATed request and its reply');

	await chooser(page).setInputFiles(file(scenario));
	await expect(alert).toHaveCount(0);
});

test('pasted nft rules play on a network, and their faults have a place', async ({ page }) => {
	await openPage(page);
	await rules(page).fill(
		'table ip nat {\n\tchain post {\n\t\ttype nat hook postrouting priority srcnat;\n\t\toifname "wan0" masqerade\n\t}\n}\n'
	);
	await expect(page.getByText('Recognised: nft')).toBeVisible();
	await page.getByRole('button', { name: 'Play it' }).click();
	const alert = page.getByRole('alert');
	await expect(alert).toContainText('Line 4, column 18:');
	await expect(rules(page)).toBeFocused();
	await expect(rules(page)).toHaveAttribute('aria-invalid', 'true');
	expect(
		await rules(page).evaluate((box: HTMLTextAreaElement) =>
			box.value.slice(box.selectionStart, box.selectionStart + 9)
		)
	).toBe('masqerade');
	await expect(lab(page)).toHaveCount(0);

	await rules(page).fill((await rules(page).inputValue()).replace('masqerade', 'masquerade'));
	await expect(alert).toHaveCount(0);
	await expect(
		page.getByText('The rules name wan0, which this network does not have')
	).toBeVisible();
	await page.getByRole('button', { name: 'Call “Outside” wan0' }).click();
	await expect(page.getByText('The rules name wan0')).toHaveCount(0);
	await page.getByRole('button', { name: 'Play it' }).click();
	await expect(lab(page)).toBeVisible();
	await lab(page).focus();
	await page.keyboard.press('End');
	// The client went out under the gateway's address.
	await expect(page.getByRole('table', { name: 'Connection tracking table' })).toContainText(
		'203.0.113.1'
	);
});

test('iptables-save with its sets plays on a host with a container', async ({ page }) => {
	await openPage(page);
	await page.getByRole('radio', { name: 'A host with a container' }).check();
	await rules(page).fill(
		[
			'create callers hash:ip family inet',
			'add callers 198.51.100.10',
			'*nat',
			':PREROUTING ACCEPT [0:0]',
			'-A PREROUTING -p tcp -m tcp --dport 8080 -m set --match-set callers src -j DNAT --to-destination 172.17.0.2:80',
			'COMMIT',
			''
		].join('\n')
	);
	await expect(page.getByText('Recognised: iptables + ipset')).toBeVisible();
	await page.getByRole('button', { name: 'Play it' }).click();
	await expect(lab(page)).toBeVisible();
	await expect(page.getByRole('region', { name: 'Network' })).toContainText('container');
	await lab(page).focus();
	await page.keyboard.press('PageDown');
	for (let i = 0; i < 5; i++) await page.keyboard.press('ArrowRight');
	await expect(page.getByRole('table', { name: 'Connection tracking table' })).toContainText(
		'172.17.0.2:80'
	);
});

test('what is not a ruleset is named, and names and addresses are checked', async ({ page }) => {
	await openPage(page);
	await rules(page).fill('sudo iptables -t nat -A POSTROUTING -o eth0 -j MASQUERADE');
	await expect(page.getByText('These are iptables commands.')).toBeVisible();
	await page.getByRole('button', { name: 'Play it' }).click();
	await expect(lab(page)).toHaveCount(0);

	await rules(page).fill('');
	await page.getByText('Names and addresses').click();
	await page.getByLabel('Outside: address').fill('203.0.113.1');
	await expect(page.getByText('An IPv4 address was expected')).toBeVisible();
	await page.getByRole('button', { name: 'Play it' }).click();
	await expect(page.getByLabel('Outside: address')).toBeFocused();
	await expect(lab(page)).toHaveCount(0);
	await page.getByLabel('Outside: address').fill('203.0.113.9/24');
	await page.getByRole('button', { name: 'Play it' }).click();
	await expect(page.getByRole('region', { name: 'Network' })).toContainText('203.0.113.9');
});

test('a link carries a scenario and its step to somebody else', async ({
	page,
	context,
	browser
}) => {
	await openPage(page);
	await page.getByRole('button', { name: 'Play: A gateway, nft' }).click();
	await lab(page).focus();
	for (let i = 0; i < 4; i++) await page.keyboard.press('ArrowRight');
	const said = await sentence(page).innerText();
	const link = await copiedLink(page);
	expect(link).toMatch(/\/en\/lab\/#s=[A-Za-z0-9_-]+&stop=4$/);

	const other = await browser.newContext();
	const theirs = await untilItAnswers(await other.newPage());
	await theirs.goto(link);
	await expect(lab(theirs)).toHaveAccessibleName('Lab: A gateway, nft');
	await expect(sentence(theirs)).toHaveText(said);
	await other.close();

	// In the other language it is the same link.
	const chinese = await untilItAnswers(await context.newPage());
	await chinese.goto(link.replace('/en/lab/', '/zh/lab/'));
	await expect(chinese.locator('.lab')).toBeVisible();
	await expect(chinese.getByRole('region', { name: '发生了什么' })).not.toBeEmpty();
});

test('changed rules go into the link', async ({ page, browser }) => {
	await openPage(page);
	await page.getByRole('button', { name: 'Play: A gateway, nft' }).click();
	await page.getByRole('switch', { name: 'Rule on line 8' }).click();
	const link = await copiedLink(page);
	const other = await browser.newContext();
	const theirs = await untilItAnswers(await other.newPage());
	await theirs.goto(link);
	await expect(theirs.getByRole('region', { name: 'Rules', exact: true })).toContainText(
		'# oifname "eth0" masquerade'
	);
	await other.close();
});

test('a link never puts work away unasked', async ({ page }) => {
	await openPage(page);
	await chooser(page).setInputFiles(file(scenario));
	await expect(lab(page)).toBeVisible();
	const link = `#s=${pack(JSON.stringify({ ...JSON.parse(scenario), title: 'Theirs' }))}&stop=2`;
	await page.evaluate((hash) => (location.hash = hash), link);
	const dialog = page.getByRole('dialog', { name: 'Put away what is here?' });
	await expect(dialog).toContainText('“A DNATed request and its reply” is open here');
	await page.keyboard.press('Escape');
	await expect(dialog).toHaveCount(0);
	await expect(lab(page)).toHaveAccessibleName('Lab: A DNATed request and its reply');

	await page.evaluate(() => (location.hash = ''));
	await page.evaluate((hash) => (location.hash = hash), link);
	await dialog.getByRole('button', { name: 'Open the new one' }).click();
	await expect(lab(page)).toHaveAccessibleName('Lab: Theirs');
	// Loaded again under the same address, it is no new scenario.
	await lab(page).focus();
	await page.keyboard.press('ArrowRight');
	const said = await sentence(page).innerText();
	await page.reload();
	await expect(sentence(page)).toHaveText(said);
	await expect(dialog).toHaveCount(0);
});

test('hostile links say what is wrong with them, and do nothing else', async ({ page }) => {
	const complaints: string[] = [];
	page.on('pageerror', (error) => complaints.push(error.message));
	const alert = page.getByRole('alert');
	for (const [packed, told] of [
		['%%%', '(link): this is no packed scenario'],
		['AAAA', '(link): it is cut off or damaged'],
		['A'.repeat(9000), '(link): it holds more than is read from a link'],
		[pack('x'.repeat(5_000_000)), '(link): it holds more than is read from a link'],
		[pack('{"version":1,"__proto__":{"hosts":{}}}'), '__proto__: __proto__ cannot be a name here'],
		[pack('['.repeat(30_000) + ']'.repeat(30_000)), 'deeper than 40 levels'],
		[
			pack(JSON.stringify({ version: 1, hosts: {}, links: [], steps: [{ release: 0 }] })),
			'steps[0].release:'
		]
	] as const) {
		await page.goto('about:blank');
		await openPage(page, `#s=${packed}&stop=1`);
		await expect(alert).toContainText('The link is not opened');
		await expect(alert).toContainText(told);
		await expect(lab(page)).toHaveCount(0);
	}
	expect(complaints).toEqual([]);
});

test('a scenario that is too large for a link says so and offers the file', async ({ page }) => {
	const large = JSON.parse(scenario);
	// Letters that do not pack.
	let noise = 1;
	large.title = Array.from({ length: 15_000 }, () => {
		noise = (noise * 48_271) % 2_147_483_647;
		return String.fromCharCode(0x4e00 + (noise % 20_000));
	}).join('');
	await openPage(page);
	await chooser(page).setInputFiles(file(JSON.stringify(large)));
	await page.getByRole('button', { name: 'Link to this Lab at this step' }).click();
	await expect(page.getByText(/This scenario would make a link of \d+ characters/)).toBeVisible();
	await expect(page.getByRole('textbox', { name: 'Address' })).toHaveCount(0);
	const panel = page.getByRole('group', { name: 'Take this Lab along' });
	const [download] = await Promise.all([
		page.waitForEvent('download'),
		panel.getByRole('button', { name: 'Save as a file' }).click()
	]);
	expect(JSON.parse(readFileSync(await download.path(), 'utf8'))).toEqual(large);
});

test('a link to a lesson’s Lab leads to the Lab at its step', async ({ page }) => {
	await page.goto('/en/lessons/reverse-snat/', { waitUntil: 'networkidle' });
	const third = lab(page).last();
	await third.scrollIntoViewIfNeeded();
	await third.focus();
	for (let i = 0; i < 3; i++) await page.keyboard.press('ArrowRight');
	const count = await lab(page).count();
	const said = await third.getByRole('region', { name: /What happened/ }).innerText();
	const link = await copiedLink(page, count - 1);
	expect(link).toMatch(new RegExp(`/en/lessons/reverse-snat/#lab=${count}&stop=3$`));

	await page.goto('about:blank');
	await page.goto(link);
	const again = lab(page).last();
	await expect(again.getByRole('region', { name: /What happened/ })).toHaveText(said);
	await expect(again).toBeFocused();
	await expect(again).toBeInViewport();
});

test('a link does not get past a question', async ({ page }) => {
	await page.goto('/en/lessons/reverse-snat/#lab=1&stop=30', { waitUntil: 'networkidle' });
	const told = page.getByText('The link leads to step 30. A question on this page comes first');
	await expect(told).toBeVisible();
	const question = page.locator('#question-who-turns-it-back');
	await question.getByRole('radio').first().check();
	await question.getByRole('button', { name: 'Check' }).click();
	await page.getByRole('button', { name: 'Go to step 30' }).click();
	await expect(told).toHaveCount(0);
	await expect(lab(page).first().getByRole('slider', { name: 'Timeline' })).toHaveValue('30');
});

test('everything by keyboard alone', async ({ page }) => {
	await openPage(page);
	await page.getByRole('radio', { name: 'A gateway' }).focus();
	await page.keyboard.press('ArrowDown');
	await page.keyboard.press('ArrowDown');
	await expect(page.getByRole('radio', { name: 'A load balancer' })).toBeChecked();
	await page.keyboard.press('Tab');
	await page.keyboard.press('Tab');
	await expect(page.getByRole('button', { name: 'Put an example in' })).toBeFocused();
	await page.keyboard.press('Enter');
	await expect(rules(page)).toBeFocused();
	await expect(rules(page)).toHaveValue(/numgen inc mod 2/);
	await page.keyboard.press('Tab');
	await expect(page.getByRole('checkbox').first()).toBeFocused();
	await page.keyboard.press('Space');
	await expect(page.getByRole('checkbox').first()).not.toBeChecked();
	for (
		let i = 0;
		i < 12 &&
		!(await page
			.getByRole('button', { name: 'Play it' })
			.evaluate((one) => one === document.activeElement));
		i++
	)
		await page.keyboard.press('Tab');
	await page.keyboard.press('Enter');
	await expect(lab(page)).toBeVisible();
	// The way leads on into what has been opened.
	await expect(page.getByRole('region', { name: 'Now playing: A load balancer' })).toBeVisible();
	await expect(lab(page)).toBeFocused();
	const before = await sentence(page).innerText();
	await page.keyboard.press('ArrowRight');
	await expect(sentence(page)).not.toHaveText(before);
});

test('closed storage is told, and everything else works', async ({ page }) => {
	await page.addInitScript(() => {
		Object.defineProperty(window, 'sessionStorage', {
			get() {
				throw new DOMException('closed', 'SecurityError');
			}
		});
	});
	await openPage(page);
	await expect(page.getByText('This browser keeps nothing for this page')).toBeVisible();
	await chooser(page).setInputFiles(file(scenario));
	await expect(lab(page)).toBeVisible();
});

test('without scripts the page says what it needs', async ({ browser, site }) => {
	const context = await browser.newContext({ javaScriptEnabled: false });
	const page = await context.newPage();
	for (const [language, told] of [
		['en', 'your browser runs no scripts here'],
		['zh', '你的浏览器在这里不执行脚本']
	]) {
		await page.goto(`${site.root}${language}/lab/`);
		await expect(page.locator('noscript p')).toBeVisible();
		await expect(page.locator('noscript p')).toContainText(told!);
		await expect(page.getByRole('button', { name: /Play it|开始/ })).toBeHidden();
	}
	await context.close();
});

test('it works from a folder, in Chinese, on a small screen, in the dark', async ({
	page,
	site
}) => {
	await page.setViewportSize({ width: 320, height: 640 });
	await page.emulateMedia({ colorScheme: 'dark' });
	await page.goto(`${site.folder}zh/lab/`, { waitUntil: 'networkidle' });
	await page.getByRole('button', { name: '开始：网关，iptables' }).click();
	await expect(lab(page)).toBeVisible();
	await page.getByRole('button', { name: '指向此实验这一步的链接' }).click();
	await expect(page.getByRole('textbox', { name: '地址' })).toHaveValue(
		/\/courses\/conntrack\/zh\/lab\/#s=/
	);
	expect(await tooWide(page)).toBe(0);
});

for (const [width, colorScheme] of FULL
	? ([
			[1440, 'light'],
			[320, 'dark']
		] as const)
	: ([[320, 'dark']] as const))
	test(`axe finds nothing in it, whatever is open: ${width} px, ${colorScheme}`, async ({
		page
	}) => {
		const found = () => axeFaults(page);
		await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
		await page.setViewportSize({ width, height: 900 });
		await openPage(page);
		expect(await found()).toEqual([]);
		await page.getByText('Names and addresses').click();
		await page.getByLabel('Outside: address').fill('nowhere');
		await chooser(page).setInputFiles(file('{', 'cut.json'));
		await rules(page).fill('table ip t { chain c { iifname "wan0" nonsense } }');
		await page.getByRole('button', { name: 'Play it' }).click();
		expect(await found()).toEqual([]);
		await chooser(page).setInputFiles(file(scenario));
		await expect(lab(page)).toBeVisible();
		await page.getByRole('button', { name: 'Link to this Lab at this step' }).click();
		await expect(page.getByRole('textbox', { name: 'Address', exact: true })).toBeVisible();
		expect(await found()).toEqual([]);
		await page.evaluate((hash) => (location.hash = hash), `#s=${pack(scenario)}`);
		await expect(page.getByRole('dialog')).toBeVisible();
		expect(await found()).toEqual([]);
	});
