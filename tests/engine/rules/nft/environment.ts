import { Journal } from '../../../../src/lib/engine/journal';
import type { NftEnvironment } from '../../../../src/lib/engine/rules';

/** A host's counters for handles and registrations, from 1. */
export function environment(more: Partial<NftEnvironment> = {}): NftEnvironment {
	let handle = 0;
	let registration = 0;
	return {
		nextHandle: () => ++handle,
		nextRegistration: () => ++registration,
		journal: new Journal(),
		now: 0,
		...more
	};
}
