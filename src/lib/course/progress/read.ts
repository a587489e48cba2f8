/** Reading what was kept or exported: fetched where there is something to read. */
import * as v from 'valibot';
import { issueMessage } from '$lib/scenario/issue';
import { slug } from '../lesson';
import type { Progress } from './record';

const lessonSchema = v.strictObject({
	read: v.optional(v.boolean()),
	predicted: v.optional(v.record(slug, v.picklist(['right', 'wrong'])), {}),
	repaired: v.optional(v.array(slug), [])
});

const recordSchema = v.strictObject({
	version: v.literal(1, 'expected 1, the only version there is'),
	lessons: v.record(slug, lessonSchema)
});

/** Where something is wrong (empty: with all of it), and what. */
export interface Problem {
	readonly path: string;
	readonly message: string;
}

export type ReadProgress =
	| { readonly ok: true; readonly progress: Progress }
	| { readonly ok: false; readonly problem: Problem };

/** No file of one's own progress is larger. */
const MOST = 1 << 20;

const wrong = (path: string, message: string): ReadProgress => ({
	ok: false,
	problem: { path, message }
});

/** Reads what was kept or exported; never throws. */
export function readProgress(text: string): ReadProgress {
	if (text.length > MOST)
		return wrong('', `longer than ${MOST.toLocaleString('en-US')} characters, and not opened here`);
	let json: unknown;
	try {
		json = JSON.parse(text);
	} catch {
		return wrong('', 'this is not JSON');
	}
	const result = v.safeParse(recordSchema, json);
	if (result.success) return { ok: true, progress: result.output };
	const [issue] = result.issues;
	return wrong(v.getDotPath(issue) ?? '', issueMessage(issue));
}
