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

/** Valid nft that this project does not model. */
export function notModelled(place: Place, what: string): Fault {
	return new Fault(place, `\`${what}\` is not modelled`);
}
