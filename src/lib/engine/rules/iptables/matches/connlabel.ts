/** `-m connlabel`: one of the 128 labels that a flow can have, by number. */
import { bang, extension } from '../extension';

export interface ConnlabelMatch {
	readonly label: number;
	/** A flow that has it not is given it. */
	readonly set: boolean;
	readonly negated: boolean;
}

/** `XT_CONNLABEL_MAXBIT` */
const LAST = 127;

export const connlabel = extension<ConnlabelMatch>({
	name: 'connlabel',
	options: [{ name: '--label', value: 'Number', negatable: true }, { name: '--set' }],
	read(given) {
		given.need('--label');
		const label = given.number('--label', 0);
		if (label > LAST) throw given.refusal(`expected a number from 0 to ${LAST}`, '--label', 4);
		return { label, set: given.has('--set'), negated: given.negated('--label') };
	},
	save: ({ label, set, negated }) => `${bang(negated)}--label "${label}"${set ? ' --set' : ''}`,
	list: ({ label, set, negated }) => `connlabel ${bang(negated)}${label}${set ? ' set' : ''}`,
	nft: ({ label, set, negated }) =>
		`${set ? `ct label set ${label} ` : ''}ct label ${negated ? `and ${label} != ` : ''}${label}`,
	statements: (match) => [{ kind: 'xt', name: 'connlabel', options: match }]
});
