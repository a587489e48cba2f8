/** ipsets: created and filled by texts and commands, asked by rules. */
import { NO_IPSETS, type IpSets } from './set';

export { changeByPacket } from './by-packet';
export {
	applyIpset,
	ipsetReferences,
	runIpsetCommand,
	type IpSetCommandEnvironment,
	type IpSetCommandResult,
	type IpSetTextResult
} from './run';
export { findSet, NO_IPSETS, type IpSet, type IpSetElement, type IpSets } from './set';
export { ipsetView } from './view';

/** A host's sets before any was created. */
export function emptyIpSets(): IpSets {
	return NO_IPSETS;
}
