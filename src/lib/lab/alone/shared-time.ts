/**
 * The time that views in one `<LabTime>` share. When a page is built it is there at once; in a browser it is fetched
 * when the first of the views comes alive.
 */
import { getContext, setContext } from 'svelte';
import type { LabOptions, LabState } from '../lab-state.svelte';
import { fetchWords } from '../words/shelf.svelte';

export interface SharedTime {
	/** Numbers the views, from 1. */
	enrol(): number;
	/** Place of this time among the Labs of its page, from 1. */
	readonly place: number;
	/** The Lab's state, if it is here. */
	now(): LabState | null;
	/** Fetches it, once; rejects when it cannot be had, and can be called again then. */
	wake(): Promise<LabState>;
}

let atBuild: ((options: LabOptions) => LabState) | null = null;
if (import.meta.env.SSR) {
	const { LabState: Made } = await import('../lab-state.svelte');
	atBuild = (options) => new Made(options);
}

const key = Symbol('shared time');

/** Makes a time for all views below. */
export function provideTime(options: LabOptions): SharedTime {
	let lab = atBuild?.(options) ?? null;
	let waking: Promise<LabState> | null = null;
	let views = 0;
	async function fetchLab(): Promise<LabState> {
		const [{ LabState: Made }, { timelineOf }] = await Promise.all([
			import('../lab-state.svelte'),
			import('../kept'),
			fetchWords(options.language())
		]);
		lab = new Made({ ...options, timeline: await timelineOf(options.scenario) });
		return lab;
	}
	return setContext<SharedTime>(key, {
		enrol: () => ++views,
		place: options.place ?? 1,
		now: () => lab,
		wake() {
			waking ??= fetchLab().catch((fault: unknown) => {
				waking = null;
				throw fault;
			});
			return waking;
		}
	});
}

/** The time that this view stands in. */
export function useTime(view: string): SharedTime {
	const time = getContext<SharedTime | undefined>(key);
	if (!time) throw new Error(`<${view}> has to stand inside a <LabTime>`);
	return time;
}
