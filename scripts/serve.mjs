import { createReadStream, existsSync, readFileSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { isIPv6 } from 'node:net';
import { extname, join, normalize, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { root } from './tools/run.mjs';

/** @type {Record<string, string>} */
const types = {
	'.css': 'text/css; charset=utf-8',
	'.html': 'text/html; charset=utf-8',
	'.ico': 'image/x-icon',
	'.js': 'text/javascript; charset=utf-8',
	'.json': 'application/json; charset=utf-8',
	'.map': 'application/json; charset=utf-8',
	'.md': 'text/markdown; charset=utf-8',
	'.png': 'image/png',
	'.svg': 'image/svg+xml',
	'.txt': 'text/plain; charset=utf-8',
	'.wasm': 'application/wasm',
	'.webmanifest': 'application/manifest+json',
	'.woff2': 'font/woff2',
	'.xml': 'application/xml'
};

/** Fonts and pictures are compressed already. */
const compressible = new Set([
	'.css',
	'.html',
	'.js',
	'.json',
	'.map',
	'.md',
	'.svg',
	'.txt',
	'.webmanifest',
	'.xml'
]);

/** Compressed files, by encoding, path and time of change. @type {Map<string, Buffer>} */
const compressed = new Map();

/**
 * A text file in an encoding that the browser takes, as every web server does it.
 * @param {string} file
 * @param {string} accepted the request's `accept-encoding`
 * @returns {{ encoding: string; body: Buffer } | undefined} undefined: send it as it is
 */
function encoded(file, accepted) {
	if (!compressible.has(extname(file))) return undefined;
	const encoding = ['br', 'gzip'].find((name) => new RegExp(`\\b${name}\\b`).test(accepted));
	if (!encoding) return undefined;
	const key = `${encoding} ${file} ${statSync(file).mtimeMs}`;
	let body = compressed.get(key);
	if (!body) {
		const plain = readFileSync(file);
		body =
			encoding === 'br'
				? brotliCompressSync(plain, { params: { [constants.BROTLI_PARAM_QUALITY]: 6 } })
				: gzipSync(plain);
		compressed.set(key, body);
	}
	return { encoding, body };
}

/**
 * A web server for the built site, as plain as the ones it is meant for: files, index.html in folders, and 404.html
 * with status 404 for all else; texts compressed for browsers that take them so.
 * @param {{ folder?: string; base?: string }} [options] `folder`: the built site. `base`: the path it is served under,
 *   '' or '/some/folder'
 */
export function siteServer({ folder = join(root, 'build'), base = '' } = {}) {
	return createServer((request, response) => {
		try {
			answer(request, response, folder, base);
		} catch {
			// A file that cannot be read: everybody else is served on.
			inWords(response, 500, 'Cannot be read');
		}
	});
}

/**
 * @param {import('node:http').IncomingMessage} request
 * @param {import('node:http').ServerResponse} response
 * @param {string} folder
 * @param {string} base
 */
function answer(request, response, folder, base) {
	if (request.method !== 'GET' && request.method !== 'HEAD') {
		response.writeHead(405, { allow: 'GET, HEAD' }).end();
		return;
	}
	const url = urlOf(request.url ?? '/');
	if (!url) return inWords(response, 400, 'Bad request');
	const found = lookUp(folder, base, url.pathname);
	if (found === 'redirect') {
		response.writeHead(308, { location: `${url.pathname}/${url.search}` }).end();
		return;
	}
	const file = found ?? join(folder, '404.html');
	if (!existsSync(file)) return inWords(response, 404, 'Not found');
	const text = encoded(file, String(request.headers['accept-encoding'] ?? ''));
	response.writeHead(found ? 200 : 404, {
		'content-type': types[extname(file)] ?? 'application/octet-stream',
		'content-length': text?.body.length ?? statSync(file).size,
		...(text ? { 'content-encoding': text.encoding } : {}),
		vary: 'accept-encoding',
		'cache-control': url.pathname.includes('/_app/immutable/')
			? 'public, max-age=31536000, immutable'
			: 'no-cache',
		'x-content-type-options': 'nosniff'
	});
	if (request.method === 'HEAD') response.end();
	else if (text) response.end(text.body);
	else {
		// Its length has been promised by then: all that can be said is that it is not whole.
		const body = createReadStream(file).on('error', () => response.destroy());
		body.pipe(response);
	}
}

/**
 * @param {import('node:http').ServerResponse} response
 * @param {number} status
 * @param {string} words
 */
function inWords(response, status, words) {
	response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8' }).end(`${words}\n`);
}

/**
 * What a request asks for; undefined where it is no address: Node lets through whatever stands in the line.
 * @param {string} asked
 */
function urlOf(asked) {
	try {
		return new URL(asked, 'http://localhost');
	} catch {
		return undefined;
	}
}

/**
 * The file that a path asks for, 'redirect' where a folder was asked for without its slash, undefined where there is none.
 * @param {string} folder
 * @param {string} base
 * @param {string} pathname as it came, percent-encoded
 */
function lookUp(folder, base, pathname) {
	if (pathname === base && base !== '') return 'redirect';
	if (!pathname.startsWith(`${base}/`)) return undefined;
	let path;
	try {
		path = normalize(join(folder, decodeURIComponent(pathname.slice(base.length))));
	} catch {
		return undefined;
	}
	if (path.includes('\0') || !(path + sep).startsWith(folder.replace(/[\\/]+$/, '') + sep))
		return undefined;
	const stat = statOf(path);
	if (stat?.isFile()) return path;
	if (!stat?.isDirectory()) return undefined;
	const index = join(path, 'index.html');
	if (!existsSync(index)) return undefined;
	return pathname.endsWith('/') ? index : 'redirect';
}

/**
 * What stands at a path; undefined as well where nothing can: below a file, or under too long a name.
 * @param {string} path
 */
function statOf(path) {
	try {
		return statSync(path);
	} catch {
		return undefined;
	}
}

/**
 * Listens, and says on which port.
 * @param {import('node:http').Server} server
 * @param {number} port 0 for any that is free
 * @param {string} [host]
 * @returns {Promise<number>} rejects with EADDRINUSE where the port is taken
 */
export function listen(server, port, host) {
	return new Promise((resolve, reject) => {
		server.once('error', reject);
		server.listen(port, host, () => {
			server.off('error', reject);
			const address = server.address();
			resolve(typeof address === 'object' && address ? address.port : port);
		});
	});
}

/**
 * Serves the built site on `PORT`, or on the first free port from 4173 up, and prints the address on a line of its own.
 * `HOST` opens it to other machines.
 */
export async function serveSite() {
	const asked = process.env.PORT;
	const host = process.env.HOST || 'localhost';
	if (asked !== undefined && !/^\d{1,5}$/.test(asked)) {
		console.error(`PORT must be a number, not "${asked}".`);
		process.exit(1);
	}
	let port = Number(asked ?? 4173);
	for (;;) {
		try {
			port = await listen(siteServer(), port, host);
			break;
		} catch (error) {
			const { code, message } = /** @type {NodeJS.ErrnoException} */ (error);
			if (code === 'EADDRINUSE' && asked === undefined && port < 4273) {
				port += 1;
				continue;
			}
			console.error(code === 'EADDRINUSE' ? `Port ${port} is taken.` : message);
			process.exit(1);
		}
	}
	if (host === 'localhost') await bothLoopbacks(port);
	console.log(siteAddress(host, port));
}

/**
 * Where a browser on this machine finds the site.
 * @param {string} host what was listened on; of all addresses of the machine, "localhost" is one
 * @param {number} port
 */
export function siteAddress(host, port) {
	if (['localhost', '0.0.0.0', '::'].includes(host)) return `http://localhost:${port}/`;
	return `http://${isIPv6(host) ? `[${host}]` : host}:${port}/`;
}

/**
 * "localhost" is two addresses, and Node listens on the first: who asks for the other one is answered too.
 * @param {number} port
 */
async function bothLoopbacks(port) {
	for (const host of ['127.0.0.1', '::1']) await listen(siteServer(), port, host).catch(() => {});
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await serveSite();
