/** Which forms of the catalogue a message can have. */
import { holesOf } from './fill';
import { patternOf, weight } from './pattern';
import { pairs } from './zh';

export interface Form {
	readonly chinese: string;
	/** What the holes of the Chinese hold, in its own order. */
	readonly holes: readonly { readonly value: string; readonly told: boolean }[];
}

const forms = pairs
	.map(([english, chinese]) => {
		const holes = holesOf(chinese);
		const told = (hole: number): boolean => holes.some((one) => one.told && one.hole === hole);
		return {
			weight: weight(english),
			chinese,
			holes,
			narrow: patternOf(english, (hole) => !told(hole)),
			wide: patternOf(english, () => false)
		};
	})
	.sort((a, b) => b.weight - a.weight);

/**
 * Those that say most themselves come first.
 *
 * @param width `narrow`: names are one word each; `wide`: they are whatever there is
 */
export function* formsOf(message: string, width: 'narrow' | 'wide'): Generator<Form> {
	for (const form of forms) {
		const values = form[width](message);
		if (!values) continue;
		const holes = form.holes.map(({ hole, told }) => ({ value: values[hole] ?? '', told }));
		yield { chinese: form.chinese, holes };
	}
}
