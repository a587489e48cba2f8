export interface Expectation {
	type: 'literal' | 'class' | 'any' | 'end' | 'other' | 'not';
	text?: string;
	description?: string;
}
export class SyntaxError extends Error {
	expected: Expectation[] | null;
	found: string | null;
	location: { start: { offset: number; line: number; column: number } };
}
export function parse(text: string, options?: { startRule?: 'Ruleset' | 'Tokens' }): unknown;
