import { expect, sampled, test } from './site';

test('each question of a lesson can be answered by keyboard alone, and says why', async ({
	page
}) => {
	for (const slug of sampled) {
		await page.goto(`/en/lessons/${slug}/`, { waitUntil: 'networkidle' });
		for (const question of await page.locator('form.question').all()) {
			const status = question.getByRole('status');
			await expect(status).toBeEmpty();
			await question.getByRole('radio').first().focus();
			await page.keyboard.press('Space');
			await page.keyboard.press('Enter');
			await expect(status).toContainText(/Right\.|Not so\./);
		}
	}
});
