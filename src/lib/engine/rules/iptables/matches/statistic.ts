/** `-m statistic`: by chance, or every nth packet (`xt_statistic`). */
import { bang, extension } from '../extension';

export type StatisticMatch =
	| {
			readonly mode: 'random';
			/** Out of 2³¹. */
			readonly probability: number;
			readonly negated: boolean;
	  }
	| {
			readonly mode: 'nth';
			readonly every: number;
			/** Which of each `every` packets, from 0. */
			readonly packet: number;
			readonly negated: boolean;
	  };

const WHOLE = 2 ** 31;

function words(match: StatisticMatch, dashes: string): string {
	const not = bang(match.negated);
	return match.mode === 'random'
		? `${dashes}mode random ${not}${dashes}probability ${(match.probability / WHOLE).toFixed(11)}`
		: `${dashes}mode nth ${not}${dashes}every ${match.every} ${dashes}packet ${match.packet}`;
}

export const statistic = extension<StatisticMatch>({
	name: 'statistic',
	options: [
		{ name: '--mode', value: 'Text' },
		{ name: '--probability', value: 'Probability', negatable: true },
		{ name: '--every', value: 'Number', negatable: true },
		{ name: '--packet', value: 'Number' }
	],
	read(given) {
		given.need('--mode');
		const mode = given.text('--mode');
		if (mode !== 'random' && mode !== 'nth')
			throw given.refusal('expected `random` or `nth`', '--mode');
		given.atMostOne('--probability', '--every');
		if (mode === 'random') {
			if (!given.has('--probability'))
				throw given.refusal('mode `random` needs --probability', '--mode');
			return {
				mode,
				probability: Math.round(given.number('--probability', 0) * WHOLE),
				negated: given.negated('--probability')
			};
		}
		if (!given.has('--every') || !given.has('--packet'))
			throw given.refusal('mode `nth` needs --every and --packet', '--mode');
		const every = given.number('--every', 1);
		if (every < 1) throw given.refusal('expected a number from 1', '--every');
		const packet = given.numberFrom('--packet', 0, every - 1)!;
		return {
			mode,
			every,
			packet,
			negated: given.negated('--every')
		};
	},
	save: (match) => words(match, '--'),
	list: (match) => `statistic ${words(match, '').replace(/ packet 0$/, '')}`,
	statements: (match) => [
		{
			kind: 'xt',
			name: 'statistic',
			options:
				match.mode === 'random'
					? match
					: // So set up that the packet with that number is the first to match.
						{ ...match, state: { count: match.every - 1 - match.packet } }
		}
	]
});
