/** Fill in: the table after these packets, with fields left out. */
import type { FillIn } from '../format/exercise';
import type { TableLine } from '../run/table-line';
import { once } from '../run/once';
import { runScenario } from '../run/run';
import { plain } from './questions';
import type { FillInAnswer } from './answer';
import type { Checked, Result } from './result';
import { failed, resultOf } from './result';

/** A blank: its cell's name (`0.reply.src`) and what belongs there. */
export interface Blank {
	readonly cell: string;
	readonly line: number;
	readonly field: string;
	readonly value: string;
}

/** Words in brackets, as one field: what stands on the line, or nothing. */
const flags = (line: TableLine): string =>
	[line.unreplied ? '[UNREPLIED]' : '', line.assured ? '[ASSURED]' : ''].filter(Boolean).join(' ');

/** A line's field as it is filled in; `null` for a field that the line has not. */
function valueOf(line: TableLine, field: string): string | null {
	if (field === 'flags') return flags(line);
	return Object.hasOwn(line, field) ? line[field]! : null;
}

interface Key {
	readonly lines: readonly TableLine[];
	readonly blanks: readonly Blank[];
}

/** The table's lines, and what is left out of them; `null` when the scenario cannot be run. */
export const tableKey = once((exercise: FillIn): Key | null => {
	const { on, step, blanks } = exercise.table;
	const ran = runScenario(exercise.scenario, step);
	if (!ran.ok) return null;
	const lines = ran.run.table(on, step);
	return {
		lines,
		blanks: lines.flatMap((one, line) =>
			blanks.flatMap((field): Blank[] => {
				const value = valueOf(one, field);
				return value === null ? [] : [{ cell: `${line}.${field}`, line, field, value }];
			})
		)
	};
});

export function checkFillIn(exercise: FillIn, { cells }: FillInAnswer): Result {
	const key = tableKey(exercise);
	if (!key) return failed([{ path: 'scenario', message: 'cannot be run' }]);
	return resultOf(
		key.blanks.map(({ cell, value }): Checked => {
			// A field left empty says that nothing stands there.
			const given = Object.hasOwn(cells, cell) ? cells[cell]! : '';
			const met = plain(given) === plain(value);
			return {
				met,
				reason: met ? { kind: 'as asked' } : { kind: 'happened' },
				about: { cell }
			};
		})
	);
}
