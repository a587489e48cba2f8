import type { Place } from './place';

/** Thrown where a text means nothing; caught where the next statement begins. */
export class Fault extends Error {
	constructor(
		readonly place: Place,
		message: string
	) {
		super(message);
	}
}

/** What nft takes and the kernel refuses, after it has given out handles. */
export class KernelFault extends Fault {
	constructor(
		place: Place,
		message: string,
		/** It was about an element of an anonymous set, which has its handle before. */
		readonly ofSet = false
	) {
		super(place, message);
	}
}

/** Valid nft that this project does not model. */
export function notModelled(place: Place, what: string): Fault {
	return new Fault(place, notModelledText(what));
}

/** A construct by its words in backquotes, or described (`a prefix as map data`). */
export function notModelledText(what: string): string {
	return `${/^(a|the|translation) /.test(what) ? what : `\`${what}\``} is not modelled`;
}
