// `npm start`: from a fresh clone to a site that can be read. Only what is part of Node may be imported here.
import { serveSite } from './serve.mjs';
import { ensureInstalled } from './tools/install.mjs';
import { runPackage } from './tools/run.mjs';

await ensureInstalled();

console.log('Building the site …');
const status = await runPackage('vite/bin/vite.js', ['build', '--logLevel', 'warn']);
if (status !== 0) {
	console.error('The site could not be built; what is wrong stands above.');
	process.exit(status);
}

await serveSite();
