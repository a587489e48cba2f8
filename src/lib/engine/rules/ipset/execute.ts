/** What each ipset command does to the sets of a host. */
import type { Word } from '../iptables/parse';
import { Refusal, type ExitStatus } from '../iptables/refusal';
import { readElements, type ElementKey } from './element';
import { readCreate, readElementOptions, readName, Words, type ElementOptions } from './options';
import { findSet, isAlive, putSet, type IpSet, type IpSetElement, type IpSets } from './set';
import { ipsetTest } from './test';

/** What commands need of the world. */
export interface IpSetEnvironment {
	/** World time, ms. */
	readonly now: number;
	/** How many rules ask the set; without this, none do. */
	references?(name: string): number;
}

const NO_SET = 'there is no set of that name';
const ALREADY = 'it is in the set already';

/** The commands that change sets, under every name ipset has for them. */
const NAMES: Readonly<Record<string, keyof typeof COMMANDS>> = {
	create: 'create',
	n: 'create',
	'-N': 'create',
	'--create': 'create',
	add: 'add',
	a: 'add',
	'-A': 'add',
	'--add': 'add',
	del: 'del',
	d: 'del',
	'-D': 'del',
	'--del': 'del',
	test: 'test',
	t: 'test',
	'-T': 'test',
	'--test': 'test',
	destroy: 'destroy',
	x: 'destroy',
	'-X': 'destroy',
	'--destroy': 'destroy',
	flush: 'flush',
	f: 'flush',
	'-F': 'flush',
	'--flush': 'flush',
	rename: 'rename',
	e: 'rename',
	'-E': 'rename',
	'--rename': 'rename',
	swap: 'swap',
	w: 'swap',
	'-W': 'swap',
	'--swap': 'swap'
};

/** The sets while commands are carried out on them, one after the other. */
export class Executor {
	private readonly copies = new WeakSet<object>();

	constructor(
		public sets: IpSets,
		readonly env: IpSetEnvironment,
		/** `-exist`: what is there already, or not there any more, is no error. */
		public exist = false
	) {}

	/**
	 * Carry out one command. What it did before it was refused stays done, as in the kernel.
	 * @throws {Refusal}
	 */
	run(command: Word, rest: readonly Word[]): void {
		const name = NAMES[command.text];
		if (!name || !Object.hasOwn(NAMES, command.text))
			throw new Refusal(
				`expected a command (create, add, del …), found \`${command.text}\``,
				command.from,
				command.to,
				2
			);
		const words = rest.filter(({ text }) => {
			if (!/^(-!|-exist|--exist)$/.test(text)) return true;
			this.exist = true;
			return false;
		});
		COMMANDS[name](this, new Words(words, rest.at(-1)?.to ?? command.to));
	}

	find(word: Word): IpSet {
		const set = findSet(this.sets, word.text);
		if (!set) throw refusal(NO_SET, word);
		return set;
	}

	/** The elements of a set as a map of this executor's own, copied once and then changed in place. */
	owned(set: IpSet): Map<string, IpSetElement> {
		const elements = set.elements as Map<string, IpSetElement>;
		if (this.copies.has(elements)) return elements;
		const copy = new Map(elements);
		this.copies.add(copy);
		return copy;
	}

	put(set: IpSet): void {
		this.sets = putSet(this.sets, set);
	}

	isUsed(name: string): boolean {
		if ((this.env.references?.(name) ?? 0) > 0) return true;
		return this.sets.sets.some((set) => set.type === 'list:set' && set.elements.has(name));
	}
}

const COMMANDS = { create, add, del, test, destroy, flush, rename, swap } as const;

function refusal(message: string, word: Word, exit: ExitStatus = 1): Refusal {
	return new Refusal(message, word.from, word.to, exit);
}

function create(to: Executor, words: Words): void {
	const { set, name } = readCreate(words);
	const before = findSet(to.sets, set.name);
	if (!before) return to.put(set);
	const same = before.type === set.type && headOf(before) === headOf(set);
	if (!to.exist || !same) throw refusal('there is a set of that name already', name);
}

/** What two sets must share to be taken for the same by `create -exist`. */
function headOf({ maxelem, netmask, range, timeout, counters, comments }: IpSet): string {
	return JSON.stringify([maxelem, netmask, range, timeout, counters, comments]);
}

function readEntry(
	to: Executor,
	words: Words,
	deleting = false
): {
	set: IpSet;
	word: Word;
	keys: readonly ElementKey[];
	options: ElementOptions;
} {
	const set = to.find(readName(words));
	const word = words.next('an element');
	const keys = readElements(set, word);
	return { set, word, keys, options: readElementOptions(words, set, deleting) };
}

function add(to: Executor, words: Words): void {
	const { set, word, keys, options } = readEntry(to, words);
	const { now } = to.env;
	const elements = to.owned(set);
	if (set.timeout !== null)
		for (const [key, element] of elements) if (!isAlive(element, now)) elements.delete(key);
	try {
		checkRange(set, keys, word);
		for (const key of keys) {
			checkElement(to, set, key, word);
			const before = elements.get(key.key);
			if (before && !to.exist) throw refusal(ALREADY, word);
			if (!before && set.type.startsWith('hash:') && elements.size >= set.maxelem)
				throw refusal(`the set is full (maxelem ${set.maxelem})`, word);
			const element = makeElement(set, key, options, now);
			if (set.type === 'list:set') place(elements, element, options, word);
			else elements.set(key.key, element);
		}
	} finally {
		to.put({ ...set, elements });
	}
}

