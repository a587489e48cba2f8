import { expect, test } from 'vitest';
import { whenIdle } from '$lib/lab/idle';

test('work that fails does not hold up what waits behind it, nor what comes later', async () => {
	const done: string[] = [];
	whenIdle(() => Promise.reject(new TypeError('the network is away')));
	whenIdle(() => {
		throw new Error('at once');
	});
	whenIdle(async () => void done.push('behind it'));
	await expect.poll(() => done).toEqual(['behind it']);
	whenIdle(async () => void done.push('later'));
	await expect.poll(() => done).toEqual(['behind it', 'later']);
});

test('work that was taken out is not done', async () => {
	const done: string[] = [];
	whenIdle(async () => void done.push('first'));
	const takeOut = whenIdle(async () => void done.push('second'));
	whenIdle(async () => void done.push('third'));
	takeOut();
	await expect.poll(() => done).toEqual(['first', 'third']);
});
