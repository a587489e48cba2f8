/**
 * Something on a page of text that is drawn and asleep: it comes alive when it is about to be seen, or is touched. It
 * does so once; if what it needs cannot be fetched, that is told, and it can be tried again.
 */
import { tick, unmount } from 'svelte';
import { whenIdle } from './idle';

const TOUCHES = ['focusin', 'click', 'keydown', 'input', 'change'];

/** What was done to something that did not answer yet, and how a control stood then: coming alive sets it back. */
interface Touch {
	readonly event: Event;
	readonly value: string;
	readonly checked: boolean;
}

function touchOf(event: Event): Touch {
	// A select has a value too; what is no control has neither.
	const { value, checked } = event.target as HTMLInputElement;
	return { event, value, checked };
}

/** Does it once more, where it still stands. */
function again({ event, value, checked }: Touch): void {
	const { target, type } = event;
	if (!(target instanceof Element) || !target.isConnected) return;
	if (event instanceof KeyboardEvent) target.dispatchEvent(new KeyboardEvent('keydown', event));
	else if (type === 'click') target.closest('button')?.click();
	else {
		// What is typed or chosen comes from a control, of whatever kind.
		Object.assign(target, { value, checked });
		target.dispatchEvent(new Event(type, { bubbles: true }));
	}
}

export class Waking {
	/** What it needs could not be fetched. */
	away = $state(false);
	/** Its place on the page is no more. */
	gone = false;
	private box: HTMLElement | null = null;
	private instance: object | null = null;
	private going: Promise<void> | null = null;
	/** What was clicked, typed and set before there was anybody to answer, in its order. */
	private kept: Touch[] = [];

	/** @param mounted fetches and mounts it; gives what was mounted, or `null` when it is gone by then */
	constructor(private readonly mounted: () => Promise<object | null>) {}

	readonly wake = (): Promise<void> => {
		this.going ??= this.comeAlive().catch(() => {
			this.going = null;
			this.away = true;
		});
		return this.going;
	};

	private async comeAlive(): Promise<void> {
		this.instance = await this.mounted();
		if (!this.instance) return;
		this.away = false;
		if (this.box) this.box.dataset.awake = '';
		await tick();
		for (const touch of this.kept.splice(0)) again(touch);
	}

	private readonly touch = (event: Event): void => {
		if (this.instance) return;
		if (event.type !== 'focusin') this.kept.push(touchOf(event));
		void this.wake();
	};

	/**
	 * Waits in its box on the page.
	 *
	 * @param margin how far off the screen it is seen already (`rootMargin`)
	 * @param idle what is done as soon as the browser has nothing else to do
	 * @returns takes it off the page
	 */
	wait(box: HTMLElement, margin: string, idle: () => Promise<void>): () => void {
		this.box = box;
		const eye =
			typeof IntersectionObserver === 'function'
				? new IntersectionObserver(
						(seen) => {
							if (seen.some(({ isIntersecting }) => isIntersecting)) void this.wake();
						},
						{ rootMargin: margin }
					)
				: null;
		eye?.observe(box);
		const notIdle = whenIdle(idle);
		for (const kind of TOUCHES) box.addEventListener(kind, this.touch);
		return () => {
			this.gone = true;
			eye?.disconnect();
			notIdle();
			for (const kind of TOUCHES) box.removeEventListener(kind, this.touch);
			if (this.instance) void unmount(this.instance);
		};
	}
}
