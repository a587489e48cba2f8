import { sveltekit } from '@sveltejs/kit/vite';
import { svelteTesting } from '@testing-library/svelte/vite';
import { defineConfig } from 'vitest/config';
import { chunks } from './scripts/build/chunks.mjs';

/** Of tests that mount components. */
const dom = {
	testTimeout: 60_000,
	hookTimeout: 60_000,
	environment: 'jsdom',
	expect: { poll: { timeout: 30_000 } },
	setupFiles: ['tests/setup.dom.ts']
};

export default defineConfig({
	plugins: [sveltekit(), chunks],
	// How long each plugin took is of no interest to who starts the site.
	build: {
		rolldownOptions: {
			checks: { pluginTimings: false },
			treeshake: {
				// None of these does anything when it is loaded: a page that formats an address does not carry the engine.
				moduleSideEffects: [
					{ test: /\/src\/lib\/(engine|scenario|timeline)\/.*\.[jt]s$/, sideEffects: false }
				]
			}
		}
	},
	server: { fs: { allow: ['content'] } },
	test: {
		// A time-out is a bound for what hangs, not a measure: machines differ, and may be busy.
		projects: [
			{
				extends: './vite.config.ts',
				test: {
					name: 'node',
					// What these tests share has no state of its own; loading it anew for each file takes longer than the tests.
					isolate: false,
					testTimeout: 60_000,
					hookTimeout: 60_000,
					environment: 'node',
					include: ['tests/**/*.test.ts'],
					exclude: ['tests/**/*.dom.test.ts', 'tests/e2e/**']
				}
			},
			{
				extends: './vite.config.ts',
				plugins: [svelteTesting()],
				test: {
					...dom,
					name: 'dom',
					// As above; what a page keeps is put away before each file (tests/setup.dom.ts).
					isolate: false,
					include: ['tests/**/*.dom.test.ts'],
					exclude: ['tests/**/*.mocked.dom.test.ts', 'tests/e2e/**']
				}
			},
			{
				extends: './vite.config.ts',
				plugins: [svelteTesting()],
				test: {
					...dom,
					name: 'mocked dom',
					// A module that one file puts another in place of is not the other files' module.
					isolate: true,
					include: ['tests/**/*.mocked.dom.test.ts'],
					exclude: ['tests/e2e/**']
				}
			}
		]
	}
});
