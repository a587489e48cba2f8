/** What a reader has done, as it is kept and as it is exported. Pure: no storage here. */

export interface LessonRecord {
	/** The end was reached, or the reader said so; false where the reader took it back. */
	read?: boolean | undefined;
	/** Questions by id, as they were answered first. */
	predicted: Record<string, 'right' | 'wrong'>;
	/** Repairs that were solved, by the exercise's slug. */
	repaired: string[];
}

export interface Progress {
	version: 1;
	lessons: Record<string, LessonRecord>;
}

export const nothingDone: Progress = { version: 1, lessons: {} };

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
