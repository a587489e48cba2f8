/** `-m hashlimit`: a rate of packets or bytes for each of what comes or goes, in a table by its name. */
import { lengthOfMask } from '../../../packet';
import { extension, type GivenOptions } from '../extension';
import { creditsOf, hashlimitTable } from '../hashlimit-table';
import { rateOf, unitOf } from '../rate';

export const MODES = ['srcip', 'srcport', 'dstip', 'dstport'] as const;
export type Mode = (typeof MODES)[number];

export interface HashlimitMatch {
	readonly name: string;
	/** `--hashlimit-above`, else `--hashlimit-upto`. */
	readonly above: boolean;
	/** What has a limit of its own. */
	readonly modes: readonly Mode[];
	/** Whether bytes are limited, not packets. */
	readonly bytes: boolean;
	/** Packets: millionths of a second for each. Bytes: what 16 of them cost (`bytes_to_cost`). */
	readonly average: number;
	/** Packets; or how often so many bytes as in a second may come at once, 0: not at all. */
	readonly burst: number;
	/** Rates of whole seconds are compared, and no tokens counted. */
	readonly rateMatch: boolean;
	/** Bits of addresses that count. */
	readonly srcmask: number;
	readonly dstmask: number;
	/** Of the table: 0 where the kernel chooses; times in milliseconds. */
	readonly size: number;
	readonly max: number;
	readonly gcInterval: number;
	readonly expire: number;
}

/** `XT_HASHLIMIT_SCALE_v2` */
const SCALE = 1_000_000;
/** Seconds for which what counts bytes is kept, without a burst and with one. */
const BYTES_EXPIRE = 15;
const BURST_EXPIRE = 60;
/** Most packets of a burst, or a second (`XT_HASHLIMIT_BURST_MAX`). */
const MOST = 1_000_000;
const DEFAULT_BURST = 5;
const GC_INTERVAL = 1000;

const bytesToCost = (bytes: number): number => Math.floor(0xffffffff / ((bytes >>> 4) + 1));
const costToBytes = (cost: number): number => (Math.floor(0xffffffff / cost) - 1) * 16;

type Rate = { readonly bytes: number } | { readonly count: number; readonly unit: string };
type Burst = { readonly bytes: number } | { readonly count: number };

/** @param option the one that says the rate */
function readRate(
	given: GivenOptions,
	option: string
): Pick<HashlimitMatch, 'average' | 'bytes' | 'burst'> & { seconds: number } {
	if (!given.has(option))
		throw given.refusal('`hashlimit` needs --hashlimit-upto or --hashlimit-above');
	const rate = given.get(option)!.value as Rate;
	const burst = given.get('--hashlimit-burst')?.value as Burst | undefined;
	const wrongBurst = (message: string): never => {
		throw given.refusal(message, '--hashlimit-burst');
	};
	if ('count' in rate) {
		const { seconds } = unitOf(rate.unit);
		const average = Math.floor((SCALE * seconds) / rate.count);
		if (rate.count / seconds > SCALE)
			throw given.refusal(`expected a rate of at most ${SCALE}/second`, option);
		const count = burst === undefined ? DEFAULT_BURST : 'count' in burst ? burst.count : 0;
		if (count < 1 || count > MOST) wrongBurst(`expected packets (1 to ${MOST})`);
		return { average, bytes: false, burst: count, seconds };
	}
	const average = bytesToCost(rate.bytes);
	if (burst === undefined) return { average, bytes: true, burst: 0, seconds: BYTES_EXPIRE };
	const least = costToBytes(average);
	const most = 'bytes' in burst ? burst.bytes : burst.count;
	if (most < least) wrongBurst(`expected at least ${least}b`);
	return { average, bytes: true, burst: Math.ceil(most / least), seconds: BURST_EXPIRE };
}

function readModes(given: GivenOptions): readonly Mode[] {
	const words = (given.text('--hashlimit-mode') ?? '').split(',').filter((word) => word !== '');
	const unknown = words.find((word) => !(MODES as readonly string[]).includes(word));
	if (unknown !== undefined)
		throw given.refusal(
			`expected modes (${MODES.join(', ')}), found \`${unknown}\``,
			'--hashlimit-mode'
		);
	return MODES.filter((mode) => words.includes(mode));
}

/** The rate of packets as it is given back. */
export const packetRate = ({ average }: HashlimitMatch): ReturnType<typeof rateOf> =>
	rateOf(average, SCALE);

const SIZES = [
	['m', 1024 * 1024],
	['k', 1024],
	['', 1]
] as const;

/**
 * Bytes a second, and of a burst, each in the largest unit that it fills; the rate only where what is left over costs
 * nothing (`print_bytes`).
 */
export function bytesOf({ average, burst }: HashlimitMatch): {
	rate: [number, string];
	burst: [number, string] | null;
} {
	const rate = costToBytes(average);
	const inUnits = (bytes: number, even: boolean): [number, string] => {
		const whole = (size: number): number => Math.floor(bytes / size);
		const [unit, size] = SIZES.find(
			([, one]) => bytes >= one && (!even || bytesToCost(whole(one) * one) === average)
		) ?? ['', 1];
		return [whole(size), unit];
	};
	return { rate: inUnits(rate, true), burst: burst === 0 ? null : inUnits(rate * burst, false) };
}

