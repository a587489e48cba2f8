import { defineConfig } from '@playwright/test';
import { findBrowser } from './scripts/tools/browser.mjs';

export default defineConfig({
	testDir: 'tests/e2e',
	forbidOnly: Boolean(process.env.CI),
	fullyParallel: true,
	workers: 2,
	// A busy machine is slow; slow is not wrong.
	timeout: 60_000,
	expect: { timeout: 15_000 },
	use: {
		browserName: 'chromium',
		colorScheme: 'light',
		launchOptions: {
			executablePath: await findBrowser(),
			args: [
				'--no-sandbox',
				'--disable-gpu',
				'--disable-quic',
				'--disable-background-networking',
				'--disable-component-update',
				'--no-first-run'
			]
		},
		trace: 'retain-on-failure'
	}
});
