import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { filesBelow } from './imports';

test('a file that puts another module in place of one runs by itself', () => {
	const mocking = filesBelow('tests').filter(
		(file) =>
			/\.test\.ts$/.test(file) &&
			/\bvi\.(do)?mock\(|\bvi\.resetModules\(/i.test(readFileSync(file, 'utf8'))
	);
	expect(mocking.length).toBeGreaterThan(0);
	expect(mocking.filter((file) => !file.endsWith('.mocked.dom.test.ts'))).toEqual([]);
});
