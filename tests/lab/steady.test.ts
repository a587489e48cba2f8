import { describe, expect, it } from 'vitest';
import { steadyList } from '../../src/lib/lab/steady';

describe('a list that holds the same most of the time', () => {
	it('is given on as the very same list for the same items, and as another one for others', () => {
		const steady = steadyList<string>();
		const first = steady(['a', 'b']);
		expect(steady(['a', 'b'])).toBe(first);
		for (const next of [['a'], ['a', 'b'], ['b', 'a'], []]) {
			const list = steady(next);
			expect(list).toEqual(next);
			expect(list).not.toBe(first);
			expect(steady([...next])).toBe(list);
		}
	});

	it('keeps each item that is the same by what one asks for', () => {
		const steady = steadyList<{ name: string; at: number }>((a, b) => a.name === b.name);
		const [x, y] = steady([
			{ name: 'x', at: 1 },
			{ name: 'y', at: 1 }
		]);
		const next = steady([
			{ name: 'x', at: 2 },
			{ name: 'z', at: 2 }
		]);
		expect(next[0]).toBe(x);
		expect(next[1]).toEqual({ name: 'z', at: 2 });
		expect(next).not.toContain(y);
	});
});