/** What the two printers say, each with its own words before it. */
function words(match: HashlimitMatch, save: boolean): string {
	const dashes = save ? '--hashlimit-' : '';
	const parts: string[] = [];
	const say = (name: string, value: string | number): void => {
		parts.push(`${dashes}${name} ${value}`);
	};
	const upto = save ? 'upto' : 'up to';
	let usual: number;
	if (match.bytes) {
		const { rate, burst } = bytesOf(match);
		say(match.above ? 'above' : upto, `${rate[0]}${rate[1]}b/s`);
		if (burst) say('burst', `${burst[0]}${burst[1]}b`);
		usual = burst ? BURST_EXPIRE : BYTES_EXPIRE;
	} else {
		const { count, unit } = packetRate(match);
		say(match.above ? 'above' : upto, `${count}/${unit.short}`);
		say('burst', match.burst);
		usual = unit.seconds;
	}
	if (match.modes.length > 0) say('mode', match.modes.join(save ? ',' : '-'));
	if (save) say('name', match.name);
	if (match.size > 0) say('htable-size', match.size);
	if (match.max > 0) say('htable-max', match.max);
	if (match.gcInterval !== GC_INTERVAL) say('htable-gcinterval', match.gcInterval);
	if (match.expire !== usual * 1000) say('htable-expire', match.expire);
	if (match.srcmask !== 32) say('srcmask', match.srcmask);
	if (match.dstmask !== 32) say('dstmask', match.dstmask);
	if (match.rateMatch) parts.push(`${dashes}rate-match`);
	return parts.join(' ');
}

const NAMES = { limit: '--hashlimit-upto', above: '--hashlimit-above' };

export const hashlimit = extension<HashlimitMatch>({
	name: 'hashlimit',
	options: [
		{
			name: NAMES.limit,
			aliases: ['--hashlimit'],
			value: 'HashlimitRate',
			negatable: true
		},
		{ name: NAMES.above, value: 'HashlimitRate', negatable: true },
		{ name: '--hashlimit-burst', value: 'HashlimitBurst' },
		{ name: '--hashlimit-mode', value: 'Text' },
		{ name: '--hashlimit-name', value: 'Text' },
		{ name: '--hashlimit-srcmask', value: 'HostMask' },
		{ name: '--hashlimit-dstmask', value: 'HostMask' },
		{ name: '--hashlimit-htable-size', value: 'Number' },
		{ name: '--hashlimit-htable-max', value: 'Number' },
		{ name: '--hashlimit-htable-gcinterval', value: 'Number' },
		{ name: '--hashlimit-htable-expire', value: 'Number' },
		{ name: '--hashlimit-rate-match' },
		{ name: '--hashlimit-rate-interval', value: 'Number', notModelled: true }
	],
	read(given) {
		given.atMostOne(NAMES.limit, NAMES.above);
		const said = given.has(NAMES.above) ? NAMES.above : NAMES.limit;
		const { seconds, ...rate } = readRate(given, said);
		given.need('--hashlimit-name');
		const name = given.text('--hashlimit-name')!;
		if (name === '') throw given.refusal('expected at least one letter', '--hashlimit-name');
		// A mask that is no prefix is refused later, by the kernel.
		const mask = (option: string): number =>
			lengthOfMask(given.number(option, 0xffffffff)) ?? Number.NaN;
		return {
			name,
			above: (said === NAMES.above) !== given.negated(said),
			...rate,
			modes: readModes(given),
			rateMatch: given.has('--hashlimit-rate-match'),
			srcmask: mask('--hashlimit-srcmask'),
			dstmask: mask('--hashlimit-dstmask'),
			size: given.number('--hashlimit-htable-size', 0),
			max: given.number('--hashlimit-htable-max', 0),
			gcInterval: given.number('--hashlimit-htable-gcinterval', GC_INTERVAL),
			expire: given.number('--hashlimit-htable-expire', seconds * 1000)
		};
	},
	save: (match) => words(match, true),
	list: (match) => `limit: ${words(match, false)}`,
	statements: (match, _head, shared) => [
		{ kind: 'xt', name: 'hashlimit', options: { ...match, table: hashlimitTable(shared, match) } }
	],
	check({ name, srcmask, dstmask, expire, gcInterval, bytes, average, burst, rateMatch }) {
		if (Number.isNaN(srcmask + dstmask)) return 'a mask of `hashlimit` is the length of a prefix';
		if (expire === 0 || gcInterval === 0) return 'a time of the table of `hashlimit` cannot be 0';
		if (name === '.' || name === '..' || name.includes('/'))
			return `\`${name}\` cannot be the name of a table`;
		const reckoned = rateMatch
			? average > 0 && average <= 0xffffffff
			: bytes || creditsOf(average * burst) >= creditsOf(average);
		return reckoned ? null : '`hashlimit` cannot reckon with so slow a rate and so large a burst';
	}
});
