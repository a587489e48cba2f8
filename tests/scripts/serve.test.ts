import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { listen, siteAddress, siteServer } from '../../scripts/serve.mjs';

const folder = mkdtempSync(join(tmpdir(), 'conntrack-lab-site-'));
const server = siteServer({ folder });
let port: number;

beforeAll(async () => {
	writeFileSync(join(folder, '404.html'), 'not here');
	writeFileSync(join(folder, 'page.html'), 'a page');
	// On Linux a file that can be found and not read, whoever asks.
	for (const name of ['broken.bin', 'broken.txt'])
		symlinkSync('/proc/self/mem', join(folder, name));
	port = await listen(server, 0, '127.0.0.1');
});
afterAll(() => {
	server.close();
	rmSync(folder, { recursive: true });
});

/** The status for a path as it is, which `fetch` would put in order first; null where the line is cut. */
function status(path: string, headers = {}): Promise<number | null> {
	return new Promise((resolve) => {
		request({ host: '127.0.0.1', port, path, headers, agent: false }, (response) => {
			response.resume();
			response.on('error', () => undefined);
			response.on('close', () => resolve(response.statusCode ?? null));
		})
			.on('error', () => resolve(null))
			.end();
	});
}

test.each([
	['//[', 400],
	['http://[/', 400],
	['/page.html', 200],
	['/page.html/', 404],
	['/page.html/more', 404],
	[`/${'a'.repeat(300)}`, 404],
	['/%', 404],
	['/%00', 404],
	['/../serve.mjs', 404]
])('%s is answered with %i', async (path, expected) => {
	expect(await status(path)).toBe(expected);
});

test('a file that cannot be read ends its own request only', async () => {
	await status('/broken.bin');
	await status('/broken.txt', { 'accept-encoding': 'gzip' });
	expect(await status('/page.html')).toBe(200);
});

test.each([
	['localhost', 'http://localhost:4173/'],
	['0.0.0.0', 'http://localhost:4173/'],
	['::', 'http://localhost:4173/'],
	['127.0.0.2', 'http://127.0.0.2:4173/'],
	['::1', 'http://[::1]:4173/'],
	['lab.example', 'http://lab.example:4173/']
])('listening on %s it is found at %s', (host, address) => {
	expect(siteAddress(host, 4173)).toBe(address);
});
