// `npm test`: everything a change has to pass, from a fresh clone on. Only what is part of Node may be imported here;
// with --full, long work as well.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { check } from './check.mjs';
import { ensureBrowser } from './tools/browser.mjs';
import { ensureInstalled } from './tools/install.mjs';
import { Printed, runPackage } from './tools/run.mjs';

const full = process.argv.includes('--full');

await ensureInstalled();
const browser = await ensureBrowser();
if (!browser) {
	console.error(
		'No browser: no Chromium was found, and neither apt-get nor Playwright could install one.'
	);
	process.exit(1);
}

const reports = mkdtempSync(join(tmpdir(), 'conntrack-lab-'));
const total = { passed: 0, failed: 0 };

/**
 * Adds a stage to the sum. A stage that fails without a failed test (it could not start, say) counts as one.
 * @param {string} name
 * @param {number} status
 * @param {{ passed: number; failed: number }} tests
 */
function add(name, status, { passed, failed }) {
	const counted = status !== 0 && failed === 0 ? 1 : failed;
	total.passed += passed;
	total.failed += counted;
	if (counted > 0) console.error(`${name} failed`);
}

/**
 * @param {string} file
 * @returns {any} what the test runner wrote, or undefined if it did not come so far
 */
function report(file) {
	try {
		return JSON.parse(readFileSync(file, 'utf8'));
	} catch {
		return undefined;
	}
}

// The checks and the build go on beside the unit tests, which use one core of the two that a small machine has.
const found = new Printed();
const checksAndBuild = (async () => ({
	checks: await check(found),
	build: await runPackage('vite/bin/vite.js', ['build', '--logLevel', 'warn'], {}, found)
}))();

console.log('\nUnit and component tests');
const vitestReport = join(reports, 'vitest.json');
const vitest = await runPackage(
	'vitest/vitest.mjs',
	[
		'run',
		'--reporter=default',
		'--reporter=json',
		`--outputFile.json=${vitestReport}`,
		// Two files of the long run take longer than all others together.
		...(full ? ['--maxWorkers=2'] : [])
	],
	full ? { TEST_FULL: '1' } : {}
);
const units = report(vitestReport);
add('unit and component tests', vitest, {
	passed: units?.numPassedTests ?? 0,
	failed: units?.numFailedTests ?? 0
});

const { checks, build } = await checksAndBuild;
console.log('\nChecks and build');
found.show();
add('checks', checks ? 0 : 1, { passed: 0, failed: 0 });
add('build', build, { passed: 0, failed: 0 });

/** @param {string[]} names @param {Printed} [printed] */
const onKernel = (names, printed) =>
	runPackage('tsx/dist/cli.mjs', ['tests/kernel/cli.ts', ...names], {}, printed);

// 500 scenarios that nobody has seen before go through the kernel of this machine beside the browser tests, in which
// much is waited for.
const first = Number(process.env.SEED ?? Math.floor(Math.random() * 1_000_000));
const seeds = `${first}-${first + 499}`;
const ofSeeds = new Printed();
const seeded = full ? onKernel([seeds], ofSeeds) : null;

console.log('\nEnd-to-end tests');
if (build === 0) {
	const playwrightReport = join(reports, 'playwright.json');
	const playwright = await runPackage('@playwright/test/cli.js', ['test', '--reporter=list,json'], {
		CHROMIUM_PATH: browser,
		...(full ? { TEST_FULL: '1' } : {}),
		PLAYWRIGHT_JSON_OUTPUT_NAME: playwrightReport
	});
	const stats = report(playwrightReport)?.stats;
	add('end-to-end tests', playwright, {
		passed: stats?.expected ?? 0,
		failed: (stats?.unexpected ?? 0) + (stats?.flaky ?? 0)
	});
}

if (seeded) {
	console.log(`\nKernel tests, seeds ${seeds} (SEED=${first} runs the same again)`);
	const status = await seeded;
	ofSeeds.show();
	add('kernel tests of seeds', status, { passed: status === 0 ? 1 : 0, failed: 0 });

	// Some of the named ones hold packets for moments that a busy machine is late for.
	console.log('\nKernel tests, every scenario with a name');
	const named = await onKernel([]);
	add('kernel tests', named, { passed: named === 0 ? 1 : 0, failed: 0 });
}

rmSync(reports, { recursive: true, force: true });
console.log(`\n${total.passed} passed, ${total.failed} failed`);
process.exit(total.failed === 0 ? 0 : 1);
