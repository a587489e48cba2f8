/** What a schema found wrong, as a place and a sentence. */
import type * as v from 'valibot';
import { issueMessage } from '../../scenario/issue';
import type { ExerciseError } from './exercise';

type Issue = v.BaseIssue<unknown>;

function join(path: string, issue: Issue): string {
	let out = path;
	for (const item of issue.path ?? []) {
		const key = item.key as string | number;
		if (typeof key === 'number') out += `[${key}]`;
		else out += out === '' ? key : `.${key}`;
	}
	return out;
}

const depth = (issue: Issue): number => issue.path?.length ?? 0;

/**
 * An issue as errors. Of a union the branch is told that got furthest: it is the one that was meant.
 *
 * @param path where the value stands that was checked
 */
export function tellIssue(issue: Issue, path = ''): ExerciseError[] {
	if (issue.type === 'union' && issue.issues) {
		const within = [...issue.issues].sort((a, b) => furthest(b) - furthest(a));
		const best = within[0];
		if (best && furthest(best) > 1) return tellIssue(best, join(path, issue));
	}
	const at = join(path, issue) || '(file)';
	return [{ path: at, message: issueMessage(issue) }];
}

function furthest(issue: Issue): number {
	const inner = (issue.issues ?? []).map(furthest);
	return depth(issue) + Math.max(0, ...inner);
}
