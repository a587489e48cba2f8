/** One exercise being done: the answer as it stands, what was done so far, and what checking it gave. */
import { check, emptyAnswer, solutionOf } from '../check';
import type { Act, Rules, Standing } from '../circle/acts';
import {
	BEGINNING,
	FREE,
	MOST_ACTS,
	after,
	hintsOpen,
	isOver,
	maySeeSolution,
	standingOf
} from '../circle/acts';
import type { Exercise } from '../format/exercise';
import type { Answer } from '../kinds/answer';
import { readAnswer } from '../kinds/answer';
import type { Result } from '../kinds/result';

export interface AttemptOptions {
	readonly rules?: Rules;
	/** What the order of choices is drawn from. */
	readonly seed?: string;
	/** What was done before. */
	readonly acts?: readonly Act[];
	/** The answer as it was left. */
	readonly draft?: Answer | undefined;
	/** What was typed and could not be read, as it was left. */
	readonly unread?: Unread | undefined;
	/** Whether what is handed in has room for an act more. */
	readonly hasRoom?: (act: Act) => boolean;
	/** Told of every change, so that it can be saved. */
	readonly onchange?: (attempt: Attempt) => void;
}

/** Texts of parts that cannot be read, by `host/part`: the answer does not have them. */
export type Unread = Readonly<Record<string, string>>;

export class Attempt {
	readonly rules: Rules;
	readonly seed: string;
	answer: Answer = $state.raw() as Answer;
	unread: Unread = $state.raw({});
	/** Why the answer was not checked when it was to be: part of it cannot be read, or it is more than an answer may be. */
	held: 'unread' | 'long' | null = $state(null);
	acts: readonly Act[] = $state.raw([]);
	standing: Standing = $state.raw(BEGINNING);
	/** Of the last check; `null` before the first, and once something was changed in a way that starts over. */
	result: Result | null = $state.raw(null);
	/** The answer that `result` is of; what is said of a part of it holds as long as that part stands. */
	checked: Answer | null = $state.raw(null);
	/** Counts up with every check: what is said of it is said anew. */
	checks = $state(0);
	/** Counts up when the answer is put in from outside: forms take it anew. */
	placed = $state(0);
	/** An act could not be written down any more. */
	full = $state(false);
	private readonly hasRoom: (act: Act) => boolean;
	private readonly onchange: (attempt: Attempt) => void;

	constructor(
		readonly exercise: Exercise,
		{
			rules = FREE,
			seed = '',
			acts = [],
			draft,
			unread = {},
			hasRoom = () => true,
			onchange = () => {}
		}: AttemptOptions = {}
	) {
		this.rules = rules;
		this.seed = seed;
		this.unread = unread;
		this.hasRoom = hasRoom;
		this.onchange = onchange;
		this.acts = acts;
		this.standing = standingOf(exercise, rules, acts);
		const last = acts.findLast((act) => act.do === 'try');
		this.answer = draft ?? (last?.do === 'try' ? last.answer : emptyAnswer(exercise));
		if (last?.do === 'try' && this.standing.solved) {
			this.result = check(exercise, last.answer);
			this.checked = last.answer;
		}
	}

	readonly over = $derived.by(() => isOver(this.rules, this.standing));
	/** Hints that could be shown now and are not. */
	readonly hintWaits = $derived.by(
		() => !this.over && this.standing.hints < hintsOpen(this.rules, this.exercise, this.standing)
	);
	readonly maySeeSolution = $derived.by(
		() => !this.standing.shown && maySeeSolution(this.rules, this.standing)
	);
	readonly hints = $derived.by(() => (this.exercise.hints ?? []).slice(0, this.standing.hints));

	/** The answer has changed. */
	set(answer: Answer, unread: Unread = this.unread): void {
		this.answer = answer;
		this.unread = unread;
		this.held = null;
		this.onchange(this);
	}

	/** `null` where `held` says why nothing was checked; then no try is counted either. */
	check(): Result | null {
		const { answer } = this;
		this.held = null;
		if (Object.keys(this.unread).length > 0) this.held = 'unread';
		// What could not be read back from the log would be no try for the marker.
		else if (!readAnswer(this.exercise.kind, answer)) this.held = 'long';
		if (this.held) return null;
		const result = check(this.exercise, answer);
		this.result = result;
		this.checked = answer;
		this.checks++;
		this.act({ do: 'try', answer }, result);
		return result;
	}

	showHint(): void {
		this.act({ do: 'hint' });
	}

	/** Puts the solution into the form, and says so in the log. */
	showSolution(): void {
		this.act({ do: 'solution' });
		this.answer = solutionOf(this.exercise);
		this.unread = {};
		this.held = null;
		this.placed++;
		this.result = check(this.exercise, this.answer);
		this.checked = this.answer;
		this.onchange(this);
	}

	/** Back to the beginning of the answer; what was done stays done. */
	reset(): void {
		this.answer = emptyAnswer(this.exercise);
		this.unread = {};
		this.held = null;
		this.result = null;
		this.checked = null;
		this.placed++;
		this.onchange(this);
	}

	private act(act: Act, result?: Result): void {
		const before = this.standing;
		const standing = after(
			before,
			act,
			this.exercise,
			this.rules,
			() => result ?? { solved: false, errors: [] }
		);
		// What changes nothing is not written down either, and what cannot be written down changes nothing.
		if (standing !== before && !this.goesUnwritten(act)) {
			this.full = this.acts.length >= MOST_ACTS || !this.hasRoom(act);
			if (!this.full) this.acts = [...this.acts, act];
		}
		if (!this.full) this.standing = standing;
		this.onchange(this);
	}

	/**
	 * Whether an act counts without being written down: the same wrong answer again, where tries are free. Half of the log
	 * is kept for answers that are new, so that a key that is held down does not fill it.
	 */
	private goesUnwritten(act: Act): boolean {
		if (act.do !== 'try' || this.rules.attempts > 0 || this.acts.length < MOST_ACTS / 2)
			return false;
		const again = JSON.stringify(act);
		return this.acts.some((one) => JSON.stringify(one) === again);
	}
}
