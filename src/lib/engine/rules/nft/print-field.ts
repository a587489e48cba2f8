/** A header field that is set, as `nft list` of nft 1.0.6 writes it. */
import type { Expression, PayloadProtocol } from '../ruleset';
import { foldBits, printBits, printExpression } from './print-value';
import type { PrintContext } from './print-value';
import { FIELDS } from './selectors';

interface Target {
	readonly protocol: PayloadProtocol;
	readonly field: string;
}

/**
 * nft writes fields of one byte with the byte beside them; of ICMP's type and code it does not find the field again
 * in the two, and takes them for a port.
 */
function ofTwo({ protocol, field }: Target, value: number): Expression | null {
	if ((protocol !== 'icmp' && protocol !== 'icmpv6') || FIELDS[protocol][field]!.bits !== 8)
		return null;
	const constant = (number: number): Expression => ({ kind: 'constant', value: number });
	const first = field === 'type';
	return foldBits({
		kind: 'binary',
		op: '^',
		left: {
			kind: 'binary',
			op: '&',
			left: { kind: 'payload', protocol: 'th', field: 'sport' },
			right: constant(first ? 0xff : 0xff00)
		},
		right: constant(first ? value << 8 : value)
	});
}

export function printField(target: Target, value: Expression, context: PrintContext): string {
	const { protocol, field } = target;
	const { type } = FIELDS[protocol][field]!;
	if (value.kind === 'constant' && typeof value.value === 'number') {
		const two = ofTwo(target, value.value);
		if (two) return `th sport set ${printExpression(two, context, [type])}`;
		if (type.bitmask)
			return `${protocol} ${field} set ${printBits(value.value, type, ' | ', context.options)}`;
	}
	const written = printExpression({ kind: 'payload', ...target }, context);
	return `${written} set ${printExpression(value, context, [type])}`;
}
