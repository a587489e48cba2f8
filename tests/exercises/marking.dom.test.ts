import { expect, test, vi } from 'vitest';
import { markAll } from '../../src/lib/exercises/site/marking';
import type { Handed } from '../../src/lib/exercises/site/marking';
import { assignment } from './circle-kit';

test('where a worker cannot be had, the others are ended and nothing more is marked', async () => {
	const living = new Set<unknown>();
	let spawned = 0;
	class FakeWorker {
		onmessage: ((event: unknown) => void) | null = null;
		constructor() {
			if (++spawned === 2) throw new TypeError('no more workers');
			living.add(this);
		}
		postMessage(message: { file?: string }): void {
			const { file } = message;
			if (file) setTimeout(() => this.onmessage?.({ data: { file, ok: false, why: 'too long' } }));
		}
		terminate(): void {
			living.delete(this);
		}
	}
	vi.stubGlobal('Worker', FakeWorker);
	vi.spyOn(navigator, 'hardwareConcurrency', 'get').mockReturnValue(4);
	const files = Array.from({ length: 50 }, (_, i): Handed => {
		return { name: `${i}.json`, size: 2, text: () => Promise.resolve('{}') };
	});
	const marked: string[] = [];
	await expect(markAll(files, assignment, ({ file }) => marked.push(file))).rejects.toThrow(
		'no more workers'
	);
	await vi.waitFor(() => expect(living.size).toBe(0));
	expect(marked.length).toBeLessThan(5);
	vi.unstubAllGlobals();
	vi.restoreAllMocks();
});