/** All of them, before the first is added or taken out. */
function checkRange(set: IpSet, keys: readonly ElementKey[], word: Word): void {
	if (!set.type.startsWith('bitmap:')) return;
	const { from, to } = set.range;
	for (const key of keys) {
		const value = set.type === 'bitmap:port' ? key.port : key.address;
		if (value < from || value > to) throw refusal('it is out of the range of the set', word);
	}
}

/** `before` and `after` in `del` and `test`: the two must be next to each other. */
function checkBeside(set: IpSet, name: string, { place }: ElementOptions, word: Word): void {
	if (!place) return;
	const members = [...set.elements.keys()];
	const beside = members.indexOf(name) + (place.where === 'before' ? 1 : -1);
	if (!set.elements.has(name) || members[beside] !== place.name.text)
		throw refusal('it does not stand beside that one', word);
}

function checkElement(to: Executor, set: IpSet, key: ElementKey, word: Word): void {
	if (set.type !== 'list:set') return;
	const member = findSet(to.sets, key.set);
	if (!member) throw refusal(NO_SET, word);
	if (member.type === 'list:set') throw refusal('a list cannot be in a list', word);
}

function makeElement(
	set: IpSet,
	key: ElementKey,
	options: ElementOptions,
	now: number
): IpSetElement {
	const seconds = options.timeout ?? set.timeout ?? 0;
	return {
		...key,
		nomatch: options.nomatch,
		expires: seconds === 0 ? null : now + seconds * 1000,
		counter: set.counters ? { packets: options.packets ?? 0, bytes: options.bytes ?? 0 } : null,
		comment: options.comment === null || options.comment === '' ? null : options.comment
	};
}

/** A member of a list, at its end or beside another. */
function place(
	elements: Map<string, IpSetElement>,
	element: IpSetElement,
	{ place }: ElementOptions,
	word: Word
): void {
	if (!place) {
		elements.set(element.key, element);
		return;
	}
	const list = [...elements.values()].filter((one) => one.key !== element.key);
	const at = list.findIndex((one) => one.key === place.name.text);
	if (at < 0) throw refusal('what it should stand beside is not in the set', word);
	list.splice(place.where === 'before' ? at : at + 1, 0, element);
	elements.clear();
	for (const one of list) elements.set(one.key, one);
}

function del(to: Executor, words: Words): void {
	const { set, word, keys, options } = readEntry(to, words, true);
	if (set.type === 'list:set') checkBeside(set, keys[0]!.key, options, word);
	const elements = to.owned(set);
	try {
		checkRange(set, keys, word);
		for (const key of keys) {
			const before = elements.get(key.key);
			if ((!before || !isAlive(before, to.env.now)) && !to.exist)
				throw refusal('it is not in the set', word);
			elements.delete(key.key);
		}
	} finally {
		to.put({ ...set, elements });
	}
}

/** Refuses where the element is not in the set, and changes nothing. */
function test(to: Executor, words: Words): void {
	const { set, word, keys, options } = readEntry(to, words);
	if (set.type === 'list:set') checkBeside(set, keys[0]!.key, options, word);
	if (keys.length > 1 && set.type !== 'hash:ip')
		throw refusal('`test` takes one element, no range', word);
	const found = keys.length > 0 && ipsetTest(set, keys[0]!, options.nomatch, to.env.now);
	if (!found) throw refusal(`${word.text} is NOT in set ${set.name}.`, word);
}

function destroy(to: Executor, words: Words): void {
	if (words.done) {
		if (to.sets.sets.some(({ name }) => (to.env.references?.(name) ?? 0) > 0))
			throw new Refusal('a set is in use by rules', null, null, 1);
		to.sets = { sets: [] };
		return;
	}
	const word = readName(words);
	words.finish();
	if (to.exist && !findSet(to.sets, word.text)) return;
	const set = to.find(word);
	if (to.isUsed(set.name)) throw refusal('the set is in use by rules or by a list', word);
	to.sets = { sets: to.sets.sets.filter((one) => one !== set) };
}

function flush(to: Executor, words: Words): void {
	const empty = (set: IpSet): IpSet =>
		set.elements.size === 0 ? set : { ...set, elements: new Map() };
	if (words.done) {
		to.sets = { sets: to.sets.sets.map(empty) };
		return;
	}
	const word = readName(words);
	words.finish();
	to.put(empty(to.find(word)));
}

function twoNames(words: Words): [Word, Word] {
	const names: [Word, Word] = [readName(words), readName(words)];
	words.finish();
	return names;
}

function rename(to: Executor, words: Words): void {
	const [from, name] = twoNames(words);
	const set = to.find(from);
	if (findSet(to.sets, name.text)) throw refusal('there is a set of that name already', name);
	if (to.isUsed(set.name)) throw refusal('the set is in use by rules or by a list', from);
	to.sets = {
		sets: to.sets.sets.map((one) => (one === set ? { ...set, name: name.text } : one))
	};
}

/** The contents of one set under the name and in the place of another. */
function takingPlace(contents: IpSet, of: IpSet): IpSet {
	return { ...contents, name: of.name, ...(of.slot !== undefined && { slot: of.slot }) };
}

/** What a set is of, without how it is kept (`set->type->features`): sets of one kind can be swapped. */
function featuresOf({ type }: IpSet): string {
	return type.slice(type.indexOf(':') + 1);
}

/** Their contents change places; rules go on asking by the same name. */
function swap(to: Executor, words: Words): void {
	const [first, second] = twoNames(words);
	const a = to.find(first);
	const b = to.find(second);
	if (featuresOf(a) !== featuresOf(b)) throw refusal('sets of two types cannot be swapped', second);
	to.sets = {
		sets: to.sets.sets.map((set) =>
			set === a ? takingPlace(b, a) : set === b ? takingPlace(a, b) : set
		)
	};
}
