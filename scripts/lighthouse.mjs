/**
 * Looks at pages of the built site with Lighthouse, as on a phone: `npm run lighthouse [-- PATHS]`. Needs `build/`.
 */
import { createServer as createHttpServer } from 'node:http';
import { createServer } from 'node:net';
import { fileURLToPath } from 'node:url';
import { chromium } from '@playwright/test';
import lighthouse from 'lighthouse';
import { listen, siteServer } from './serve.mjs';
import { findBrowser } from './tools/browser.mjs';

/**
 * @typedef {object} Report
 * @property {Record<string, number>} scores accessibility, best-practices, performance and seo, 0 to 100
 * @property {string[]} failed audits of those categories (performance left out) that found something
 * @property {number} paint largest contentful paint, in ms
 * @property {number} blocking total blocking time, in ms
 * @property {number} shift cumulative layout shift
 */

/** The home page and a lesson, in each language. */
export const PAGES = ['en/', 'zh/', 'en/lessons/reverse-snat/', 'zh/lessons/reverse-snat/'];

/** @returns {Promise<number>} a port that is free just now */
async function freePort() {
	const server = createServer();
	const port = await new Promise((resolve) => {
		server.listen(0, '127.0.0.1', () => {
			const address = server.address();
			resolve(typeof address === 'object' && address ? address.port : 0);
		});
	});
	await new Promise((resolve) => server.close(resolve));
	return port;
}

/**
 * Looks at pages one after the other, in one browser.
 * @param {string[]} urls
 * @returns {Promise<Report[]>}
 */
export async function audit(urls) {
	const port = await freePort();
	const browser = await chromium.launch({
		executablePath: await findBrowser({ measured: true }),
		args: [
			...['--no-sandbox', '--disable-gpu', '--disable-quic', '--disable-background-networking'],
			`--remote-debugging-port=${port}`
		]
	});
	try {
		// A browser that has just been started reads each font of the system for its first text in it, which takes longer
		// than all the rest of a page. On a phone they have been read long ago.
		const page = await browser.newPage();
		for (const url of urls) await page.goto(url);
		await page.close();
		const reports = [];
		for (const url of urls) reports.push(await auditOne(url, port));
		return reports;
	} finally {
		await browser.close();
	}
}

/**
 * @param {string} url
 * @param {number} port
 * @returns {Promise<Report>}
 */
async function auditOne(url, port) {
	const result = await lighthouse(url, { port, logLevel: 'error', output: 'json' });
	if (!result) throw new Error(`Lighthouse says nothing about ${url}`);
	const { audits, categories } = result.lhr;
	const failed = Object.values(categories)
		.filter(({ id }) => id !== 'performance')
		.flatMap(({ auditRefs }) => auditRefs)
		.filter(({ id, weight }) => weight > 0 && (audits[id]?.score ?? 1) < 1)
		.map(({ id }) => id);
	/** @param {string} id */
	const value = (id) => audits[id]?.numericValue ?? NaN;
	return {
		scores: Object.fromEntries(
			Object.values(categories).map(({ id, score }) => [id, Math.round((score ?? 0) * 100)])
		),
		failed,
		paint: Math.round(value('largest-contentful-paint')),
		blocking: Math.round(value('total-blocking-time')),
		shift: value('cumulative-layout-shift')
	};
}

/** A page with nothing in it. */
const EMPTY =
	'<!doctype html><html lang="en"><meta name="viewport" content="width=device-width"><title>Empty</title><p>Nothing';

/**
 * Serves the built site and looks at some of its pages, and at an empty one: what this machine and its browser take for
 * that, they take for each.
 * @param {string[]} paths
 * @returns {Promise<Report[]>} the first is that of the empty page
 */
async function auditSite(paths) {
	const empty = createHttpServer((_, response) => {
		response.setHeader('content-type', 'text/html; charset=utf-8').end(EMPTY);
	});
	const servers = [empty, siteServer()];
	const [emptyPort, port] = await Promise.all(
		servers.map((server) => listen(server, 0, '127.0.0.1'))
	);
	try {
		return await audit([
			`http://127.0.0.1:${emptyPort}/`,
			...paths.map((path) => `http://127.0.0.1:${port}/${path}`)
		]);
	} finally {
		for (const server of servers) {
			server.closeAllConnections();
			server.close();
		}
	}
}

/**
 * @param {string} path
 * @param {Report} report
 */
export function describeReport(path, { scores, paint, blocking, shift, failed }) {
	const points = Object.entries(scores).map(([name, score]) => `${name} ${score}`);
	return [
		path,
		`  ${points.join(', ')}`,
		`  largest paint ${paint} ms, blocked ${blocking} ms, layout shift ${shift.toFixed(3)}`,
		...failed.map((id) => `  found: ${id}`)
	].join('\n');
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
	const asked = process.argv.slice(2);
	const paths = asked.length > 0 ? asked : PAGES;
	const [empty, ...reports] = await auditSite(paths);
	if (empty)
		console.log(`an empty page\n  largest paint ${empty.paint} ms, blocked ${empty.blocking} ms`);
	reports.forEach((report, i) => console.log(describeReport(paths[i] ?? '', report)));
}
