/** What a student gives, one form for each kind, and its bounds. */
import * as v from 'valibot';
import type { Changes } from '../format/changes';
import type { Kind } from '../format/exercise';

/** One value for each question: the place of a choice in the file, or a text; `null` where there is none yet. */
export interface Answers {
	readonly answers: readonly (number | string | null)[];
}
export interface TraceAnswer {
	/** Stations in order. */
	readonly order: readonly string[];
	/** Field → the station that rewrites it, or an empty text for "nowhere". */
	readonly rewrites: Readonly<Record<string, string>>;
}
export interface FillInAnswer {
	/** `0.reply.src` → text: the line's number, from 0, and the field. */
	readonly cells: Readonly<Record<string, string>>;
}
export interface RepairAnswer {
	/** Whole texts; sysctls by name; whole lists of routes. */
	readonly changes: Changes;
}
export interface ConstructAnswer {
	/** Actions by id, in order. */
	readonly actions: readonly string[];
}

export type Answer = Answers | TraceAnswer | FillInAnswer | RepairAnswer | ConstructAnswer;

/** Longest text of one host's rules in one language. */
export const LONGEST_RULES = 16_384;

const short = v.pipe(v.string(), v.maxLength(200));
const rules = v.optional(v.pipe(v.string(), v.maxLength(LONGEST_RULES)));
/** A record of at most so many; a file's `__proto__` is a key like any other, and no key of ours. */
const few = <T extends v.GenericSchema>(value: T, most: number) =>
	v.pipe(
		v.record(
			v.pipe(
				v.string(),
				v.maxLength(100),
				v.check((key) => key !== '__proto__' && key !== 'constructor' && key !== 'prototype')
			),
			value
		),
		v.check((record) => Object.keys(record).length <= most, `expected ${most} at most`)
	);

const answers = v.strictObject({
	answers: v.pipe(
		v.array(v.nullable(v.union([v.pipe(v.number(), v.integer()), short]))),
		v.maxLength(40)
	)
});

/** What an answer of each kind may look like: strict, and bounded in all its parts. */
export const answerSchemas: Readonly<Record<Kind, v.GenericSchema<unknown, Answer>>> = {
	predict: answers,
	diagnose: answers,
	trace: v.strictObject({
		order: v.pipe(v.array(short), v.maxLength(40)),
		rewrites: few(short, 10)
	}),
	'fill-in': v.strictObject({ cells: few(short, 400) }),
	repair: v.strictObject({
		changes: few(
			v.strictObject({
				nft: rules,
				iptables: rules,
				ipset: rules,
				sysctl: v.optional(few(v.union([v.number(), short]), 40)),
				routes: v.optional(
					v.pipe(
						v.array(v.strictObject({ to: short, via: v.optional(short), dev: v.optional(short) })),
						v.maxLength(40)
					)
				)
			}),
			12
		)
	}) as unknown as v.GenericSchema<unknown, Answer>,
	construct: v.strictObject({ actions: v.pipe(v.array(short), v.maxLength(60)) })
};

/** Read an answer of a kind; `null` for anything that is none. */
export function readAnswer(kind: Kind, json: unknown): Answer | null {
	const result = v.safeParse(answerSchemas[kind], json);
	return result.success ? result.output : null;
}
