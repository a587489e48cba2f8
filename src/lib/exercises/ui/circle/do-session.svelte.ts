/** What a student's page is at: which assignment, whose work, and what is here of it already. */
import type { Assignment, ReadAssignment, Student } from '../../circle/assignment';
import { sameAssignment, studentKey } from '../../circle/assignment';
import type { Template } from '../../format/make';
import { allWork, forgetWork, recallWork, type Kept } from '../../site/keep';
import { templatesOf } from '../../site/marking';
import type { ChosenFile } from './file-chosen';
import { WorkState } from './work-state.svelte';

export type Stage =
	| { readonly at: 'choose' }
	| { readonly at: 'who'; readonly as?: Student }
	/** More than one have worked on it on this machine. */
	| { readonly at: 'whose'; readonly list: readonly Kept[] }
	/** Work under the same assignment in another form is here already. */
	| { readonly at: 'clash'; readonly kept: Kept }
	| { readonly at: 'work'; readonly work: WorkState };

type Refused<T> = Extract<T, { readonly ok: false }>;

/** Why an assignment cannot be opened. */
export type Unopened =
	| Pick<Refused<ReadAssignment> | Refused<ChosenFile>, 'why'>
	/** This site has no such exercise. */
	| { readonly why: 'exercise'; readonly slug: string }
	/** The exercises could not be fetched. */
	| { readonly why: 'fetch' };

const isSame = (a: Student, b: Student): boolean => studentKey(a) === studentKey(b);

export class DoSession {
	stage: Stage = $state.raw({ at: 'choose' });
	wrong: Unopened | null = $state.raw(null);
	/** The one that is open. */
	assignment: Assignment | null = $state.raw(null);
	/** All work on this machine; `null` until that is known. */
	here: readonly Kept[] | null = $state.raw(null);
	/** The browser keeps nothing. */
	forbidden = $state(false);
	/** Those of its exercises. */
	private templates: ReadonlyMap<string, Template> | null = null;
	/** Of what is here, the work on the assignment that is open. */
	private known: readonly Kept[] = [];

	get work(): WorkState | null {
		return this.stage.at === 'work' ? this.stage.work : null;
	}

	async lookAround(): Promise<void> {
		this.here = await allWork();
	}

	/** @param mine whose work it is, where that is known */
	async open(read: ReadAssignment, mine?: Kept): Promise<void> {
		this.wrong = null;
		if (!read.ok) {
			this.wrong = read;
			return;
		}
		const { assignment } = read;
		let found: Map<string, Template>;
		try {
			found = await templatesOf(assignment);
		} catch {
			this.wrong = { why: 'fetch' };
			return;
		}
		const missing = assignment.exercises.find((slug) => !found.has(slug));
		if (missing) {
			this.wrong = { why: 'exercise', slug: missing };
			return;
		}
		await this.work?.save();
		this.assignment = assignment;
		this.templates = found;
		await this.recall(assignment);
		const { known } = this;
		const [only] = mine ? known.filter(({ student }) => isSame(student, mine.student)) : known;
		if (!only) this.stage = { at: 'who' };
		else if (mine || known.length === 1) this.take(only);
		else this.stage = { at: 'whose', list: known };
	}

	private async recall({ id }: Assignment): Promise<void> {
		const kept = await recallWork(id);
		this.forbidden = kept === 'forbidden';
		this.known = kept === 'forbidden' ? [] : kept;
	}

	/** Go on with work that is here, unless it was begun under other rules. */
	take(kept: Kept): void {
		if (sameAssignment(kept.assignment, this.assignment!)) this.begin(kept.student, kept);
		else this.stage = { at: 'clash', kept };
	}

	/** Go on with it as the assignment was then. */
	goOn(kept: Kept): Promise<void> {
		return this.open({ ok: true, assignment: kept.assignment }, kept);
	}

	/** Whoever says so begins, or goes on with what is theirs. */
	start(student: Student): void {
		const before = this.known.find((kept) => isSame(kept.student, student));
		if (before) this.take(before);
		else this.begin(student, null);
	}

	private begin(student: Student, kept: Kept | null): void {
		const work = new WorkState(this.assignment!, student, this.templates!, kept);
		this.stage = { at: 'work', work };
		void work.save();
	}

	/** Whoever sits here now is not the one whose work it is; that stays as it is. */
	async somebodyElse(): Promise<void> {
		const { work } = this;
		await work?.save();
		// What cannot be kept is not left.
		if (work?.saving === 'failed') return;
		await this.recall(this.assignment!);
		this.stage = { at: 'who' };
	}

	async forget(kept: Kept): Promise<void> {
		await forgetWork(kept);
		await this.lookAround();
	}

	/** Forget work that was begun under other rules, for a new beginning. */
	async startAnew(kept: Kept): Promise<void> {
		await forgetWork(kept);
		this.known = this.known.filter((one) => one !== kept);
		this.stage = { at: 'who', as: kept.student };
	}
}
