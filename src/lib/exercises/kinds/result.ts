/** What checking an answer gives. */
import type { Words } from '../format/words';
import type { Finding } from '../goals/finding';
import type { Goal } from '../format/goal';

/** One thing that had to hold. */
export type Checked = Finding & {
	/** What it was about: a goal, a question's number, a field, a place in an order. */
	readonly about:
		| {
				readonly goal: Goal;
				readonly hidden?: { readonly title: Words | null; readonly case: number };
		  }
		| { readonly question: number; readonly why: Words | null }
		| { readonly order: true }
		| { readonly cell: string };
};

export interface Result {
	readonly solved: boolean;
	readonly goals: readonly Checked[];
	/** Why nothing could be checked: rules that cannot be read, say. */
	readonly errors: readonly { readonly path: string; readonly message: string }[];
}

export const resultOf = (goals: readonly Checked[]): Result => ({
	solved: goals.length > 0 && goals.every((goal) => goal.met),
	goals,
	errors: []
});

export const failed = (errors: Result['errors']): Result => ({ solved: false, goals: [], errors });
