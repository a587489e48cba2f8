/** The exercise file's schema, from which the published JSON Schema is made as well. */
import * as v from 'valibot';
import { GRADES } from './exercise';
import {
	changes,
	condition,
	entryMatch,
	goal,
	name,
	packet,
	part,
	step,
	steps,
	words
} from './schema-parts';

const slug = v.pipe(
	v.string(),
	v.regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'a slug: small letters, digits and single hyphens')
);

const variants = v.strictObject({
	values: v.optional(
		v.record(name, v.union([v.string(), v.array(v.union([v.string(), v.number()]))]))
	),
	cases: v.optional(v.pipe(v.array(v.record(name, v.unknown())), v.minLength(1)))
});

const common = {
	$schema: v.optional(v.string()),
	version: v.literal(1, 'expected 1, the only version there is'),
	grade: v.picklist(GRADES),
	lesson: v.optional(slug),
	title: words,
	text: words,
	scenario: v.union([slug, v.looseObject({})]),
	start: v.optional(changes),
	steps: v.optional(steps),
	host: v.optional(name),
	hints: v.optional(v.array(words)),
	explain: v.optional(words),
	variants: v.optional(variants)
};

const choice = v.strictObject({
	text: words,
	holds: v.optional(v.array(condition)),
	fix: v.optional(changes),
	correct: v.optional(v.boolean()),
	why: v.optional(words)
});

const probe = v.union([
	v.strictObject({ packet: v.strictObject({ at: name, step, field: name }) }),
	v.strictObject({
		entry: v.strictObject({
			on: name,
			step: v.optional(step),
			match: v.optional(entryMatch),
			field: name
		})
	}),
	v.strictObject({ entries: v.strictObject({ on: name, step: v.optional(step) }) }),
	v.strictObject({ stat: v.strictObject({ on: name, name, step: v.optional(step) }) })
]);

const questions = v.pipe(
	v.array(
		v.union([
			v.strictObject({
				ask: words,
				choices: v.pipe(v.array(choice), v.minLength(2), v.maxLength(12))
			}),
			v.strictObject({ ask: words, value: probe })
		])
	),
	v.minLength(1)
);

const actionStep = v.union([
	v.strictObject({
		send: v.strictObject({
			from: name,
			packet,
			replyTo: v.optional(v.union([name, step])),
			innerFrom: v.optional(v.union([name, step])),
			hold: v.optional(
				v.strictObject({ on: name, hook: v.picklist(['input', 'forward', 'output']) })
			)
		})
	}),
	v.strictObject({ release: v.union([name, step]) }),
	v.strictObject({ advance: v.pipe(v.number(), v.minValue(0), v.maxValue(1e9)) }),
	v.strictObject({ run: v.strictObject({ on: name, command: name }) })
]);

/** The schema of each kind. */
export const schemas = {
	predict: v.strictObject({
		...common,
		kind: v.literal('predict'),
		questions,
		goals: v.optional(v.array(goal))
	}),
	diagnose: v.strictObject({
		...common,
		kind: v.literal('diagnose'),
		evidence: v.array(
			v.strictObject({
				show: v.picklist(['events', 'table', 'trace', 'arrivals', 'rules', 'stats']),
				on: name,
				step: v.optional(step)
			})
		),
		questions,
		goals: v.optional(v.array(goal))
	}),
	trace: v.strictObject({
		...common,
		kind: v.literal('trace'),
		trace: v.strictObject({
			on: name,
			step,
			stations: v.pipe(v.array(name), v.minLength(2), v.maxLength(20)),
			rewrites: v.optional(v.array(v.picklist(['src', 'dst', 'sport', 'dport', 'id'])))
		})
	}),
	'fill-in': v.strictObject({
		...common,
		kind: v.literal('fill-in'),
		table: v.strictObject({
			on: name,
			step: v.optional(step),
			blanks: v.pipe(v.array(name), v.minLength(1))
		})
	}),
	repair: v.strictObject({
		...common,
		kind: v.literal('repair'),
		change: v.record(name, v.pipe(v.array(part), v.minLength(1))),
		goals: v.pipe(v.array(goal), v.minLength(1)),
		hidden: v.optional(
			v.array(
				v.strictObject({
					title: v.optional(words),
					steps,
					goals: v.pipe(v.array(goal), v.minLength(1))
				})
			)
		),
		solution: v.optional(changes)
	}),
	construct: v.strictObject({
		...common,
		kind: v.literal('construct'),
		actions: v.pipe(
			v.array(v.strictObject({ id: slug, label: words, step: actionStep })),
			v.minLength(1),
			v.maxLength(24)
		),
		most: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(60))),
		goals: v.pipe(v.array(goal), v.minLength(1)),
		solution: v.pipe(v.array(slug), v.minLength(1))
	})
} as const;

/** Any exercise file. */
export const exerciseSchema = v.variant('kind', [
	schemas.predict,
	schemas.diagnose,
	schemas.trace,
	schemas['fill-in'],
	schemas.repair,
	schemas.construct
]);
