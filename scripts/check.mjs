// `npm run check`: format, lint and types. Every stage runs, so that one run shows all that is wrong.
import { fileURLToPath } from 'node:url';
import { ensureInstalled } from './tools/install.mjs';
import { runPackage } from './tools/run.mjs';

/** What is done, by which program. @typedef {[string, string, string[]]} Stage */

/** @type {Stage} */
export const FORMAT = [
	'format',
	'prettier/bin/prettier.cjs',
	['--check', '--log-level', 'warn', '.']
];

/** @type {Stage[]} */
export const CODE = [
	['lint', 'eslint/bin/eslint.js', ['--max-warnings', '0', '.']],
	['generated types', '@sveltejs/kit/svelte-kit.js', ['sync']],
	['types', 'svelte-check/bin/svelte-check', ['--fail-on-warnings', '--output', 'human']],
	['types of what runs anywhere', 'typescript/bin/tsc', ['-p', 'tsconfig.core.json']]
];

/**
 * @param {Stage[]} [stages] one after the other
 * @param {import('./tools/run.mjs').Printed} [printed] takes what is found; without it, it is shown at once
 * @returns {Promise<boolean>} whether nothing was found
 */
export async function check(stages = [FORMAT, ...CODE], printed) {
	/** @param {string} line */
	const say = (line) => (printed ? printed.add(`${line}\n`) : console.log(line));
	const failed = [];
	for (const [name, script, args] of stages) {
		say(`· ${name}`);
		if ((await runPackage(script, args, {}, printed)) !== 0) failed.push(name);
	}
	if (failed.length > 0) say(`check failed: ${failed.join(', ')}`);
	return failed.length === 0;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
	await ensureInstalled();
	process.exit((await check()) ? 0 : 1);
}
