/** `-m owner`: whose process sent the packet, of those that the host itself sends. */
import { bang, extension, type GivenOptions } from '../extension';
import { GROUPS, USERS } from '../../users';
import { not, range } from '../text';

/** Users or groups, from … to …. */
export interface Owners {
	readonly from: number;
	readonly to: number;
	readonly negated: boolean;
}

export interface OwnerMatch {
	/** `--socket-exists`; `false` with a `!`. */
	readonly socket?: boolean;
	readonly user?: Owners;
	readonly group?: Owners;
	/** `--suppl-groups`: any group of the process will do. */
	readonly allGroups: boolean;
}

function owners(given: GivenOptions, name: string): Owners | undefined {
	const option = given.get(name);
	return option && { ...(option.value as { from: number; to: number }), negated: option.negated };
}

/** As `iptables -L` has it: by name, unless it is a range or numbers are wanted. */
function named(asked: Owners, names: Readonly<Record<string, number>>, numeric: boolean): string {
	const name = Object.keys(names).find((one) => names[one] === asked.from);
	return numeric || asked.from !== asked.to ? range(asked) : (name ?? range(asked));
}

export const owner = extension<OwnerMatch>({
	name: 'owner',
	options: [
		{ name: '--uid-owner', value: 'UserRange', negatable: true },
		{ name: '--gid-owner', value: 'GroupRange', negatable: true },
		{ name: '--socket-exists', negatable: true },
		{ name: '--suppl-groups' }
	],
	read(given) {
		const names = given.list.map(({ spec }) => spec.name);
		const allGroups = names.includes('--suppl-groups');
		if (allGroups && !names.slice(0, names.indexOf('--suppl-groups')).includes('--gid-owner'))
			throw given.refusal('--suppl-groups needs --gid-owner before it', '--suppl-groups');
		if (given.list.length === 0)
			throw given.refusal('`owner` needs --uid-owner, --gid-owner or --socket-exists');
		const user = owners(given, '--uid-owner');
		const group = owners(given, '--gid-owner');
		return {
			...(given.has('--socket-exists') && { socket: !given.negated('--socket-exists') }),
			...(user && { user }),
			...(group && { group }),
			allGroups
		};
	},
	save: ({ socket, user, group, allGroups }) =>
		[
			...(socket === undefined ? [] : [`${bang(!socket)}--socket-exists`]),
			...(user ? [`${bang(user.negated)}--uid-owner ${range(user)}`] : []),
			...(group ? [`${bang(group.negated)}--gid-owner ${range(group)}`] : []),
			...(allGroups ? ['--suppl-groups'] : [])
		].join(' '),
	list: ({ socket, user, group, allGroups }, numeric) =>
		[
			...(socket === undefined ? [] : [`${bang(!socket)}owner socket exists`]),
			...(user ? [`${bang(user.negated)}owner UID match ${named(user, USERS, numeric)}`] : []),
			...(group ? [`${bang(group.negated)}owner GID match ${named(group, GROUPS, numeric)}`] : []),
			...(allGroups ? ['incl. suppl. groups'] : [])
		].join(' '),
	nft({ socket, user, group, allGroups }) {
		const one = user ?? group;
		if (!one || socket !== undefined || allGroups || (user && group)) return 'xt match owner';
		return `${user ? 'skuid' : 'skgid'} ${not(one.negated)}${range(one)}`;
	},
	statements: (match) => [{ kind: 'xt', name: 'owner', options: match }],
	check({ user, group }, { base }) {
		if ((user && user.from > user.to) || (group && group.from > group.to))
			return 'this range runs backwards';
		return base && base.hook !== 'output' && base.hook !== 'postrouting'
			? '`owner` can stand in OUTPUT and POSTROUTING only'
			: null;
	}
});
