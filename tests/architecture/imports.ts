import { readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The layers of the house from the ground up. One may import from those before it. */
export const layers = [
	'engine',
	'scenario',
	'timeline',
	'lab',
	'exercises',
	'course',
	'routes'
] as const;

export type Layer = (typeof layers)[number];

/** The layer that a path below the project's folder belongs to; undefined for what stands beside them (i18n, packages). */
export function layerOf(path: string): Layer | undefined {
	const name = /^src\/(?:lib\/)?([^/]+)/.exec(path)?.[1];
	return layers.find((layer) => layer === name);
}

/**
 * What a source file imports, types included: paths below the project's folder, or names of packages.
 * @param file its own path below the project's folder
 */
export function importsOf(file: string, source: string): string[] {
	const specifiers = source.matchAll(
		/(?:\bfrom\s*|\bimport\s*\(\s*|^\s*import\s+)(['"])([^'"\n]+)\1/gm
	);
	return [...specifiers].map(([, , specifier = '']) => {
		if (specifier.startsWith('$lib')) return specifier.replace('$lib', 'src/lib');
		if (specifier.startsWith('.')) return join(dirname(file), specifier).replaceAll('\\', '/');
		return specifier;
	});
}

/** The source files below a folder, without those that a grammar's compiler wrote. */
export function filesBelow(folder: string): string[] {
	return readdirSync(folder, { recursive: true, encoding: 'utf8' })
		.map((path) => join(folder, path).replaceAll('\\', '/'))
		.filter((path) => /\.(ts|js|svelte)$/.test(path) && !/\.generated\.[jt]s$/.test(path));
}
