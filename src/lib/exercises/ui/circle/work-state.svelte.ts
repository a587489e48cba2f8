/** A student's work on one assignment: attempts by exercise, saved at each step. */
import { SvelteMap } from 'svelte/reactivity';
import type { Assignment, Student } from '../../circle/assignment';
import { rulesOf, seedOf } from '../../circle/assignment';
import type { Template } from '../../format/make';
import { makeExercise } from '../../format/make';
import { MOST_SUBMITTED, actLength, readAct, submissionText } from '../../circle/submission';
import { readAnswer } from '../../kinds/answer';
import type { Kept } from '../../site/keep';
import { keepWork } from '../../site/keep';
import { Attempt } from '../attempt.svelte';

export type Saving = 'saved' | 'saving' | 'failed' | 'elsewhere';

/** Milliseconds after the last key press, for drafts. Acts are saved at once. */
const PATIENCE = 300;

export class WorkState {
	readonly attempts = new SvelteMap<string, Attempt>();
	saving: Saving = $state('saved');
	private readonly writer: string;
	private revision: number;
	private acts = 0;
	/** Characters of the file to hand in when nothing is done yet. */
	private readonly frame: number;
	private timer: ReturnType<typeof setTimeout> | undefined;
	private running: Promise<void> = Promise.resolve();

	constructor(
		readonly assignment: Assignment,
		readonly student: Student,
		templates: ReadonlyMap<string, Template>,
		kept: Kept | null
	) {
		this.writer = Array.from(crypto.getRandomValues(new Uint8Array(8)), (byte) =>
			byte.toString(16)
		).join('');
		this.revision = kept?.revision ?? 0;
		this.frame = submissionText(assignment, student, {}).length;
		for (const slug of assignment.exercises) {
			const template = templates.get(slug)!;
			const seed = seedOf(assignment, student, slug);
			const before = kept && Object.hasOwn(kept.work, slug) ? kept.work[slug]! : null;
			this.attempts.set(
				slug,
				new Attempt(makeExercise(template, seed), {
					rules: rulesOf(assignment),
					seed: seed ?? slug,
					acts: (before?.acts ?? []).flatMap((act) => readAct(template.kind, act) ?? []),
					draft: before?.draft ? (readAnswer(template.kind, before.draft) ?? undefined) : undefined,
					unread: before?.unread,
					hasRoom: (act) => this.length + actLength(act) <= MOST_SUBMITTED,
					onchange: () => this.changed()
				})
			);
		}
		this.acts = this.countActs();
	}

	private countActs(): number {
		return [...this.attempts.values()].reduce((sum, { acts }) => sum + acts.length, 0);
	}

	/** Characters of the file to hand in, or a few more. */
	private get length(): number {
		return [...this.attempts.values()]
			.flatMap(({ acts }) => acts)
			.reduce((sum, act) => sum + actLength(act), this.frame);
	}

	private changed(): void {
		clearTimeout(this.timer);
		const acts = this.countActs();
		if (this.saving !== 'failed' && this.saving !== 'elsewhere') this.saving = 'saving';
		if (acts !== this.acts) {
			this.acts = acts;
			void this.save();
		} else this.timer = setTimeout(() => void this.save(), PATIENCE);
	}

	/** Save now; one write after the other. */
	save(): Promise<void> {
		clearTimeout(this.timer);
		this.running = this.running.then(async () => {
			if (this.saving === 'elsewhere') return;
			const seen = this.revision;
			const outcome = await keepWork(this.kept(seen + 1), seen);
			if (outcome === 'kept') this.revision = seen + 1;
			this.saving = outcome === 'kept' ? 'saved' : outcome;
		});
		return this.running;
	}

	private kept(revision: number): Kept {
		const work = [...this.attempts].map(([slug, { acts, answer, unread }]) => [
			slug,
			{ acts, draft: answer, unread }
		]);
		const { assignment, student, writer } = this;
		return { assignment, student, writer, revision, work: Object.fromEntries(work) };
	}

	/** The file to hand in. */
	submission(): string {
		const work = [...this.attempts].map(([slug, { acts }]) => [slug, acts]);
		return submissionText(this.assignment, this.student, Object.fromEntries(work));
	}

	get solved(): number {
		return [...this.attempts.values()].filter(({ standing }) => standing.solved).length;
	}
}
