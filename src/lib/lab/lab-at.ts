/** A Lab as it is seen by a view that stands at another moment than its reader. */
import type { LabState } from './lab-state.svelte';

/** What a view shows of a moment. All else is the same at any. */
const OF_MOMENT = ['moment', 'at', 'from', 'sentence', 'inside'] as const;
export type OfMoment = Pick<LabState, (typeof OF_MOMENT)[number]>;

/**
 * @param moment what is shown in place of the reader's own moment; `null` for none
 * @param set what becomes of what a view measures and sets
 */
export function labAt(
	lab: LabState,
	moment: () => OfMoment | null,
	set: (key: PropertyKey, value: unknown) => boolean
): LabState {
	const names: readonly PropertyKey[] = OF_MOMENT;
	return new Proxy(lab, {
		get: (target, key) => {
			const source = names.includes(key) ? (moment() ?? target) : target;
			const value: unknown = Reflect.get(source, key, source);
			return typeof value === 'function' ? (value.bind(target) as unknown) : value;
		},
		set: (_, key, value) => set(key, value)
	});
}
