/** What is wrong with a text of rules, and where. Lines and columns count from 1. */
export interface RuleTextError {
	readonly line: number;
	readonly column: number;
	/** Column after the last character meant, when it is on the same line. */
	readonly endColumn?: number;
	readonly message: string;
}

/** `line 3, column 13: …` */
export function formatRuleTextError(error: RuleTextError): string {
	return `line ${error.line}, column ${error.column}: ${error.message}`;
}
