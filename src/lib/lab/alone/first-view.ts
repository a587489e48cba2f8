/** The first picture of a view that stands alone, as HTML, when a page is built. */
import type { Component } from 'svelte';
import type { AloneName } from './names';
import { VIEWS } from './names';
import type { SharedTime } from './shared-time';

type Draw = (time: SharedTime, view: AloneName, context: Map<unknown, unknown>) => string;

// Anything that is not nothing: what is there stays untouched.
let draw: Draw = () => ' ';

if (import.meta.env.SSR) {
	const [{ render }, { default: Island }] = await Promise.all([
		import('svelte/server'),
		import('./Island.svelte')
	]);
	const loaded = new Map<AloneName, Component>();
	for (const [name, load] of Object.entries(VIEWS) as [AloneName, (typeof VIEWS)[AloneName]][])
		loaded.set(name, (await load()).default);
	draw = (time, view, context) => {
		const lab = time.now();
		if (!lab) return ' ';
		const { body } = render(Island, {
			props: { lab, view, View: loaded.get(view)! },
			context: context as Map<string, unknown>,
			// Ids of one view are not those of another on the same page.
			idPrefix: `time${time.place}-${time.enrol()}-`
		});
		// A box of its own, so that its end is plain.
		return `<div>${body}</div>`;
	};
}

/** A blank in a browser, which has it in its page already. */
export const firstView: Draw = (time, view, context) => draw(time, view, context);
