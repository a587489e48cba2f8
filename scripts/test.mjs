// `npm test`: everything a change has to pass, from a fresh clone on. Only what is part of Node may be imported here;
// with --full, long work as well.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { CODE, FORMAT, check } from './check.mjs';
import { ensureBrowser } from './tools/browser.mjs';
import { ensureInstalled } from './tools/install.mjs';
import { Printed, root, runPackage } from './tools/run.mjs';

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
/** What failed, by name: said once more at the very end. @type {string[]} */
const failures = [];

/**
 * Adds a stage to the sum. A stage that fails without a failed test (it could not start, say) counts as one.
 * @param {string} name
 * @param {number} status
 * @param {{ passed: number; failed: number; names?: string[] }} tests `names` of those that failed
 */
function add(name, status, { passed, failed, names = [] }) {
	const counted = status !== 0 && failed === 0 ? 1 : failed;
	total.passed += passed;
	total.failed += counted;
	if (counted === 0) return;
	console.error(`${name} failed`);
	failures.push(...(names.length > 0 ? names.map((test) => `${name}: ${test}`) : [name]));
}

/**
 * @param {any} units what vitest wrote
 * @returns {string[]} each test that failed, and each file that could not be read, with the first line of why
 */
function failedUnits(units) {
	/** @param {string | undefined} why */
	const first = (why) => why?.split('\n', 1)[0] ?? '';
	return (units?.testResults ?? []).flatMap(
		(/** @type {any} */ { name, message, assertionResults }) => {
			const file = relative(root, name);
			const failed = assertionResults.filter(
				(/** @type {any} */ { status }) => status === 'failed'
			);
			return failed.length === 0 && message
				? [`${file}: ${first(message)}`]
				: failed.map(
						(/** @type {any} */ { fullName, failureMessages }) =>
							`${file}: ${fullName}: ${first(failureMessages[0])}`
					);
		}
	);
}

/**
 * @param {any} suite of what Playwright wrote
 * @returns {string[]} each test that failed, or failed before it passed
 */
function failedPages(suite) {
	return [
		...(suite?.specs ?? [])
			.filter(
				(/** @type {any} */ { ok, tests }) =>
					!ok || tests.some((/** @type {any} */ { status }) => status === 'flaky')
			)
			.map((/** @type {any} */ { file, line, title }) => `${file}:${line}: ${title}`),
		...(suite?.suites ?? []).flatMap(failedPages)
	];
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

// On two cores a third process that computes makes all of them half as slow again: there, one thing after the other.
const roomy = availableParallelism() >= 4;
const [ofChecks, ofBuild, ofFormat] = [new Printed(), new Printed(), new Printed()];
console.log(`\nChecks and build${roomy ? ', beside what follows' : ''}`);
const built = runPackage('vite/bin/vite.js', ['build', '--logLevel', 'warn'], {}, ofBuild);
// The two lanes take about as long as each other.
const checksAndBuild = Promise.all([
	check(CODE, ofChecks),
	built,
	built.then(() => check([FORMAT], ofFormat))
]);
if (!roomy) await checksAndBuild;

console.log('\nUnit and component tests');
const vitestReport = join(reports, 'vitest.json');
const vitest = await runPackage(
	'vitest/vitest.mjs',
	[
		'run',
		'--reporter=default',
		'--reporter=json',
		`--outputFile.json=${vitestReport}`,
		'--maxWorkers=2'
	],
	full ? { TEST_FULL: '1' } : {}
);
const units = report(vitestReport);
add('unit and component tests', vitest, {
	passed: units?.numPassedTests ?? 0,
	failed: units?.numFailedTests ?? 0,
	names: failedUnits(units)
});

const [checks, build, format] = await checksAndBuild;
console.log('\nWhat the checks and the build said');
ofChecks.show();
ofFormat.show();
ofBuild.show();
add('checks', checks && format ? 0 : 1, { passed: 0, failed: 0 });
add('build', build, { passed: 0, failed: 0 });

/** @param {string[]} names @param {Printed} [printed] */
const onKernel = (names, printed) =>
	runPackage('tsx/dist/cli.mjs', ['tests/kernel/cli.ts', ...names], {}, printed);

// 1300 scenarios that nobody has seen before go through the kernel of this machine beside the browser tests, in which
// much is waited for.
const first = Number(process.env.SEED ?? Math.floor(Math.random() * 1_000_000));
const seeds = [
	`${first}-${first + 499}`,
	`parts-${first}-${first + 199}`,
	`networks-${first}-${first + 99}`,
	`commands-${first}-${first + 99}`,
	`tables-${first}-${first + 99}`,
	`ftp-${first}-${first + 99}`,
	`sctp-${first}-${first + 99}`,
	`hooks-${first}-${first + 99}`
];
const ofSeeds = new Printed();
const seeded = full ? onKernel(seeds, ofSeeds) : null;

console.log('\nEnd-to-end tests');
if (build === 0) {
	const playwrightReport = join(reports, 'playwright.json');
	const playwright = await runPackage('@playwright/test/cli.js', ['test', '--reporter=list,json'], {
		CHROMIUM_PATH: browser,
		...(full ? { TEST_FULL: '1' } : {}),
		PLAYWRIGHT_JSON_OUTPUT_NAME: playwrightReport
	});
	const pages = report(playwrightReport);
	const stats = pages?.stats;
	add('end-to-end tests', playwright, {
		passed: stats?.expected ?? 0,
		failed: (stats?.unexpected ?? 0) + (stats?.flaky ?? 0),
		names: failedPages(pages)
	});
}

if (seeded) {
	console.log(`\nKernel tests, seeds ${seeds.join(' ')} (SEED=${first} runs the same again)`);
	const status = await seeded;
	ofSeeds.show();
	add('kernel tests of seeds', status, { passed: status === 0 ? 1 : 0, failed: 0 });

	// Some of the named ones hold packets for moments that a busy machine is late for.
	console.log('\nKernel tests, every scenario with a name');
	const named = await onKernel([]);
	add('kernel tests', named, { passed: named === 0 ? 1 : 0, failed: 0 });
}

rmSync(reports, { recursive: true, force: true });
if (failures.length > 0)
	console.log(`\nFailed:\n${failures.map((name) => `  ${name}`).join('\n')}`);
console.log(`\n${total.passed} passed, ${total.failed} failed`);
process.exit(total.failed === 0 ? 0 : 1);
