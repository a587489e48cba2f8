/** Labels of flows. */
import type { RuleContext } from './context';
import type { LabelMatch, Ruleset } from './ruleset';

const known = new WeakMap<Ruleset, boolean>();

/** Whether flows have labels: those have that began while a rule asked for one (`nf_connlabels_get`). */
export function keepsLabels(ruleset: Ruleset): boolean {
	let keeps = known.get(ruleset);
	if (keeps === undefined) {
		keeps = ruleset.tables.some(({ chains }) =>
			chains.some(({ rules }) =>
				rules.some(({ statements }) =>
					statements.some(
						(one) =>
							one.kind === 'label' ||
							one.kind === 'label set' ||
							(one.kind === 'xt' && one.name === 'connlabel')
					)
				)
			)
		);
		known.set(ruleset, keeps);
	}
	return keeps;
}

function bitsOf(labels: readonly number[]): bigint {
	return labels.reduce((bits, label) => bits | (1n << BigInt(label)), 0n);
}

/** `ct label`: a flow that can have none has none; a packet without a flow does not match (`nft_ct_get_eval`). */
export function compileLabels({ op, labels, mask }: LabelMatch): (ctx: RuleContext) => boolean {
	const asked = bitsOf(labels);
	const looked = mask ? bitsOf(mask) : -1n;
	return ({ entry }) => {
		if (entry === null) return false;
		const has = (entry.labels ?? 0n) & looked;
		switch (op) {
			case 'in':
				return (has & asked) !== 0n;
			case 'not in':
				return (has & asked) === 0n;
			case '==':
				return has === asked;
			case '!=':
				return has !== asked;
		}
	};
}

/** Give a flow that can have labels these (`nf_connlabels_replace`). */
export function compileLabelSet(labels: readonly number[]): (ctx: RuleContext) => void {
	const added = bitsOf(labels);
	return (ctx) => {
		const has = ctx.entry?.labels ?? null;
		if (has !== null) ctx.setEntryLabels(has | added);
	};
}
