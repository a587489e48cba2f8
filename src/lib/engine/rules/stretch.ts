/** What stretch of values an operand covers. */
import type { Operand, PrefixOperand, Scalar } from './ruleset';

/** The last address of a prefix. */
function lastOf({ network, length }: PrefixOperand): Scalar {
	if (typeof network === 'number') return network + 2 ** (32 - length) - 1;
	// IPv6, as hexadecimal digits: those that the prefix ends before are all ones.
	const whole = length >> 2;
	const cut = (parseInt(network.charAt(whole), 16) | (15 >> (length % 4))).toString(16);
	return length === 128 ? network : (network.slice(0, whole) + cut).padEnd(32, 'f');
}

/** First and last value of an operand, both included; `null` when it is no stretch of numbers or addresses. */
export function stretch(operand: Operand): readonly [Scalar, Scalar] | null {
	switch (operand.kind) {
		case 'value': {
			const { value } = operand;
			const name = typeof value === 'object' || (typeof value === 'string' && value.length < 32);
			return name ? null : [value, value];
		}
		case 'range':
			return [operand.from, operand.to];
		case 'prefix':
			return [operand.network, lastOf(operand)];
		default:
			return null;
	}
}
