/** What valibot found wrong with a value, in words: the same for scenarios, exercises and progress. */
import type * as v from 'valibot';

/** `unknown field x`, `is missing`, `expected …, found …`, or what the schema says itself. */
export function issueMessage(issue: v.BaseIssue<unknown>): string {
	if (issue.type === 'strict_object' && issue.expected === 'never') {
		const last = issue.path?.[issue.path.length - 1];
		return `unknown field ${String(last?.key)}`;
	}
	if (issue.received === 'undefined') return 'is missing';
	// valibot's own words for a plain mismatch begin so; the rest are ours.
	return /^Invalid /.test(issue.message)
		? `expected ${issue.expected ?? 'something else'}, found ${issue.received}`
		: issue.message;
}
