/** `-m mark` and `-m connmark`: the packet's mark and the entry's. */
import type { Expression, Statement } from '../../ruleset';
import { bang, extension, type GivenOptions, type OptionSpec } from '../extension';
import { markText } from '../text';

export interface MarkMatch {
	readonly value: number;
	readonly mask: number;
	readonly negated: boolean;
}

const OPTIONS: readonly OptionSpec[] = [{ name: '--mark', value: 'Mark', negatable: true }];

function read(given: GivenOptions): MarkMatch {
	given.need('--mark');
	const { value, mask } = given.get('--mark')!.value as { value: number; mask: number };
	return { value, mask, negated: given.negated('--mark') };
}

function compare(left: Expression, match: MarkMatch): readonly Statement[] {
	const masked: Expression =
		match.mask === 0xffffffff
			? left
			: {
					kind: 'binary',
					op: '&',
					left,
					right: { kind: 'constant', value: match.mask, type: 'mark' }
				};
	return [
		{
			kind: 'match',
			left: masked,
			op: match.negated ? '!=' : '==',
			right: { kind: 'value', value: match.value }
		}
	];
}

const save = (match: MarkMatch): string =>
	`${bang(match.negated)}--mark ${markText(match.value, match.mask)}`;

export const mark = extension<MarkMatch>({
	name: 'mark',
	options: OPTIONS,
	read,
	save,
	list: (match) => `mark match ${bang(match.negated)}${markText(match.value, match.mask)}`,
	statements: (match) => compare({ kind: 'meta', key: 'mark' }, match)
});

export const connmark = extension<MarkMatch>({
	name: 'connmark',
	options: OPTIONS,
	read,
	save,
	list: (match) => `connmark match ${bang(match.negated)}${markText(match.value, match.mask)}`,
	statements: (match) => compare({ kind: 'ct', key: 'mark' }, match)
});
