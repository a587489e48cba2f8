/** A long table is looked through bit by bit: what is shown meanwhile has to be there. */
import { flushSync } from 'svelte';
import { expect, test, vi } from 'vitest';
import type { LabState } from '$lib/lab/lab-state.svelte';
import { FilteredPlaces } from '$lib/lab/table-places.svelte';
import { gateway, record, syn } from './load';

test('places that a shorter table does not have are dropped at once', () => {
	const { timeline } = record(gateway('', [syn('10.0.0.2', 80)]));
	const end = timeline.at(timeline.events.length);
	const [entry] = end.table(timeline.hosts.get('gateway')!);
	const seen = end.entry(entry!);
	let count = $state(9000);
	const table = () => Array.from({ length: count }, () => entry);
	const lab = {
		recording: { timeline: { hosts: timeline.hosts, at: () => ({ table, entry: () => seen }) } },
		moment: { stop: { cursor: 1 } },
		host: 'gateway'
	} as unknown as LabState;

	// So slow that each share takes all that a frame has for it.
	let now = 0;
	vi.spyOn(performance, 'now').mockImplementation(() => (now += 10));
	const frames: (() => void)[] = [];
	vi.stubGlobal('requestAnimationFrame', (frame: () => void) => frames.push(frame));
	vi.stubGlobal('cancelAnimationFrame', () => frames.splice(0));
	const allFrames = () => {
		for (let frame = frames.shift(); frame; frame = frames.shift()) frame();
	};

	const stop = $effect.root(() => {
		const filtered = new FilteredPlaces(lab);
		filtered.text = 'tcp';
		flushSync();
		expect(filtered.places).toBeNull();
		allFrames();
		expect(filtered.places).toHaveLength(9000);
		count = 5000;
		flushSync();
		expect(frames).toHaveLength(1);
		expect(filtered.places).toHaveLength(5000);
		allFrames();
		expect(filtered.places).toHaveLength(5000);
	});
	stop();
	vi.restoreAllMocks();
	vi.unstubAllGlobals();
});
