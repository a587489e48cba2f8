/** Of something higher than this share of the window its beginning is enough. */
const ENOUGH = 0.5;
/** Where it is brought to, as a share of the window from its top. */
const PLACE = 1 / 4;

/**
 * Keeps in the window what a reader has in sight, when it goes on elsewhere; who looks at something else is left there. It
 * looks after the frame, when all is laid out and to measure costs nothing, and moves at once: a smooth way would draw
 * many frames, and a reader who steps on would be ahead of it.
 */
export class InSight {
	readonly #bottom: () => number;
	/** Px from the beginning of the page to where it was last, and how much of it had to be seen. */
	#last = { top: NaN, need: 0 };
	#asked = false;

	/** @param bottom how far down the window things can be seen, in px from its top */
	constructor(bottom: () => number) {
		this.#bottom = bottom;
	}

	/** Looks after the next frame where the thing is; `null` when it is nowhere. */
	follow(find: () => Element | null): void {
		if (this.#asked) return;
		this.#asked = true;
		requestAnimationFrame(() => {
			setTimeout(() => {
				this.#asked = false;
				const element = find();
				if (element) this.#look(element);
			});
		});
	}

	#look(element: Element): void {
		const { scrollY } = window;
		const bottom = this.#bottom();
		const isSeen = (top: number, need: number) => top >= 0 && top + need <= bottom;
		const { top, height } = element.getBoundingClientRect();
		const need = Math.min(height, bottom * ENOUGH);
		const was = isSeen(this.#last.top - scrollY, this.#last.need);
		this.#last = { top: scrollY + top, need };
		if (was && !isSeen(top, need))
			window.scrollBy({ top: top - bottom * PLACE, behavior: 'instant' });
	}
}
