/** What a schema found wrong, as a place and a sentence. */
import type * as v from 'valibot';
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
	const last = issue.path?.[issue.path.length - 1];
	if (issue.type === 'strict_object' && issue.expected === 'never')
		return [{ path: at, message: `unknown field ${String(last?.key)}` }];
	if (issue.received === 'undefined') return [{ path: at, message: 'is missing' }];
	// valibot's own words begin so; the rest are ours.
	const message = /^Invalid /.test(issue.message)
		? `expected ${issue.expected ?? 'something else'}, found ${issue.received}`
		: issue.message;
	return [{ path: at, message }];
}

function furthest(issue: Issue): number {
	const inner = (issue.issues ?? []).map(furthest);
	return depth(issue) + Math.max(0, ...inner);
}
