/**
 * The engine's door: what Linux does with packets, in plain TypeScript. Everybody outside —
 * scenarios, the timeline, the Lab, the command line, tests, benchmarks, workers — comes in here.
 *
 * A `World` holds hosts, the wires between them, and the time and chance that come from outside.
 * Packets are put on a wire (`sendFromWire`) or originate in a host (`originate`); `stepOnce`
 * takes one of them one station further, `run` all of them to their ends. Whoever sets
 * `World.listener` is told of every step as an `EngineEvent`; with `World.journal.record(true)`
 * every change is kept as a `Change` that can be undone and redone.
 */

/** Packets as readonly values; bytes in, bytes out. */
export * from './packet';
export { SCTP_HEADER_LENGTH, chunksOf, hasRightChecksum, initiateTag } from './packet/sctp';
export type { Chunk } from './packet/sctp';

/** Reversible differences. */
export * from './journal';

/** Entries of the connection tracking table, and how `conntrack` prints them. */
export * from './conntrack/entry';
export * from './conntrack/namespace';
export { packetTuple } from './conntrack/packet-tuple';
export * from './conntrack/print';
export * from './conntrack/sctp/state';
export * from './conntrack/settings';
export { ConntrackTable } from './conntrack/table';
export { TableChange } from './conntrack/table-change';
export { ackFloor, dataFloor, segmentEnd } from './conntrack/tcp/bounds';
export * from './conntrack/tcp/state';
export {
	IGNORE as TCP_IGNORE,
	INVALID as TCP_INVALID,
	SEGMENT_KINDS,
	TRANSITIONS as TCP_TRANSITIONS,
	segmentKind
} from './conntrack/tcp/transitions';
export * from './conntrack/tuple';
export * from './conntrack/zone';

/** Both rule languages: read, changed by commands, listed, asked. */
export * from './rules';
export * from './rules/iptables';
export * from './rules/ipset';

/** A host: interfaces, routes, the hooks as lists of stations, walks. */
export * from './host/host';
export * from './host/interface';
export * from './host/routing';
export * from './host/stations';
export { Walk } from './host/walk';
export type { Phase } from './host/walk-state';

/** Hosts and wires, and what happens as it happens. */
export * from './network/events';
export * from './network/world';
