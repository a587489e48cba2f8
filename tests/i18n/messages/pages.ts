/** The source files that pages carry: what is said elsewhere is said in a terminal. */
import { existsSync, readFileSync, statSync } from 'node:fs';
import { filesBelow, importsOf } from '../../architecture/imports';

const ENDINGS = ['', '.ts', '.js', '/index.ts'];

function fileOf(target: string): string | undefined {
	return ENDINGS.map((ending) => target + ending).find(
		(file) => existsSync(file) && statSync(file).isFile()
	);
}

/** All that the routes import, and what that imports, and so on. What only the build runs (`.server.ts`) is left out. */
export function filesOfPages(): string[] {
	const reached = new Set(
		[...filesBelow('src/routes'), 'src/lib/exercises/site/mark-worker.ts'].filter(isForBrowsers)
	);
	for (const file of reached)
		for (const target of importsOf(file, readFileSync(file, 'utf8'))) {
			const next = target.startsWith('src/') ? fileOf(target) : undefined;
			if (next && isForBrowsers(next)) reached.add(next);
		}
	return [...reached];
}

const isForBrowsers = (file: string): boolean =>
	/\.(ts|svelte)$/.test(file) && !/\.server\.ts$|\.d\.ts$/.test(file);
