/** How what browsers get is cut into files. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * What is sent together, each with all that it needs and that is in none of the groups before it: some large chunks
 * compress better, and come sooner, than fifty small ones.
 */
const groups = [
	{
		// What pages without a Lab share with it is here as well: they would fetch all of it otherwise.
		name: 'site',
		test: /\/routes\/(\[lang=lang\]\/)?\+layout\.svelte$|\/course\/(PageHead|InlineCode|Done)\.svelte$|\/lab\/share\/save\.ts$/,
		priority: 3
	},
	{
		name: 'lesson',
		test: /\/lessons\/\[slug\]\/\+page\.svelte$|\/lab\/LateLab\.svelte$|\/course\/(Question|Callout|Summary|Repair)\.svelte$/,
		priority: 2
	},
	{
		name: 'lab',
		test: /\/lab\/((Frame|Lab)\.svelte|kept\.ts|views\/(Happened|HookPath|LabHeader|Network|PacketView|Rules|Stepper|TableView)\.svelte)$/,
		priority: 1
	}
];

/**
 * What pages draw at first, but fetch later. SvelteKit links the styles of what a page imports one import deep, unless
 * they belong to a file that it has met on another way: so each of these says all of its own.
 */
const drawnAtFirst = ['src/lib/lab/page-lab.ts'];

/** @typedef {Record<string, { css?: string[]; imports?: string[] }>} Manifest */

/**
 * The styles of a module and of all that it imports.
 * @param {Manifest} manifest
 * @param {string} name
 * @param {Set<string>} [seen]
 * @returns {string[]}
 */
function stylesOf(manifest, name, seen = new Set()) {
	if (seen.has(name)) return [];
	seen.add(name);
	const { css = [], imports = [] } = manifest[name] ?? {};
	return [...imports.flatMap((one) => stylesOf(manifest, one, seen)), ...css];
}

/**
 * For browsers only: the pages that are made when the site is built need no chunks.
 * @type {import('vite').Plugin}
 */
export const chunks = {
	name: 'chunks',
	enforce: 'post',
	configEnvironment: (name) =>
		name === 'client'
			? { build: { rolldownOptions: { output: { codeSplitting: { groups } } } } }
			: undefined,
	writeBundle: {
		order: 'post',
		handler({ dir = '' }) {
			if (this.environment.name !== 'client') return;
			const file = join(dir, '.vite', 'manifest.json');
			/** @type {Manifest} */
			const manifest = JSON.parse(readFileSync(file, 'utf8'));
			for (const name of drawnAtFirst) {
				const entry = manifest[name];
				if (!entry) throw new Error(`${name} is no file of its own any more`);
				entry.css = stylesOf(manifest, name);
			}
			writeFileSync(file, JSON.stringify(manifest, null, 2));
		}
	}
};
