import { getContext, setContext } from 'svelte';
import { SvelteSet } from 'svelte/reactivity';

/**
 * What holds a Lab back until a question has been answered. A page provides one gate, its questions announce themselves
 * and open it, its Labs ask it. It stands in this layer because a Lab has to know it; questions stand above.
 */
export interface QuestionGate {
	/** Whether the question is answered. A question that is not on the page holds nothing back. Reactive. */
	isOpen(id: string): boolean;
	/** Says that the question has been answered, rightly or not. */
	open(id: string): void;
	/** Says that there is such a question on the page. */
	announce(id: string): void;
	/** Takes a Lab in and gives its place among those of the page, from 1. */
	enrol(): number;
}

const key = Symbol('question gate');

const alwaysOpen: QuestionGate = { isOpen: () => true, open() {}, announce() {}, enrol: () => 1 };

/** Makes a gate for all components below this one. */
export function provideQuestionGate(): QuestionGate {
	const announced = new SvelteSet<string>();
	const answered = new SvelteSet<string>();
	let labs = 0;
	return setContext<QuestionGate>(key, {
		isOpen: (id) => answered.has(id) || !announced.has(id),
		open: (id) => void answered.add(id),
		announce: (id) => void announced.add(id),
		enrol: () => ++labs
	});
}

/** The page's gate; outside of a page that provides one, a gate that is always open. Call while setting up. */
export function questionGate(): QuestionGate {
	return getContext<QuestionGate | undefined>(key) ?? alwaysOpen;
}
