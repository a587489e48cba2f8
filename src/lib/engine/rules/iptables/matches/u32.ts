/** `-m u32`: four bytes of a packet at a time, masked, shifted, and compared. */
import { bang, extension } from '../extension';
import { hex } from '../text';

/** `@` goes on so many bytes as the number so far says, and reads at the one given from there. */
export type U32Operator = '&' | '<<' | '>>' | '@';

export interface U32Test {
	/** Where the first four bytes are, from the IP header on. */
	readonly at: number;
	readonly steps: readonly { readonly op: U32Operator; readonly number: number }[];
	readonly values: readonly { readonly from: number; readonly to: number }[];
}

export interface U32Match {
	/** All of them must hold. */
	readonly tests: readonly U32Test[];
	readonly negated: boolean;
}

/** How many tests a match may have, and numbers each side of a test (`XT_U32_MAXSIZE`). */
const MOST = 10;

function testText({ at, steps, values }: U32Test): string {
	const where = steps.map(({ op, number }) => `${op}${hex(number)}`).join('');
	const ranges = values.map(({ from, to }) =>
		from === to ? hex(from) : `${hex(from)}:${hex(to)}`
	);
	return `${hex(at)}${where}=${ranges.join(',')}`;
}

const text = ({ tests, negated }: U32Match, name: string): string =>
	`${bang(negated)}${name}"${tests.map(testText).join('&&')}"`;

export const u32 = extension<U32Match>({
	name: 'u32',
	options: [{ name: '--u32', value: 'U32', negatable: true }],
	read(given) {
		given.need('--u32');
		const tests = given.get('--u32')!.value as readonly U32Test[];
		if (tests.length > MOST) throw given.refusal(`at most ${MOST} tests`, '--u32');
		for (const { steps, values } of tests) {
			if (steps.length >= MOST || values.length > MOST)
				throw given.refusal(`at most ${MOST} numbers on either side of a \`=\``, '--u32');
			if (steps.some(({ op, number }) => (op === '<<' || op === '>>') && number > 31))
				throw given.refusal('a shift is by at most 31 bits', '--u32', 4);
		}
		return { tests, negated: given.negated('--u32') };
	},
	save: (match) => text(match, '--u32 '),
	list: (match) => `u32 ${text(match, '')}`,
	statements: (match) => [{ kind: 'xt', name: 'u32', options: match }]
});
