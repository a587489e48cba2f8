/**
 * The Lab as a view sees it that is not on the screen: it stands where the reader stood a moment ago, and catches up
 * when the reader rests. What is stepped through then costs what can be seen of it.
 */
import { setContext } from 'svelte';
import type { LabState } from './lab-state.svelte';
import { labKey } from './lab-state.svelte';
import type { OfMoment } from './lab-at';
import { labAt } from './lab-at';

/** Milliseconds without a step after which a view off the screen catches up, as soon as the browser is idle. */
const REST = 250;
/** And at the latest. */
const AT_LATEST = 500;

function whenAtRest(act: () => void): () => void {
	let idle: number | undefined;
	const timer = setTimeout(() => {
		// Safari has no `requestIdleCallback`.
		if (typeof requestIdleCallback !== 'function') act();
		else idle = requestIdleCallback(act, { timeout: AT_LATEST });
	}, REST);
	return () => {
		clearTimeout(timer);
		if (idle !== undefined) cancelIdleCallback(idle);
	};
}

export class DeferredLab {
	private onScreen = $state(true);
	private taken: (OfMoment & Pick<LabState, 'recording' | 'host' | 'language'>) | null =
		$state.raw(null);

	/** Whether what was taken is shown: never that of another branch, host or language. */
	private readonly late = $derived.by(() => {
		const { lab, taken } = this;
		return (
			!this.onScreen &&
			taken !== null &&
			taken.recording === lab.recording &&
			taken.host === lab.host &&
			taken.language === lab.language
		);
	});

	constructor(private readonly lab: LabState) {}

	/** For the views below: the Lab, with the moment that was taken in place of the present one. */
	provide(): void {
		const { lab } = this;
		const moment = () => (this.late ? this.taken : null);
		setContext(
			labKey,
			labAt(lab, moment, (key, value) => Reflect.set(lab, key, value, lab))
		);
	}

	private take(): void {
		const { moment, at, from, sentence, inside, recording, host, language } = this.lab;
		this.taken = { moment, at, from, sentence, inside, recording, host, language };
	}

	setOnScreen(on: boolean): void {
		if (!on && this.onScreen) this.take();
		this.onScreen = on;
	}

	/** Catches up where it has to; an effect calls it, and what it gives back calls it off. */
	follow(): (() => void) | undefined {
		const { lab } = this;
		void lab.at;
		// While it plays each frame counts, and nobody reads what runs away.
		if (this.onScreen || lab.playing) return undefined;
		return whenAtRest(() => this.take());
	}
}
