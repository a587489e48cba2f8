/** The reader's progress, kept in this browser. Where storage is closed or full, it lives as long as the page does. */
import { getContext, setContext } from 'svelte';
import {
	lessonRecord,
	merged,
	nothingDone,
	withLesson,
	writeProgress,
	type LessonRecord,
	type Progress
} from './record';
import type { Problem, ReadProgress } from './read';

const KEY = 'conntrack-lab:progress';
/** What could not be read is put aside here, and never overwritten. */
const ASIDE = 'conntrack-lab:progress-unread';

let read: ((text: string) => ReadProgress) | null = null;

/** What is not of this page is read with the schema, which a reader who begins need not fetch. */
async function fetchReader(): Promise<void> {
	read ??= (await import('./read')).readProgress;
}

if (import.meta.env.MODE === 'test') await fetchReader();

class ProgressStore {
	/** What this page wrote last. */
	private own: { readonly text: string; readonly progress: Progress } | null = null;

	private progress: Progress = $state.raw(nothingDone);
	/** Whether storage has been looked at: before that, nothing is shown of it. */
	loaded = $state(false);
	/** Whether the last change could be kept. */
	kept = $state(true);
	/** What was found in storage and could not be read: its text, to be saved by the reader, and what is wrong. */
	unread: { readonly text: string; readonly problem: Problem | null } | null = $state.raw(null);

	get all(): Progress {
		return this.progress;
	}

	lesson(slug: string): LessonRecord {
		return lessonRecord(this.progress, slug);
	}

	/** Looks into storage. Call in the browser; more than once does no harm. */
	load(): void {
		this.whenReadable(() => {
			this.progress = this.known();
			this.loaded = true;
		});
	}

	/** Does what looks into storage: at once, or when what can read it is here. */
	private whenReadable(todo: () => void, otherwise?: () => void): void {
		if (read || !this.isForeign()) todo();
		else
			void fetchReader().then(todo, () => {
				// Not to be read is not to be written over.
				this.kept = false;
				this.loaded = true;
				otherwise?.();
			});
	}

	/** Whether storage has something that this page did not write. */
	private isForeign(): boolean {
		try {
			const text = localStorage.getItem(KEY);
			return localStorage.getItem(ASIDE) !== null || (text !== null && text !== this.own?.text);
		} catch {
			return false;
		}
	}

	/** Changes a lesson's record, on top of what another tab may have kept meanwhile. */
	change(slug: string, change: (record: LessonRecord) => LessonRecord): void {
		this.whenReadable(
			() => this.keep(withLesson(this.known(), slug, change)),
			() => {
				this.progress = withLesson(this.progress, slug, change);
			}
		);
	}

	/** Takes in what was exported, beside what is there. */
	add(other: Progress): void {
		this.whenReadable(() => this.keep(merged(this.known(), other)));
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
			const text = writeProgress(progress);
			localStorage.setItem(KEY, text);
			this.own = { text, progress };
			this.kept = true;
		} catch {
			this.kept = false;
		}
	}

	/** What storage has, and what the page holds where storage would not take it. */
	private known(): Progress {
		return this.kept ? this.stored() : merged(this.progress, this.stored());
	}

	/** What storage has. What is broken is put aside, so that the next change does not write over it. */
	private stored(): Progress {
		try {
			const aside = localStorage.getItem(ASIDE);
			if (aside !== null) this.unread = { text: aside, problem: problemOf(aside) };
			const text = localStorage.getItem(KEY);
			if (text === null) return this.kept ? nothingDone : this.progress;
			if (text === this.own?.text) return this.own.progress;
			const found = read?.(text) ?? { ok: false, problem: null };
			if (found.ok) return found.progress;
			const together = aside === null ? text : `${aside}\n${text}`;
			this.unread = { text: together, problem: found.problem };
			localStorage.setItem(ASIDE, together);
			localStorage.removeItem(KEY);
			return nothingDone;
		} catch {
			this.kept = false;
			return this.progress;
		}
	}
}

function problemOf(text: string): Problem | null {
	const found = read?.(text);
	return found && !found.ok ? found.problem : null;
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
