/** The plan of the course, `content/course.json`: which lessons there are to be, in which order, in which parts. */
import * as v from 'valibot';
import { slug } from './lesson';

const text = v.pipe(v.string(), v.trim(), v.nonEmpty('must not be empty'));

const planSchema = v.strictObject({
	parts: v.array(
		v.strictObject({
			id: slug,
			/** The part's name in each language. */
			name: v.strictObject({ en: text, zh: text }),
			/** Slugs, in order. A lesson that is planned and not written yet has no file in any language. */
			lessons: v.pipe(v.array(slug), v.minLength(1, 'a part has a lesson'))
		})
	),
	/** Pages of the reference, in order. */
	reference: v.array(slug),
	/**
	 * Lessons that are there without all of their form, and what each still waits for: names of sections (form.ts).
	 * Taken out as they are finished.
	 */
	unfinished: v.optional(v.record(slug, v.array(text)))
});

export type Plan = v.InferOutput<typeof planSchema>;
export type Part = Plan['parts'][number];

/**
 * Reads the plan.
 * @throws Error `course.json: WHERE: WHAT`
 */
export function readPlan(json: unknown): Plan {
	const result = v.safeParse(planSchema, json);
	if (!result.success)
		throw new Error(
			result.issues
				.map((issue) => `course.json: ${v.getDotPath(issue) ?? '(file)'}: ${issue.message}`)
				.join('\n')
		);
	const order = lessonOrder(result.output);
	const twice = order.find((one, index) => order.indexOf(one) !== index);
	if (twice) throw new Error(`course.json: ${twice} stands there twice`);
	return result.output;
}

/** All slugs of the plan, in the order of the course. */
export function lessonOrder(plan: Plan): string[] {
	return plan.parts.flatMap(({ lessons }) => lessons);
}
