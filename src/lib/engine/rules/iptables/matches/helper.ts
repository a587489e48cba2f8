/** `-m helper`: the helper of the flow that foretold this one. */
import { bang, extension } from '../extension';
import { not, quoted } from '../text';

export interface HelperMatch {
	/** A helper whose name begins it is meant; '' is any. */
	readonly name: string;
	readonly negated: boolean;
}

/** Letters that the kernel keeps of a name (`struct xt_helper_info`). */
const LONGEST = 29;

export const helper = extension<HelperMatch>({
	name: 'helper',
	options: [{ name: '--helper', value: 'Text', negatable: true }],
	read(given) {
		given.need('--helper');
		return {
			name: given.text('--helper')!.slice(0, LONGEST),
			negated: given.negated('--helper')
		};
	},
	save: ({ name, negated }) => `${bang(negated)}--helper ${quoted(name)}`,
	list: ({ name, negated }) => `helper match ${bang(negated)}"${name}"`,
	nft: ({ name, negated }) => `ct helper ${not(negated)}"${name}"`,
	statements: (match) => [{ kind: 'xt', name: 'helper', options: match }]
});
