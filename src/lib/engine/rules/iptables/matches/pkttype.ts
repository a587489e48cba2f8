/** `-m pkttype`: for whom the frame was that a packet came in (`xt_pkttype`). */
import { bang, extension } from '../extension';
import { not } from '../text';

/** Numbers of `PACKET_*`, in the order in which they are looked for; the first name of a number is printed. */
const TYPES: readonly (readonly [string, number])[] = [
	['unicast', 0],
	['broadcast', 1],
	['multicast', 2],
	['otherhost', 3],
	['host', 0],
	['bcast', 1],
	['mcast', 2]
];

export interface PkttypeMatch {
	readonly type: number;
	readonly negated: boolean;
}

const nameOf = (type: number): string => TYPES[type]![0];

export const pkttype = extension<PkttypeMatch>({
	name: 'pkttype',
	options: [{ name: '--pkt-type', value: 'Text', negatable: true }],
	read(given) {
		given.need('--pkt-type');
		const word = given.text('--pkt-type')!.toLowerCase();
		const found = TYPES.find(([name]) => name === word);
		if (!found)
			throw given.refusal(
				`expected one of ${TYPES.map(([name]) => name).join(', ')}`,
				'--pkt-type'
			);
		return { type: found[1], negated: given.negated('--pkt-type') };
	},
	save: ({ type, negated }) => `${bang(negated)}--pkt-type ${nameOf(type)}`,
	list: ({ type, negated }) => `PKTTYPE ${negated ? '!=' : '='} ${nameOf(type)}`,
	// The translation has no name for frames of others.
	nft: ({ type, negated }) => `pkttype ${not(negated)}${type === 3 ? String(type) : nameOf(type)}`,
	statements: ({ type, negated }) => [
		{
			kind: 'match',
			left: { kind: 'meta', key: 'pkttype' },
			op: negated ? '!=' : '==',
			right: { kind: 'value', value: type }
		}
	]
});
