/**
 * What is typed above the table, to pick entries by: words, each of which must be found in an entry as `conntrack -L`
 * prints it, or `key=value` with the names that `conntrack` itself has.
 */
import type { Entry, Tuple } from '$lib/engine';
import {
	formatAddress,
	formatEntry,
	formatProtocol,
	maskOf,
	parseInterfaceAddress,
	stateName
} from '$lib/engine';
import { statusBits } from './status-bits';

type Seen = Readonly<Entry>;
type Test = (entry: Seen) => boolean;

export interface TableFilter {
	/** Nothing is asked for: every entry fits. */
	readonly empty: boolean;
	/** A key that there is not. */
	readonly unknown: string | null;
	readonly fits: Test;
}

const never: Test = () => false;

function addressTest(value: string, of: (entry: Seen) => readonly number[]): Test {
	const wanted = parseInterfaceAddress(value);
	// As far as it has been typed.
	if (!wanted) {
		if (!/^[\d.]+$/.test(value)) return never;
		return (entry) => of(entry).some((address) => formatAddress(address).startsWith(value));
	}
	const mask = maskOf(wanted.length);
	return (entry) => of(entry).some((address) => ((address ^ wanted.address) & mask) === 0);
}

function numberTest(value: string, of: (entry: Seen) => readonly number[]): Test {
	if (!/^(0x[\da-f]+|\d+)$/i.test(value)) return never;
	const wanted = Number(value);
	return (entry) => of(entry).includes(wanted);
}

const both = (of: (tuple: Tuple) => number) => (entry: Seen) => [
	of(entry.original),
	of(entry.reply)
];
const stateOf = (entry: Seen): string => stateName(entry) ?? '';

/** The tests that `key=value` stands for. Of a tuple the original is meant, as in `conntrack -L --src`. */
const KEYS: Readonly<Record<string, (value: string) => Test>> = {
	src: (value) => addressTest(value, ({ original }) => [original.src]),
	dst: (value) => addressTest(value, ({ original }) => [original.dst]),
	'reply-src': (value) => addressTest(value, ({ reply }) => [reply.src]),
	'reply-dst': (value) => addressTest(value, ({ reply }) => [reply.dst]),
	addr: (value) =>
		addressTest(value, (entry) => [
			...both(({ src }) => src)(entry),
			...both(({ dst }) => dst)(entry)
		]),
	sport: (value) => numberTest(value, ({ original }) => [original.sport]),
	dport: (value) => numberTest(value, ({ original }) => [original.dport]),
	'reply-sport': (value) => numberTest(value, ({ reply }) => [reply.sport]),
	'reply-dport': (value) => numberTest(value, ({ reply }) => [reply.dport]),
	port: (value) =>
		numberTest(value, (entry) => [
			...both(({ sport }) => sport)(entry),
			...both(({ dport }) => dport)(entry)
		]),
	proto: (value) => (entry) => formatProtocol(entry.original.protocol).split(' ').includes(value),
	state: (value) => (entry) => stateOf(entry).toLowerCase().startsWith(value),
	mark: (value) => numberTest(value, ({ mark }) => [mark]),
	zone: (value) => numberTest(value, ({ zone }) => [zone.id]),
	id: (value) => numberTest(value, ({ id }) => [id]),
	helper: (value) => (entry) => entry.helper?.startsWith(value) ?? false,
	status: (value) => (entry) =>
		statusBits(entry.status).some((bit) => bit.toLowerCase().startsWith(value))
};

const withPort = (tuple: Tuple): string =>
	` ${formatAddress(tuple.src)}:${tuple.sport} ${formatAddress(tuple.dst)}:${tuple.dport}`;

/** An entry as one finds it: as the list prints it, and its ends as they are written for short. */
function textOf(entry: Seen): string {
	const line = formatEntry(entry as Entry, { state: true, counters: false });
	return (line + withPort(entry.original) + withPort(entry.reply)).toLowerCase();
}

/** Reads a filter. Upper and lower case are the same. */
export function parseFilter(text: string): TableFilter {
	const words = text
		.trim()
		.toLowerCase()
		.split(/\s+/)
		.filter((word) => word !== '');
	const tests: Test[] = [];
	const plain: string[] = [];
	let unknown: string | null = null;
	for (const word of words) {
		const [, key, value] = /^([a-z-]+)=(.*)$/.exec(word) ?? [];
		if (key === undefined || value === undefined) plain.push(word);
		else if (!Object.hasOwn(KEYS, key)) unknown ??= key;
		else if (value !== '') tests.push(KEYS[key]!(value));
	}
	if (plain.length > 0)
		tests.push((entry) => {
			const line = textOf(entry);
			return plain.every((word) => line.includes(word));
		});
	if (unknown !== null) return { empty: false, unknown, fits: never };
	return {
		empty: tests.length === 0,
		unknown,
		fits: (entry) => tests.every((test) => test(entry))
	};
}

/** How many entries are looked at before somebody else may have a turn. */
const SHARE = 4000;

/**
 * The places (from 0) of the entries that fit, share by share: after each the caller may let the page do other work.
 *
 * @param at an entry as it is at the moment in question
 */
export function* filterPlaces(
	count: number,
	at: (place: number) => Seen,
	{ fits }: TableFilter
): Generator<undefined, number[]> {
	const found: number[] = [];
	for (let place = 0; place < count; place++) {
		if (fits(at(place))) found.push(place);
		if (place % SHARE === SHARE - 1) yield;
	}
	return found;
}
