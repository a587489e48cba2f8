/** How far a scenario has to be run before conditions can be held against it. */
import type { Condition } from '../format/goal';

/** The last step that conditions ask about; `undefined` if one of them asks about the end, or about any step. */
export function lastStep(conditions: readonly Condition[]): number | undefined {
	let last = 0;
	for (const condition of conditions) {
		const step =
			'not' in condition
				? lastStep([condition.not])
				: 'any' in condition
					? lastStep(condition.any)
					: 'counter' in condition
						? undefined
						: stepOf(condition);
		if (step === undefined) return undefined;
		last = Math.max(last, step);
	}
	return last;
}

function stepOf(condition: object): number | undefined {
	for (const value of Object.values(condition))
		if (typeof value === 'object' && value !== null && 'on' in value)
			return (value as { step?: number }).step;
	const { arrives, command } = condition as {
		arrives?: { step?: number };
		command?: { step: number };
	};
	return arrives?.step ?? command?.step;
}
