import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { filesBelow, importsOf, layerOf, layers, type Layer } from './imports';

const files = filesBelow('src');

/** Each import of one layer of the house from another. */
const arrows = files.flatMap((file) =>
	importsOf(file, readFileSync(file, 'utf8')).flatMap((target) => {
		const from = layerOf(file);
		const to = layerOf(target);
		return from && to && from !== to ? [{ file, target, from, to }] : [];
	})
);

const rank = (layer: Layer) => layers.indexOf(layer);

describe('the layers of the house', () => {
	test('there are files and arrows to look at', () => {
		expect(files.length).toBeGreaterThan(20);
		expect(arrows.length).toBeGreaterThan(5);
	});

	test('arrows run one way: routes → course → exercises → lab → timeline → scenario → engine', () => {
		const back = arrows.filter(({ from, to }) => rank(from) < rank(to));
		expect(back.map(({ file, target }) => `${file} → ${target}`)).toEqual([]);
	});

	test('an arrow that runs back would be seen', () => {
		const target = importsOf('src/lib/engine/nat/x.ts', "import { a } from '$lib/lab/stepper';");
		expect(target).toEqual(['src/lib/lab/stepper']);
		expect(rank(layerOf('src/lib/engine/nat/x.ts')!)).toBeLessThan(rank(layerOf(target[0]!)!));
		expect(importsOf('src/lib/engine/nat/x.ts', "export * from '../../lab/y'")).toEqual([
			'src/lib/lab/y'
		]);
		expect(importsOf('src/lib/engine/x.ts', "await import('svelte')")).toEqual(['svelte']);
	});
});
