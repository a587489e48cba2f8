import { afterEach, expect, test, vi } from 'vitest';
import { keptTimeline } from '$lib/lab/kept';
import { keep } from '$lib/timeline/keep';
import { runTimeline } from '$lib/timeline/run';
import { lessonScenario } from './load';

afterEach(() => vi.unstubAllGlobals());

const answered = (answer: () => Promise<Response>) => vi.stubGlobal('fetch', answer);

test('what was kept is the timeline that was worked out', async () => {
	const timeline = runTimeline(lessonScenario('reverse-snat'));
	answered(async () => new Response(keep(timeline)));
	expect((await keptTimeline('key'))?.events.length).toBe(timeline.events.length);
});

test.each([
	['the network is away', () => Promise.reject(new TypeError('Failed to fetch'))],
	['there is none', async () => new Response('Not found', { status: 404 })],
	[
		'the server has one page for everything',
		async () => new Response('<!doctype html>', { headers: { 'content-type': 'text/html' } })
	],
	['it is of another kind', async () => new Response('[{"a":1},2]')],
	[
		'the line is cut on the way',
		async () =>
			new Response(new ReadableStream({ start: (body) => body.error(new TypeError('cut')) }))
	]
])('nothing was kept where %s', async (_, answer) => {
	answered(answer);
	expect(await keptTimeline('key')).toBeNull();
});
