/** Matches on the labels of flows as nft 1.0.6 lists them. */
import type { LabelMatch } from '../ruleset';

export function printLabels({ op, labels, mask }: LabelMatch): string {
	const [alone] = labels;
	if (op === 'in') return `ct label ${labels.join(',')}`;
	if (op === 'not in') return `ct label ! ${labels.join(',')}`;
	if (mask) {
		if (labels.length === 1 && mask.length === 1 && mask[0] === alone)
			return `ct label & ${alone} ${op} ${alone}`;
		return `ct label ${op === '!=' ? '!= ' : ''}${labels.join(',')} / ${mask.join(',')}`;
	}
	const sign = op === '!=' || labels.length === 1 ? `${op} ` : '';
	return `ct label ${sign}${labels.join(' | ')}`;
}
