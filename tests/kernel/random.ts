/** A small generator of random numbers that gives the same ones for the same seed (mulberry32). */
export class Random {
	#state: number;

	constructor(seed: number) {
		this.#state = seed >>> 0;
	}

	/** A number of 32 bits. */
	next(): number {
		this.#state = (this.#state + 0x6d2b79f5) >>> 0;
		let mixed = this.#state;
		mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
		mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
		return (mixed ^ (mixed >>> 14)) >>> 0;
	}

	/** A whole number from 0 to `below` − 1. */
	below(below: number): number {
		return Math.floor((this.next() / 2 ** 32) * below);
	}

	/** True with this probability. */
	chance(probability: number): boolean {
		return this.next() / 2 ** 32 < probability;
	}

	/** One of several. */
	pick<T>(choices: readonly T[]): T {
		return choices[this.below(choices.length)]!;
	}

	/** Several of several, in their order; each at most once. */
	some<T>(choices: readonly T[], atMost: number): T[] {
		const count = this.below(Math.min(atMost, choices.length) + 1);
		const left = [...choices.keys()];
		const taken = Array.from({ length: count }, () => left.splice(this.below(left.length), 1)[0]!);
		return taken.sort((one, other) => one - other).map((index) => choices[index]!);
	}

	/** None to `most` of what is made. */
	upTo<T>(most: number, make: () => T): T[] {
		return Array.from({ length: this.below(most + 1) }, make);
	}

	/** As many as `count` of several, in any order, each as often as it comes. */
	draw<T>(choices: readonly T[], count: number): T[] {
		return Array.from({ length: count }, () => this.pick(choices));
	}

	/** One of several, by weight. */
	weighted<T>(choices: readonly (readonly [number, T])[]): T {
		let at = this.below(choices.reduce((sum, [weight]) => sum + weight, 0));
		for (const [weight, choice] of choices) {
			if (at < weight) return choice;
			at -= weight;
		}
		throw new Error('no choices');
	}
}
