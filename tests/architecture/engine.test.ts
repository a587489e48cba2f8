import { readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import ts from 'typescript';
import { describe, expect, test } from 'vitest';
import { filesBelow, importsOf } from './imports';

/** Names that would bring a clock, chance or a screen of its own into the engine. */
const forbidden = new Set([
	...['Date', 'performance', 'setTimeout', 'setInterval', 'setImmediate', 'requestAnimationFrame'],
	...['queueMicrotask', 'crypto', 'fetch', 'navigator', 'localStorage', 'window', 'document'],
	...['process', 'Buffer', 'require', 'globalThis', 'self', 'console', 'HTMLElement']
]);

/** Where `source` uses one of them, or Math.random, as `file:line: name`. Comments, properties and locals do not count. */
function outsideNames(file: string, source: string): string[] {
	const tree = ts.createSourceFile(file, source, ts.ScriptTarget.Latest, true);
	const found: string[] = [];
	const declared = new Set<string>();
	const visit = (node: ts.Node, look: (node: ts.Node) => void): void => {
		look(node);
		node.forEachChild((child) => visit(child, look));
	};
	visit(tree, (node) => {
		const { name } = node as ts.NamedDeclaration;
		if (name && ts.isIdentifier(name) && !ts.isPropertyAccessExpression(node))
			declared.add(name.text);
	});
	visit(tree, (node) => {
		if (!ts.isIdentifier(node)) return;
		const { parent } = node;
		const isProperty =
			(ts.isPropertyAccessExpression(parent) && parent.name === node) ||
			(ts.isPropertyAssignment(parent) && parent.name === node) ||
			(ts.isQualifiedName(parent) && parent.right === node);
		const isChance =
			node.text === 'random' && isProperty && parent.getText().startsWith('Math.random');
		if (isChance || (forbidden.has(node.text) && !isProperty && !declared.has(node.text))) {
			const { line } = tree.getLineAndCharacterOfPosition(node.getStart());
			found.push(`${file}:${line + 1}: ${node.text}`);
		}
	});
	return found;
}

describe('the engine', () => {
	const files = filesBelow('src/lib/engine').map((file) => ({
		file,
		source: readFileSync(file, 'utf8')
	}));

	test('is there', () => {
		expect(files.length).toBeGreaterThan(5);
	});

	test('has no clock, no chance and no screen of its own', () => {
		expect(files.flatMap(({ file, source }) => outsideNames(file, source))).toEqual([]);
	});

	test('has one door: nobody outside reaches past its index', () => {
		const outside = [...filesBelow('src'), ...filesBelow('scripts')]
			.filter((file) => !file.startsWith('src/lib/engine/'))
			.flatMap((file) =>
				importsOf(file, readFileSync(file, 'utf8')).map((target) => ({ file, target }))
			)
			.filter(({ target }) => target.startsWith('src/lib/engine'));
		expect(outside.length).toBeGreaterThan(20);
		const past = outside.filter(({ target }) => target !== 'src/lib/engine');
		expect(past.map(({ file, target }) => `${file} → ${target}`)).toEqual([]);
	});

	test('imports neither Svelte nor Node, nor any component', () => {
		const node = new Set(builtinModules);
		const bad = files.flatMap(({ file, source }) =>
			importsOf(file, source)
				.filter(
					(name) =>
						/^(node:|svelte|\$app|\$env|@sveltejs|d3)|\.svelte$/.test(name) || node.has(name)
				)
				.map((name) => `${file} → ${name}`)
		);
		expect(bad).toEqual([]);
		expect(files.filter(({ file }) => /\.svelte(\.[jt]s)?$/.test(file))).toEqual([]);
	});

	test.each([
		['const now = Date.now();', 'Date'],
		['const x = Math.random();', 'random'],
		['setTimeout(() => {}, 1);', 'setTimeout'],
		['const { body } = document;', 'document'],
		['export const f = () => process.env.X;', 'process']
	])('would be caught at: %s', (source, name) => {
		expect(outsideNames('x.ts', source)).toEqual([`x.ts:1: ${name}`]);
	});

	test.each([
		'// Date.now()',
		'const a = { process: 1 }; a.process;',
		'function f(self: number) { return self; }'
	])('would not be blamed for: %s', (source) => {
		expect(outsideNames('x.ts', source)).toEqual([]);
	});
});
