import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import adapter from '@sveltejs/adapter-static';
import { vitePreprocess } from '@sveltejs/vite-plugin-svelte';
import { mdsvex } from 'mdsvex';
import { lessons } from './scripts/markdown/lessons.mjs';
import { markdown } from './scripts/markdown/options.mjs';
import { still } from './scripts/markdown/still.mjs';

/** The scripts that stand in app.html itself; SvelteKit allows for its own. */
const ownScripts = [
	...readFileSync('src/app.html', 'utf8').matchAll(/<script>([^]*?)<\/script>/g)
].map(
	([, script = '']) =>
		/** @type {const} */ (`sha256-${createHash('sha256').update(script).digest('base64')}`)
);

/** @type {import('@sveltejs/kit').Config} */
export default {
	extensions: ['.svelte', '.md'],
	preprocess: [lessons, mdsvex(markdown), still, vitePreprocess()],
	compilerOptions: {
		// Written thousands of times into pages, scripts and styles.
		cssHash: ({ hash, css }) => `s${hash(css)}`,
		// A lesson's Markdown has no rune of its own, and is in runes mode all the same.
		runes: ({ filename }) => (filename.includes('node_modules') ? undefined : true),
		// What mdsvex writes itself, and a table's box that has to be reachable to be scrolled by keyboard.
		warningFilter: ({ code, filename }) =>
			!filename?.endsWith('.md') ||
			!['script_context_deprecated', 'a11y_no_noninteractive_tabindex'].includes(code)
	},
	kit: {
		adapter: adapter({ pages: 'build', assets: 'build', strict: true }),
		alias: { $content: 'content' },
		// Relative addresses: the site works from a folder of a web server as from its root.
		paths: { relative: true },
		// Styles come with the page: on a slow line, a page waits longest for what it asks for second.
		inlineStyleThreshold: Infinity,
		prerender: { handleHttpError: 'fail', handleMissingId: 'fail' },
		// Fixed, so that two builds of the same source are the same bytes.
		version: { name: '1' },
		csp: {
			mode: 'hash',
			directives: {
				'default-src': ['self'],
				'script-src': ['self', ...ownScripts],
				'style-src': ['self'],
				// Diagrams and highlighted code carry style attributes in the prerendered HTML.
				'style-src-attr': ['unsafe-inline'],
				'img-src': ['self', 'data:'],
				'object-src': ['none'],
				'base-uri': ['self'],
				'form-action': ['self']
			}
		},
		typescript: {
			config(config) {
				config.include.push(
					'../scripts/**/*.ts',
					'../scripts/**/*.mjs',
					'../svelte.config.js',
					'../eslint.config.js',
					'../playwright.config.ts'
				);
				return config;
			}
		}
	}
};
