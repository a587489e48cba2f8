/** The exercise file, version 1. `docs/exercises.md` tells of each field with examples. */
import type { PacketJson } from '../../scenario/packet-json';
import type { Hold, Scenario, Step } from '../../scenario/scenario';
import type { Changes, Part } from './changes';
import type { Condition, EntryMatch, Goal } from './goal';
import type { Words } from './words';

export const KINDS = ['predict', 'trace', 'fill-in', 'repair', 'construct', 'diagnose'] as const;
export type Kind = (typeof KINDS)[number];
export const GRADES = [1, 2, 3] as const;
export type Grade = (typeof GRADES)[number];

/** How the variants of an exercise differ. */
export interface Variants {
	/**
	 * What is drawn, and out of what: `"198.51.100.10": "198.51.100.10-198.51.100.99"`. The key is an address, the
	 * beginning of one (`10.0.0`: a network of 24 bits), or a port, and stands for itself wherever it occurs in
	 * the exercise and in its scenario; a key that is a name is put in place of `{{name}}`. The value is a range or a
	 * list to choose from.
	 */
	readonly values?: Readonly<Record<string, string | readonly (string | number)[]>> | undefined;
	/** Ways the exercise can be; one is drawn, and its values are put in place of `{{name}}`. */
	readonly cases?: readonly Readonly<Record<string, unknown>>[] | undefined;
}

interface Common {
	readonly version: 1;
	readonly grade: Grade;
	/** The lesson it belongs to, by slug. */
	readonly lesson?: string | undefined;
	readonly title: Words;
	/** The task. Paragraphs are parted by empty lines, code stands in backticks. */
	readonly text: Words;
	/** A file of content/scenarios by its name, or a scenario in place. */
	readonly scenario: Scenario;
	/** What is other than in the scenario at the start: what is broken. */
	readonly start?: Changes | undefined;
	/** Steps in place of the scenario's own. */
	readonly steps?: readonly Step[] | undefined;
	/** The Linux host whose inside is shown first. */
	readonly host?: string | undefined;
	/** Given one at a time, after a mistake each. */
	readonly hints?: readonly Words[] | undefined;
	/** Why it is so; shown once it is solved. */
	readonly explain?: Words | undefined;
	readonly variants?: Variants | undefined;
}

export interface Choice {
	readonly text: Words;
	/** It is right if all of this holds after the run … */
	readonly holds?: readonly Condition[] | undefined;
	/** … or if these changes make all the exercise's goals hold … */
	readonly fix?: Changes | undefined;
	/** … or because it is said here, where the engine cannot know. */
	readonly correct?: boolean | undefined;
	/** Said to whoever chose it. */
	readonly why?: Words | undefined;
}

/** A value that the engine works out. */
export type Probe =
	/** A field (`ip.src`, `tcp.dport`) of the first packet that arrives there in this step. */
	| { readonly packet: { readonly at: string; readonly step: number; readonly field: string } }
	/** A field (`reply.dst`, `state`, `seconds`) of the one entry that looks so after this step. */
	| {
			readonly entry: {
				readonly on: string;
				readonly step?: number | undefined;
				readonly match?: EntryMatch | undefined;
				readonly field: string;
			};
	  }
	/** How many entries the table has. */
	| { readonly entries: { readonly on: string; readonly step?: number | undefined } }
	/** A number of `conntrack -S`. */
	| { readonly stat: { readonly on: string; readonly name: string; readonly step?: number } };

export type Question =
	| { readonly ask: Words; readonly choices: readonly Choice[] }
	| { readonly ask: Words; readonly value: Probe };

/** What a diagnosis goes by. */
export interface Evidence {
	readonly show: 'events' | 'table' | 'trace' | 'arrivals' | 'rules' | 'stats';
	/** The host; for arrivals, the wire host's interface. */
	readonly on: string;
	/** After this step; for a trace and arrivals, in it. Absent: after the last; in all. */
	readonly step?: number | undefined;
}

export interface Predict extends Common {
	readonly kind: 'predict';
	readonly questions: readonly Question[];
	readonly goals?: readonly Goal[] | undefined;
}

export interface Diagnose extends Common {
	readonly kind: 'diagnose';
	readonly evidence: readonly Evidence[];
	readonly questions: readonly Question[];
	/** What has to hold once it is mended, for choices with a `fix`. */
	readonly goals?: readonly Goal[] | undefined;
}

export interface Trace extends Common {
	readonly kind: 'trace';
	readonly trace: {
		readonly on: string;
		readonly step: number;
		/** Stations to choose from, as `hook/name` or `routing`. Those that do nothing with the packet are to be left out. */
		readonly stations: readonly string[];
		/** Fields of which the student says where they are rewritten. */
		readonly rewrites?: readonly string[] | undefined;
	};
}

export interface FillIn extends Common {
	readonly kind: 'fill-in';
	readonly table: {
		readonly on: string;
		/** The table after this step; absent: after the last. */
		readonly step?: number | undefined;
		/** Fields to fill in on each line: `protocol`, `state`, `original.src`, `reply.dport`, `flags` … */
		readonly blanks: readonly string[];
	};
}

/** A case that is run when work is checked: other packets in the same network. */
export interface HiddenCase {
	readonly title?: Words | undefined;
	readonly steps: readonly Step[];
	readonly goals: readonly Goal[];
}

export interface Repair extends Common {
	readonly kind: 'repair';
	/** What may be changed, by host. */
	readonly change: Readonly<Record<string, readonly Part[]>>;
	readonly goals: readonly Goal[];
	readonly hidden?: readonly HiddenCase[] | undefined;
	/** Changes that mend it. Absent: the scenario as it is without `start`. */
	readonly solution?: Changes | undefined;
}

/** A packet as an action sends it: the steps it refers to are named by the actions that make them. */
export type ActionStep =
	| {
			readonly send: {
				readonly from: string;
				readonly packet: PacketJson;
				/** An action, or a step of the scenario; the last time it was done. */
				readonly replyTo?: string | number | undefined;
				readonly innerFrom?: string | number | undefined;
				readonly hold?: Hold | undefined;
			};
	  }
	| { readonly release: string | number }
	| { readonly advance: number }
	| { readonly run: { readonly on: string; readonly command: string } };

export interface Action {
	readonly id: string;
	readonly label: Words;
	readonly step: ActionStep;
}

export interface Construct extends Common {
	readonly kind: 'construct';
	readonly actions: readonly Action[];
	/** How many actions may be done at most; absent: 20. */
	readonly most?: number | undefined;
	readonly goals: readonly Goal[];
	/** Actions by id, in order. */
	readonly solution: readonly string[];
}

/** An exercise with its scenario in place and everything drawn: what is shown, run and checked. */
export type Exercise = Predict | Diagnose | Trace | FillIn | Repair | Construct;

/** At most so many actions where the file does not say. */
export const MOST_ACTIONS = 20;

/** Something wrong with an exercise file: where (`goals[0].entry.on`) and what. */
export interface ExerciseError {
	readonly path: string;
	readonly message: string;
}
