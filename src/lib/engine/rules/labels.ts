/** Whether flows have labels: those have that began while a rule asked for one (`nf_connlabels_get`). */
import type { Ruleset } from './ruleset';

const known = new WeakMap<Ruleset, boolean>();

export function keepsLabels(ruleset: Ruleset): boolean {
	let keeps = known.get(ruleset);
	if (keeps === undefined) {
		keeps = ruleset.tables.some(({ chains }) =>
			chains.some(({ rules }) =>
				rules.some(({ statements }) =>
					statements.some((one) => one.kind === 'xt' && one.name === 'connlabel')
				)
			)
		);
		known.set(ruleset, keeps);
	}
	return keeps;
}
