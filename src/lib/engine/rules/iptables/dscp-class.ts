import type { GivenOptions } from './extension';
import { DSCP_CLASSES } from './names';

/** The six bits of the class that an option names. */
export function dscpClass(given: GivenOptions, option: string): number {
	const value = DSCP_CLASSES[given.text(option)!.toUpperCase()];
	if (value === undefined)
		throw given.refusal('expected a class (CS0 to CS7, BE, AF11 to AF43, EF)', option);
	return value;
}
