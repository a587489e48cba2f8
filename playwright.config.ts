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
		// A trace takes a picture of the whole page before and after each key and makes a test five times as slow.
		trace: process.env.TRACE ? 'retain-on-failure' : 'off'
	}
});
