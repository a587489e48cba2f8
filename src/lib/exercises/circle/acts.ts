/** What a student did with an exercise, and what that comes to. The page and the marker fold the same acts. */
import { check } from '../check';
import type { Exercise } from '../format/exercise';
import type { Answer } from '../kinds/answer';
import type { Result } from '../kinds/result';

/** One thing that was done. */
export type Act =
	| { readonly do: 'try'; readonly answer: Answer }
	/** A hint was asked for. */
	| { readonly do: 'hint' }
	/** The solution was shown. */
	| { readonly do: 'solution' };

/** Most acts of one exercise that are written down, and that are replayed. */
export const MOST_ACTS = 400;

/** What may be done. */
export interface Rules {
	/** Most tries; 0 for as many as wanted. */
	readonly attempts: number;
	readonly hints: boolean;
	/** Whether the solution can be shown after a mistake. */
	readonly solutions: boolean;
}

export const FREE: Rules = { attempts: 0, hints: true, solutions: true };

/** Where somebody stands with an exercise. */
export interface Standing {
	readonly solved: boolean;
	/** Tries so far; none is counted after it was solved. */
	readonly tries: number;
	/** Hints shown. */
	readonly hints: number;
	/** The solution was shown before it was solved: it never counts any more. */
	readonly shown: boolean;
}

export const BEGINNING: Standing = { solved: false, tries: 0, hints: 0, shown: false };

/** What of a result decides. */
type Judged = Pick<Result, 'solved' | 'errors'>;

/** Whether nothing more counts. */
export function isOver({ attempts }: Rules, { solved, shown, tries }: Standing): boolean {
	return solved || shown || (attempts > 0 && tries >= attempts);
}

/** How many hints can be seen: one after each mistake, as far as there are. */
export function hintsOpen(rules: Rules, { hints = [] }: Exercise, { tries }: Standing): number {
	return rules.hints ? Math.min(hints.length, tries) : 0;
}

/** Whether the solution may be looked at. */
export function maySeeSolution(rules: Rules, { solved, tries }: Standing): boolean {
	return rules.solutions && !solved && tries > 0;
}

/**
 * One act more. What the rules do not allow changes nothing.
 *
 * @param judge checks an answer; given, so that a page that just checked it need not again
 */
export function after(
	standing: Standing,
	act: Act,
	exercise: Exercise,
	rules: Rules,
	judge: (answer: Answer) => Judged = (answer) => check(exercise, answer)
): Standing {
	if (isOver(rules, standing)) return standing;
	switch (act.do) {
		case 'hint': {
			const open = hintsOpen(rules, exercise, standing);
			return standing.hints < open ? { ...standing, hints: standing.hints + 1 } : standing;
		}
		case 'solution':
			return maySeeSolution(rules, standing) ? { ...standing, shown: true } : standing;
		case 'try': {
			const { solved, errors } = judge(act.answer);
			// What cannot be run, rules with a slip of the pen say, has not been tried.
			return errors.length > 0 ? standing : { ...standing, tries: standing.tries + 1, solved };
		}
	}
}

/** What a list of acts comes to. Tries that give the same answer again are checked once. */
export function standingOf(exercise: Exercise, rules: Rules, acts: readonly Act[]): Standing {
	const known = new Map<string, Judged>();
	const judge = (answer: Answer): Judged => {
		const key = JSON.stringify(answer);
		const judged = known.get(key) ?? check(exercise, answer);
		known.set(key, judged);
		return judged;
	};
	return acts.reduce((at, act) => after(at, act, exercise, rules, judge), BEGINNING);
}
