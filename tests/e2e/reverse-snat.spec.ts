/** The reverse-SNAT lesson's first Lab, stepped by keyboard alone: to the end and back. */
import type { Locator, Page } from '@playwright/test';
import { expect, test } from './site';

class Lab {
	readonly root: Locator;
	constructor(readonly page: Page) {
		this.root = page.locator('.lab').first();
	}
	region(name: string): Locator {
		return this.root.getByRole('region', { name, exact: true });
	}
	get said(): Locator {
		return this.region('What happened');
	}
	get table(): Locator {
		return this.root.getByRole('table', { name: 'Connection tracking table' });
	}
	get stepper(): Locator {
		return this.root.getByRole('group', { name: 'Stepper' });
	}
	/** The packet's field as a reader sees it now. */
	field(name: string): Locator {
		return this.region('Packet')
			.getByRole('button', { name: new RegExp(`^${name} `) })
			.locator('.value');
	}
	/** Step forward by the arrow key until the sentence says so. */
	async stepUntil(sentence: RegExp, key = 'ArrowRight'): Promise<void> {
		for (let i = 0; i < 200; i++) {
			if (sentence.test(await this.said.innerText())) return;
			await this.page.keyboard.press(key);
		}
		throw new Error(`no step says ${sentence}`);
	}
}

/** Answer the question that holds the Lab back: Tab to it, choose with the arrows, Enter. */
async function answer(page: Page): Promise<void> {
	const choice = page.getByRole('radio', { name: /No rule: the entry, at POSTROUTING/ });
	await choice.focus();
	await page.keyboard.press('Space');
	await page.keyboard.press('Tab');
	await page.keyboard.press('Enter');
}

test('steps the whole flow by keyboard, to the end and back to the start', async ({ page }) => {
	await page.goto('en/lessons/reverse-snat/');
	const lab = new Lab(page);
	await expect(lab.stepper.getByRole('button', { name: 'Play' })).toBeEnabled();
	await lab.stepper.getByRole('slider', { name: 'Timeline' }).focus();

	// The request goes through; then the question stands before the answer.
	await page.keyboard.press('End');
	await expect(lab.said).toContainText('server receives');
	await expect(lab.stepper.getByRole('button', { name: 'Step forward' })).toBeDisabled();
	await answer(page);
	await lab.stepper.getByRole('slider', { name: 'Timeline' }).focus();

	// Both tuples of the entry that the request made.
	const row = lab.table.getByRole('row').nth(1);
	await expect(row).toContainText('SYN_SENT');
	const cells = row.getByRole('cell');
	await expect(cells.filter({ hasText: '198.51.100.1:80' })).toContainText('198.51.100.10:40000');
	await expect(cells.filter({ hasText: '10.0.0.2:8080' })).toContainText('198.51.100.10:40000');

	// The reply comes in with the server's own address; the NAT chains are not asked for it.
	await lab.stepUntil(/fits the reply tuple of entry #1/);
	await expect(row).toContainText('SYN_RECV');
	await expect(lab.field('src')).toHaveText(/^\s*10\.0\.0\.2\s*$/);
	await lab.stepUntil(/NAT chains are not asked/);
	await lab.stepUntil(/ct state established,related accept matches/);
	await page.keyboard.press('ArrowRight');
	await expect(lab.said).toContainText('NAT chains are not asked');
	const path = lab.region('Hook path');
	await expect(path).toContainText('not the first packet');
	await expect(lab.field('src')).toHaveText(/^\s*10\.0\.0\.2\s*$/);

	// At POSTROUTING its source is turned back, out of the entry.
	await page.keyboard.press('ArrowRight');
	await expect(lab.said).toContainText('At POSTROUTING the entry, not a rule');
	await expect(lab.field('src').locator('del')).toContainText('10.0.0.2');
	await expect(lab.field('src').locator('ins')).toContainText('198.51.100.1');
	await expect(lab.field('sport').locator('del')).toContainText('8080');
	await expect(lab.field('sport').locator('ins')).toContainText('80');

	// After the FIN exchange.
	await page.keyboard.press('End');
	await expect(lab.said).toContainText('client receives');
	await expect(row).toContainText('TIME_WAIT');
	await expect(row).toContainText('ASSURED');
	await expect(row).toContainText('120 s');
	await expect(lab.root.locator('pre').first()).toContainText(
		'tcp 6 120 TIME_WAIT src=198.51.100.10 dst=198.51.100.1 sport=40000 dport=80 ' +
			'src=10.0.0.2 dst=198.51.100.10 sport=8080 dport=40000 [ASSURED]'
	);

	// Back, step by step, to where there is no entry.
	await lab.stepUntil(/LAST_ACK to TIME_WAIT/, 'ArrowLeft');
	await page.keyboard.press('ArrowLeft');
	await expect(row).toContainText('LAST_ACK');
	await lab.stepUntil(/client puts a TCP segment \(SYN\) on the wire/, 'ArrowLeft');
	await page.keyboard.press('ArrowLeft');
	await expect(lab.stepper.getByRole('button', { name: 'Step back' })).toBeDisabled();
	await expect(lab.table).not.toContainText('198.51.100.10:40000');
});

test('a rule that cannot be read says where, and a changed port runs the walk anew', async ({
	page
}) => {
	await page.goto('en/lessons/reverse-snat/');
	const lab = new Lab(page);
	const rules = lab.region('Rules');
	await rules.getByRole('button', { name: /Edit/ }).click();
	const box = rules.getByRole('textbox');
	const text = await box.inputValue();
	await box.fill(text.replace('tcp dport 80 ', 'tcp dport eighty '));
	await expect(rules.getByRole('alert')).toContainText(/line 4/i);
	await expect(rules.getByRole('alert')).toContainText('eighty is not a port');
	await expect(rules.getByRole('alert').getByRole('code')).toHaveText('eighty');
	await box.fill(text.replace('10.0.0.2:8080', '10.0.0.2:9090'));
	await expect(rules.getByRole('alert')).toHaveCount(0);
	await lab.stepper.getByRole('slider', { name: 'Timeline' }).focus();
	await lab.stepUntil(/confirmed/);
	await expect(lab.table.getByRole('row').nth(1)).toContainText('10.0.0.2:9090');
});
