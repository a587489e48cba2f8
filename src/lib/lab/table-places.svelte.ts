/** Which entries of the shown host's table fit what is typed above it. Long tables are looked through bit by bit. */
import { untrack } from 'svelte';
import type { LabState } from './lab-state.svelte';
import { filterPlaces, parseFilter } from './model/table-filter';

/** Milliseconds of a frame that looking through may take. */
const SHARE = 6;

export class FilteredPlaces {
	text = $state('');
	/** Places (from 0) of the entries that fit; `null` while nothing is asked for. */
	places = $state.raw<readonly number[] | null>(null);
	/** A key that there is not. */
	readonly unknown: string | null = $derived.by(() => this.filter.unknown);
	private readonly filter = $derived(parseFilter(this.text));

	/** Call while a component is set up. */
	constructor(lab: LabState) {
		$effect.pre(() => {
			const { filter } = this;
			const { timeline } = lab.recording;
			const cursor = lab.moment.stop?.cursor ?? 0;
			const host = timeline.hosts.get(lab.host);
			if (filter.empty || !host) {
				this.places = null;
				return;
			}
			const now = timeline.at(cursor);
			const entries = now.table(host);
			// Those that were found stand until others are; in a shorter table some of their places are no more.
			const found = untrack(() => this.places);
			if (found) this.places = found.filter((place) => place < entries.length);
			const search = filterPlaces(entries.length, (place) => now.entry(entries[place]!), filter);
			let frame = 0;
			const go = (): void => {
				const began = performance.now();
				do {
					const { done, value } = search.next();
					if (done) {
						this.places = value;
						return;
					}
				} while (performance.now() - began < SHARE);
				frame = requestAnimationFrame(go);
			};
			go();
			return () => cancelAnimationFrame(frame);
		});
	}
}
