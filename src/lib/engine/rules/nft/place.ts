/** Offsets in a text as lines and columns. */
import type { RuleTextError } from '../errors';
import type { SourceSpan } from '../ruleset';

/** A stretch of the text: offsets, `to` exclusive. */
export interface Place {
	readonly from: number;
	readonly to: number;
}

/** Finds lines and columns (from 1) in one text. */
export class Places {
	private readonly starts: number[] = [0];

	constructor(readonly text: string) {
		for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1))
			this.starts.push(at + 1);
	}

	/** Line and column of an offset. */
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

	span(place: Place): SourceSpan {
		const start = this.at(place.from);
		const end = this.at(place.to);
		return {
			line: start.line,
			column: start.column,
			endLine: end.line,
			endColumn: end.column
		};
	}

	error(place: Place, message: string): RuleTextError {
		const { line, column, endLine, endColumn } = this.span(place);
		return endLine === line && endColumn > column
			? { line, column, endColumn, message }
			: { line, column, message };
	}
}
