/** Px below the beginning of something: seen is what shows at least so much, or begins further up. */
const SHOWN = 40;

/** Keeps in the window what a reader has in sight, when it goes on elsewhere: who looks at something else is left there. */
export class InSight {
	readonly #observer: IntersectionObserver;
	#watched: Element | null = null;
	#seen = false;
	/** Where it is has not been told since it went there. */
	#moved = false;

	/** @param covered px at the window's lower edge that something else lies over */
	constructor(covered: number) {
		this.#observer = new IntersectionObserver((entries) => this.#told(entries), {
			rootMargin: `0px 0px -${covered + SHOWN}px 0px`
		});
	}

	/** What is kept in sight is this from now on. */
	watch(element: Element): void {
		if (element === this.#watched) return;
		this.#observer.disconnect();
		this.#watched = element;
		this.#moved = true;
		this.#observer.observe(element);
	}

	stop(): void {
		this.#observer.disconnect();
	}

	#told(entries: readonly IntersectionObserverEntry[]): void {
		const isSeen = entries.at(-1)!.isIntersecting;
		const isLost = this.#moved && this.#seen && !isSeen;
		this.#moved = false;
		if (!isLost) this.#seen = isSeen;
		else
			this.#watched!.scrollIntoView({
				block: 'center',
				inline: 'nearest',
				behavior: matchMedia('(prefers-reduced-motion: reduce)').matches ? 'auto' : 'smooth'
			});
	}
}
