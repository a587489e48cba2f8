/** Offsets of a text as lines and columns. */
import type { RuleTextError } from '../errors';
import type { SourceSpan } from '../ruleset';
import type { Refusal } from './refusal';

/** Where the lines of a text begin. */
export class Places {
	private readonly starts: number[] = [0];

	constructor(private readonly text: string) {
		for (let i = text.indexOf('\n'); i >= 0; i = text.indexOf('\n', i + 1)) this.starts.push(i + 1);
	}

	/** Line and column, from 1. */
	at(offset: number): { line: number; column: number } {
		let low = 0;
		let high = this.starts.length - 1;
		while (low < high) {
			const middle = (low + high + 1) >> 1;
			if (this.starts[middle]! <= offset) low = middle;
			else high = middle - 1;
		}
		return { line: low + 1, column: offset - this.starts[low]! + 1 };
	}

	span(from: number, to: number): SourceSpan {
		const start = this.at(from);
		const end = this.at(Math.min(to, this.text.length));
		return { ...start, endLine: end.line, endColumn: end.column };
	}

	/** The refusal as an error; where it has no place of its own, `from`…`to` is its place. */
	error(refusal: Refusal, from: number, to: number): RuleTextError {
		const { line, column, endLine, endColumn } = this.span(refusal.from ?? from, refusal.to ?? to);
		return {
			line,
			column,
			...(endLine === line && endColumn > column && { endColumn }),
			message: refusal.message
		};
	}
}
