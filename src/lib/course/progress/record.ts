/** What a reader has done, as it is kept and as it is exported. Pure: no storage here. */
import * as v from 'valibot';
import { slug } from '../lesson';

const lessonSchema = v.strictObject({
	/** The end was reached, or the reader said so; false where the reader took it back. */
	read: v.optional(v.boolean()),
	/** Questions by id, as they were answered first. */
	predicted: v.optional(v.record(slug, v.picklist(['right', 'wrong'])), {}),
	/** Repairs that were solved, by the exercise's slug. */
	repaired: v.optional(v.array(slug), [])
});

const recordSchema = v.strictObject({
	version: v.literal(1, 'expected 1, the only version there is'),
	lessons: v.record(slug, lessonSchema)
});

export type LessonRecord = v.InferOutput<typeof lessonSchema>;
export type Progress = v.InferOutput<typeof recordSchema>;

export const nothingDone: Progress = { version: 1, lessons: {} };

export type ReadProgress =
	| { readonly ok: true; readonly progress: Progress }
	| { readonly ok: false; readonly problem: string };

/** No file of one's own progress is larger. */
const MOST = 1 << 20;

/** Reads what was kept or exported; never throws. */
export function readProgress(text: string): ReadProgress {
	if (text.length > MOST) return { ok: false, problem: `more than ${MOST} characters` };
	let json: unknown;
	try {
		json = JSON.parse(text);
	} catch {
		return { ok: false, problem: 'not JSON' };
	}
	const result = v.safeParse(recordSchema, json);
	if (result.success) return { ok: true, progress: result.output };
	const [issue] = result.issues;
	return { ok: false, problem: `${v.getDotPath(issue) ?? '(file)'}: ${issue.message}` };
}

/** As it is kept and exported. */
export function writeProgress(progress: Progress): string {
	return JSON.stringify(progress, null, '\t');
}

/** A lesson's record, empty where nothing is known. */
export function lessonRecord({ lessons }: Progress, slug: string): LessonRecord {
	return Object.hasOwn(lessons, slug) ? lessons[slug]! : { predicted: {}, repaired: [] };
}

/** With one lesson's record changed. */
export function withLesson(
	progress: Progress,
	slug: string,
	change: (record: LessonRecord) => LessonRecord
): Progress {
	const lessons = { ...progress.lessons, [slug]: change(lessonRecord(progress, slug)) };
	return { ...progress, lessons };
}

/** Both together: nothing that either says was done is lost; of two first answers, the one of `mine` stays. */
export function merged(mine: Progress, other: Progress): Progress {
	const lessons: Record<string, LessonRecord> = { ...mine.lessons };
	for (const [slug, theirs] of Object.entries(other.lessons)) {
		const ours = lessonRecord(mine, slug);
		const read = ours.read || theirs.read ? true : (ours.read ?? theirs.read);
		lessons[slug] = {
			...(read === undefined ? {} : { read }),
			predicted: { ...theirs.predicted, ...ours.predicted },
			repaired: [...new Set([...ours.repaired, ...theirs.repaired])]
		};
	}
	return { version: 1, lessons };
}
