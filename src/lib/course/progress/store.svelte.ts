/** The reader's progress, kept in this browser. Where storage is closed or full, it lives as long as the page does. */
import { getContext, setContext } from 'svelte';
import {
	lessonRecord,
	merged,
	nothingDone,
	readProgress,
	withLesson,
	writeProgress,
	type LessonRecord,
	type Progress
} from './record';

const KEY = 'conntrack-lab:progress';
/** What could not be read is put aside here, and never overwritten. */
const ASIDE = 'conntrack-lab:progress-unread';

class ProgressStore {
	private progress: Progress = $state.raw(nothingDone);
	/** Whether storage has been looked at: before that, nothing is shown of it. */
	loaded = $state(false);
	/** Whether the last change could be kept. */
	kept = $state(true);
	/** What was found in storage and could not be read: its text, to be saved by the reader, and what is wrong. */
	unread: { readonly text: string; readonly problem: string } | null = $state.raw(null);

	get all(): Progress {
		return this.progress;
	}

	lesson(slug: string): LessonRecord {
		return lessonRecord(this.progress, slug);
	}

	/** Looks into storage. Call in the browser; more than once does no harm. */
	load(): void {
		this.progress = merged(this.stored(), this.kept ? nothingDone : this.progress);
		this.loaded = true;
	}

	/** Changes a lesson's record, on top of what another tab may have kept meanwhile. */
	change(slug: string, change: (record: LessonRecord) => LessonRecord): void {
		const base = this.kept ? this.stored() : merged(this.progress, this.stored());
		this.keep(withLesson(base, slug, change));
	}

	/** Takes in what was exported, beside what is there. */
	add(other: Progress): void {
		this.keep(merged(this.stored(), other));
	}

	/** Forgets everything, also what could not be read. */
	wipe(): void {
		this.progress = nothingDone;
		this.unread = null;
		this.loaded = true;
		try {
			localStorage.removeItem(KEY);
			localStorage.removeItem(ASIDE);
			this.kept = true;
		} catch {
			this.kept = false;
		}
	}

	private keep(progress: Progress): void {
		this.progress = progress;
		this.loaded = true;
		try {
			localStorage.setItem(KEY, writeProgress(progress));
			this.kept = true;
		} catch {
			this.kept = false;
		}
	}

	/** What storage has. What is broken is put aside, so that the next change does not write over it. */
	private stored(): Progress {
		try {
			const aside = localStorage.getItem(ASIDE);
			if (aside !== null) this.unread = { text: aside, problem: problemOf(aside) };
			const text = localStorage.getItem(KEY);
			if (text === null) return this.kept ? nothingDone : this.progress;
			const read = readProgress(text);
			if (read.ok) return read.progress;
			const together = aside === null ? text : `${aside}\n${text}`;
			this.unread = { text: together, problem: read.problem };
			localStorage.setItem(ASIDE, together);
			localStorage.removeItem(KEY);
			return nothingDone;
		} catch {
			this.kept = false;
			return this.progress;
		}
	}
}

function problemOf(text: string): string {
	const read = readProgress(text);
	return read.ok ? '' : read.problem;
}

/** One for all components of the page. Only ever changed in the browser. */
export const progress = new ProgressStore();

const LESSON = Symbol('lesson');

/** Says, for all components below, which lesson they stand in. */
export function provideLessonSlug(slug: string): void {
	setContext(LESSON, slug);
}

/** Notes something done in the lesson that a component stands in; does nothing outside of one. Call while setting up. */
export function useLessonProgress(): {
	predicted(question: string, right: boolean): void;
	repaired(exercise: string): void;
} {
	const slug = getContext<string | undefined>(LESSON);
	return {
		predicted(question, right) {
			if (slug === undefined || Object.hasOwn(progress.lesson(slug).predicted, question)) return;
			progress.change(slug, (record) =>
				Object.hasOwn(record.predicted, question)
					? record
					: { ...record, predicted: { ...record.predicted, [question]: right ? 'right' : 'wrong' } }
			);
		},
		repaired(exercise) {
			if (slug === undefined) return;
			progress.change(slug, (record) => ({
				...record,
				repaired: record.repaired.includes(exercise)
					? record.repaired
					: [...record.repaired, exercise]
			}));
		}
	};
}
