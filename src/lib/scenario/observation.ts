/** What a run gives: the same form on the engine and on a kernel. */
import type { PacketJson } from './packet-json';

export interface TraceLine {
	readonly table: string;
	readonly chain: string;
	readonly rule?: number;
	readonly verdict?: string;
	readonly policy?: string;
}

export interface HostObservation {
	readonly events: readonly string[];
	readonly table: readonly string[];
	readonly trace: readonly TraceLine[];
}

export interface StepObservation {
	readonly skipped?: true;
	readonly exit?: number;
	readonly stdout?: readonly string[];
	readonly out?: readonly { readonly at: string; readonly packet: PacketJson }[];
	readonly hosts?: Readonly<Record<string, HostObservation>>;
}

export interface Observation {
	readonly kernel?: string;
	readonly steps: readonly StepObservation[];
}
