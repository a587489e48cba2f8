/** `-m recent`: addresses that were seen before, kept in a table by its name. */
import { formatAddress } from '../../../packet';
import { bang, extension, type GivenOptions } from '../extension';
import { recentTable } from '../recent-table';

const ACTIONS = ['set', 'rcheck', 'update', 'remove'] as const;

export interface RecentMatch {
	readonly action: (typeof ACTIONS)[number];
	readonly negated: boolean;
	readonly name: string;
	readonly side: 'source' | 'dest';
	/** The bits of the address that count. */
	readonly mask: number;
	/** 0: at any time. */
	readonly seconds: number;
	/** 0: once is enough. */
	readonly hits: number;
	/** The TTL is to be the one that was seen. */
	readonly ttl: boolean;
	/** The entry that was seen least recently goes if it is older. */
	readonly reap: boolean;
}

/** Longest name that is kept (`XT_RECENT_NAME_LEN`). */
const LONGEST = 199;
/** `XT_RECENT_MAX_NSTAMPS` */
const HITS = 65535;

const SPOKEN = { set: 'SET', rcheck: 'CHECK', update: 'UPDATE', remove: 'REMOVE' };

function readRecent(given: GivenOptions): RecentMatch {
	given.atMostOne(...ACTIONS.map((action) => `--${action}`));
	given.atMostOne('--set', '--rttl');
	given.atMostOne('--remove', '--rttl');
	const action = ACTIONS.find((one) => given.has(`--${one}`));
	if (!action) throw given.refusal('`recent` needs --set, --rcheck, --update or --remove');
	if (given.has('--reap') && !given.has('--seconds'))
		throw given.refusal('--reap needs --seconds', '--reap');
	// Of both sides the one that is said last holds.
	const side = given.list.findLast(({ spec }) => ['--rsource', '--rdest'].includes(spec.name));
	return {
		action,
		negated: given.negated(`--${action}`),
		name: (given.text('--name') ?? 'DEFAULT').slice(0, LONGEST),
		side: side?.spec.name === '--rdest' ? 'dest' : 'source',
		mask: given.number('--mask', 0xffffffff),
		seconds: given.numberFrom('--seconds', 1, 0xffffffff) ?? 0,
		hits: given.number('--hitcount', 0),
		ttl: given.has('--rttl'),
		reap: given.has('--reap')
	};
}

export const recent = extension<RecentMatch>({
	name: 'recent',
	options: [
		...ACTIONS.map((action) => ({ name: `--${action}`, negatable: true })),
		{ name: '--seconds', value: 'Number' },
		{ name: '--reap' },
		{ name: '--hitcount', value: 'Number' },
		{ name: '--rttl' },
		{ name: '--name', value: 'Text' },
		{ name: '--rsource' },
		{ name: '--rdest' },
		{ name: '--mask', value: 'Host' }
	],
	read: readRecent,
	save(match) {
		const parts = [`${bang(match.negated)}--${match.action}`];
		if (match.seconds > 0) parts.push(`--seconds ${match.seconds | 0}`);
		if (match.reap) parts.push('--reap');
		if (match.hits > 0) parts.push(`--hitcount ${match.hits}`);
		if (match.ttl) parts.push('--rttl');
		parts.push(`--name ${match.name} --mask ${formatAddress(match.mask)}`);
		return [...parts, match.side === 'source' ? '--rsource' : '--rdest'].join(' ');
	},
	list(match) {
		const parts = [`${bang(match.negated)}recent: ${SPOKEN[match.action]}`];
		if (match.seconds > 0) parts.push(`seconds: ${match.seconds | 0}`);
		if (match.reap) parts.push('reap');
		if (match.hits > 0) parts.push(`hit_count: ${match.hits}`);
		if (match.ttl) parts.push('TTL-Match');
		parts.push(`name: ${match.name} side: ${match.side} mask: ${formatAddress(match.mask)}`);
		return parts.join(' ');
	},
	statements: (match, _head, shared) => [
		{ kind: 'xt', name: 'recent', options: { ...match, table: recentTable(shared, match) } }
	],
	check({ action, seconds, hits, name }) {
		if ((action === 'set' || action === 'remove') && (seconds > 0 || hits > 0))
			return `--seconds and --hitcount cannot stand beside --${action}`;
		if (hits > HITS) return `--hitcount is at most ${HITS}`;
		return name === '' || name === '.' || name === '..' || name.includes('/')
			? `\`${name}\` cannot be the name of a list`
			: null;
	}
});
