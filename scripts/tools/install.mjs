import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root, run } from './run.mjs';

/** @typedef {{ packages: Record<string, { version?: string; optional?: boolean; peer?: boolean }> }} Lock */

/**
 * Installs what the lock file asks for, unless it is there already. Uses nothing but Node itself, so that it can be the
 * first thing that runs after a clone. Ends the process where npm fails.
 */
export async function ensureInstalled() {
	if (isInstalled()) return;
	console.log('Installing packages …');
	// Even where the environment says "production": everything here is a tool for building or testing.
	const args = ['ci', '--include=dev', '--no-audit', '--no-fund'];
	// npm tells its scripts where it is itself.
	const npm = process.env.npm_execpath;
	const status = npm?.endsWith('.js')
		? await run(process.execPath, [npm, ...args])
		: await run('npm', args);
	if (status !== 0) {
		console.error('npm ci failed: the packages could not be installed.');
		process.exit(status);
	}
}

/** Whether node_modules holds each package of the lock file in its version. */
function isInstalled() {
	const wanted = readLock('package-lock.json');
	const present = readLock(join('node_modules', '.package-lock.json'));
	if (!wanted || !present) return false;
	return Object.entries(wanted.packages).every(
		([path, { version, optional, peer }]) =>
			path === '' || optional || peer || present.packages[path]?.version === version
	);
}

/**
 * @param {string} path
 * @returns {Lock | undefined}
 */
function readLock(path) {
	try {
		return JSON.parse(readFileSync(join(root, path), 'utf8'));
	} catch {
		return undefined;
	}
}
