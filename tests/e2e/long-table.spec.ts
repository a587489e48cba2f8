/** What draws a long table is fetched when there is one. */
import { expect, test } from './site';

test('where it cannot be fetched the table says so, and it can be tried again', async ({
	page
}) => {
	let away = true;
	await page.route('**/*.js', async (route) => {
		const answer = await route.fetch();
		// The height of its window is in no other file.
		if (away && (await answer.text()).includes('27rem')) await route.abort();
		else await route.fulfill({ response: answer });
	});
	await page.goto('/en/gallery/long/?flows=200', { waitUntil: 'networkidle' });
	await page.getByRole('slider', { name: 'Timeline' }).fill('3000');
	const table = page.getByRole('table', { name: 'Connection tracking table' });
	await expect(table).toContainText('This view could not be fetched.');
	away = false;
	await table.getByRole('button', { name: 'Try again' }).click();
	await expect(table.getByRole('row')).not.toHaveCount(1);
	await expect(table).not.toContainText('could not be fetched');
	expect(await table.locator('[data-entry]').count()).toBeGreaterThan(5);
});
