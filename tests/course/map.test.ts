import { describe, expect, test } from 'vitest';
import { layoutMap, mapSizes } from '../../src/lib/course/map/layout';

const lessons = [
	{ slug: 'a', part: 'one', buildsOn: [] },
	{ slug: 'b', part: 'one', buildsOn: ['a'] },
	{ slug: 'c', part: 'one', buildsOn: ['a', 'planned'] },
	{ slug: 'd', part: 'three', buildsOn: ['c'] },
	{ slug: 'e', part: 'four', buildsOn: ['a', 'd'] }
];
const map = layoutMap(lessons, ['one', 'two', 'three', 'four']);
const box = (slug: string) => map.boxes.find((one) => one.slug === slug)!;

describe('the map of lessons', () => {
	test('has a column for each part that has a lesson, and no box on another', () => {
		expect(map.columns.map(({ part }) => part)).toEqual(['one', 'three', 'four']);
		for (const one of map.boxes)
			for (const other of map.boxes)
				if (one !== other)
					expect(
						Math.abs(one.x - other.x) >= mapSizes.width ||
							Math.abs(one.y - other.y) >= mapSizes.height
					).toBe(true);
		for (const { x, y } of map.boxes) {
			expect(x + mapSizes.width).toBeLessThanOrEqual(map.width);
			expect(y + mapSizes.height).toBeLessThanOrEqual(map.height);
		}
	});

	test('has a line for all that is built on and there, from edge to edge', () => {
		expect(map.lines.map(({ from, to }) => `${from} ${to}`)).toEqual([
			'a b',
			'a c',
			'c d',
			'a e',
			'd e'
		]);
		for (const { from, d } of map.lines) {
			const [x = 0, y = 0] = /^M([\d.]+),([\d.]+)/.exec(d)!.slice(1).map(Number);
			const at = box(from);
			expect(x).toBeGreaterThanOrEqual(at.x);
			expect(x).toBeLessThanOrEqual(at.x + mapSizes.width);
			expect(y).toBeGreaterThanOrEqual(at.y);
			expect(y).toBeLessThanOrEqual(at.y + mapSizes.height);
			expect(d).not.toContain('NaN');
		}
	});

	test('leads a line past the columns between, not behind their boxes', () => {
		const { d } = map.lines.find(({ from, to }) => from === 'a' && to === 'e')!;
		const lane = Number(/L[\d.]+,([\d.]+)/.exec(d)![1]);
		for (const { y } of map.boxes) expect(lane > y && lane < y + mapSizes.height).toBe(false);
	});

	test('of no lessons is empty', () => {
		expect(layoutMap([], ['one'])).toMatchObject({ width: 0, boxes: [], lines: [] });
	});
});
