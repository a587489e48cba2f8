import { sveltekit } from '@sveltejs/kit/vite';
import { svelteTesting } from '@testing-library/svelte/vite';
import { defineConfig } from 'vitest/config';
import { chunks } from './scripts/build/chunks.mjs';

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
					name: 'dom',
					testTimeout: 60_000,
					hookTimeout: 60_000,
					environment: 'jsdom',
					include: ['tests/**/*.dom.test.ts'],
					exclude: ['tests/e2e/**'],
					expect: { poll: { timeout: 30_000 } },
					setupFiles: ['tests/setup.dom.ts']
				}
			}
		]
	}
});
