/** Chance for variants: from a text, always the same. */

/** A 32-bit hash of a text (FNV-1a over its UTF-16 units, then mixed so that near texts lie far apart). */
export function hashText(text: string): number {
	let hash = 0x811c9dc5;
	for (let i = 0; i < text.length; i++) {
		const unit = text.charCodeAt(i);
		hash = Math.imul(hash ^ (unit & 0xff), 0x01000193);
		hash = Math.imul(hash ^ (unit >>> 8), 0x01000193);
	}
	return mix(hash);
}

/** splitmix32's finisher. */
function mix(value: number): number {
	let z = value >>> 0;
	z = Math.imul(z ^ (z >>> 16), 0x21f0aaad);
	z = Math.imul(z ^ (z >>> 15), 0x735a2d97);
	return (z ^ (z >>> 15)) >>> 0;
}

/** A sequence of drawn numbers (splitmix32). */
export class Random {
	private state: number;

	constructor(text: string) {
		this.state = hashText(text);
	}

	/** An unsigned 32-bit number. */
	next(): number {
		this.state = (this.state + 0x9e3779b9) >>> 0;
		return mix(this.state);
	}

	/** A whole number from 0 up to, but not including, `count`; all equally likely but for 2⁻³². */
	below(count: number): number {
		return Math.floor((this.next() / 0x100000000) * count);
	}

	/** The numbers 0 … count − 1 in a drawn order (Fisher and Yates). */
	order(count: number): number[] {
		const list = Array.from({ length: count }, (_, i) => i);
		for (let i = count - 1; i > 0; i--) {
			const j = this.below(i + 1);
			[list[i], list[j]] = [list[j]!, list[i]!];
		}
		return list;
	}
}
