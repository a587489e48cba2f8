/** `ipset list` and `ipset save`. */
import { formatAddress } from '../../packet';
import { elementText } from './element';
import { sizeInMemory } from './memory';
import { isAlive, type IpSet, type IpSetElement, type IpSets } from './set';
import { compareElements } from './sort';
import type { IpSetEnvironment } from './execute';

/** Revision of each type in ipset 7.17. */
const REVISIONS: Readonly<Record<IpSet['type'], number>> = {
	'hash:ip': 6,
	'hash:net': 7,
	'hash:ip,port': 7,
	'hash:net,port': 8,
	'hash:ip,port,ip': 6,
	'hash:ip,port,net': 8,
	'hash:net,iface': 8,
	'bitmap:ip': 3,
	'bitmap:port': 3,
	'list:set': 3
};

/** Lists come last, because they name the others. */
export function listedSets({ sets }: IpSets): readonly IpSet[] {
	return [
		...sets.filter((set) => set.type !== 'list:set'),
		...sets.filter((set) => set.type === 'list:set')
	];
}

/** What a set was created with, as it would be given to `create`. */
function header(set: IpSet): string {
	const parts: string[] = [];
	const text = (value: number): string =>
		set.type === 'bitmap:ip' ? formatAddress(value) : String(value);
	if (set.type.startsWith('hash:'))
		parts.push(`family inet hashsize ${set.hashsize} maxelem ${set.maxelem}`);
	else if (set.type === 'list:set') parts.push(`size ${set.size}`);
	else parts.push(`range ${text(set.range.from)}-${text(set.range.to)}`);
	if (set.netmask !== 32) parts.push(`netmask ${set.netmask}`);
	if (set.timeout !== null) parts.push(`timeout ${set.timeout}`);
	if (set.counters) parts.push('counters');
	if (set.comments) parts.push('comment');
	// The real one has `initval` here, which is drawn at random, and so the order of members too.
	if (set.type.startsWith('hash:')) parts.push(`bucketsize ${set.bucketsize}`);
	return parts.join(' ');
}

function members(set: IpSet, now: number): readonly IpSetElement[] {
	const alive = [...set.elements.values()].filter((element) => isAlive(element, now));
	if (!set.type.startsWith('bitmap:')) return alive;
	return alive.toSorted((a, b) => a.address - b.address || a.port - b.port);
}

/** Bitmaps are in order as they are, and the members of a list have one of their own. */
function elementLines(
	set: IpSet,
	elements: readonly IpSetElement[],
	now: number,
	sorted: boolean
): string[] {
	const lines = elements.map((element) => elementText(set, element, now));
	return sorted && set.type.startsWith('hash:') ? lines.toSorted(compareElements) : lines;
}

/** One set as `ipset list` shows it; `terse`: without its members. */
export function listSet(
	set: IpSet,
	sets: IpSets,
	env: IpSetEnvironment,
	terse: boolean,
	sorted: boolean
): string[] {
	const lists = sets.sets.filter(
		(one) => one.type === 'list:set' && one.elements.has(set.name)
	).length;
	const elements = members(set, env.now);
	const lines = elementLines(set, elements, env.now, sorted);
	return [
		`Name: ${set.name}`,
		`Type: ${set.type}`,
		`Revision: ${REVISIONS[set.type]}`,
		`Header: ${header(set)}`,
		`Size in memory: ${sizeInMemory(set, elements)}`,
		`References: ${(env.references?.(set.name) ?? 0) + lists}`,
		`Number of entries: ${elements.length}`,
		...(terse ? [] : ['Members:', ...lines])
	];
}

/** One set as `ipset save` writes it. */
export function saveSet(set: IpSet, now: number, sorted: boolean): string[] {
	return [
		`create ${set.name} ${set.type} ${header(set)}`,
		...elementLines(set, members(set, now), now, sorted).map((line) => `add ${set.name} ${line}`)
	];
}
