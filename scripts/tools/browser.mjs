import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { run, runPackage } from './run.mjs';

/** Chromium without a window: pages are the same in it, and tests take half the time. */
const shells = ['chromium-headless-shell', 'chrome-headless-shell'];

/** The browser that people have. */
const whole = [
	'chromium',
	'chromium-browser',
	'google-chrome',
	'google-chrome-stable',
	'/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
	'/Applications/Chromium.app/Contents/MacOS/Chromium'
];

/**
 * A Chromium that is on this machine and runs: `CHROMIUM_PATH` if it is set, one that is installed, or Playwright's own.
 * @param {{ measured?: boolean }} [use] whether times are measured in it: then rather the browser that people have
 * @returns {Promise<string | undefined>} its path or the name of its command
 */
export async function findBrowser({ measured = false } = {}) {
	const names = measured ? [...whole, ...shells] : [...shells, ...whole];
	const candidates = process.env.CHROMIUM_PATH ? [process.env.CHROMIUM_PATH] : names;
	return candidates.map(locate).find((path) => path && runs(path)) ?? (await playwrightsOwn());
}

/**
 * Finds a Chromium or installs one: with apt-get as root on Debian, else with Playwright's own installer.
 * @returns {Promise<string | undefined>} undefined where neither can be had
 */
export async function ensureBrowser() {
	const found = await findBrowser();
	if (found) return found;
	console.log('Installing a browser …');
	const isRoot = process.getuid?.() === 0;
	if (isRoot && existsSync('/etc/debian_version')) {
		const env = { DEBIAN_FRONTEND: 'noninteractive' };
		await run('apt-get', ['update', '-q'], env);
		for (const name of ['chromium-headless-shell', 'chromium']) {
			const packages = [name, 'fonts-noto-cjk'];
			await run('apt-get', ['install', '-y', '-q', '--no-install-recommends', ...packages], env);
			const installed = await findBrowser();
			if (installed) return installed;
		}
	}
	const withDeps = isRoot && process.platform === 'linux' ? ['--with-deps'] : [];
	await runPackage('playwright/cli.js', ['install', ...withDeps, 'chromium']);
	return findBrowser();
}

/**
 * The full path of a command, for launchers that do not search the PATH themselves.
 * @param {string} name
 */
function locate(name) {
	if (name.includes('/') || name.includes('\\')) return existsSync(name) ? name : undefined;
	return (process.env.PATH ?? '')
		.split(process.platform === 'win32' ? ';' : ':')
		.map((folder) => `${folder}/${name}`)
		.find((path) => existsSync(path));
}

/**
 * Some systems have a `chromium-browser` that only says how to install one.
 * @param {string} path
 */
function runs(path) {
	const { status, stdout } = spawnSync(path, ['--version'], { encoding: 'utf8', timeout: 30_000 });
	return status === 0 && /chrom/i.test(stdout);
}

async function playwrightsOwn() {
	try {
		const { chromium } = await import('@playwright/test');
		const path = chromium.executablePath();
		return existsSync(path) && runs(path) ? path : undefined;
	} catch {
		return undefined;
	}
}
