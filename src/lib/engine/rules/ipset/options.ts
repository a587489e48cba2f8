/** The words after the name of a set or element, read into what they say. */
import { parseValue, type ValueRule, type Word } from '../iptables/parse';
import { Refusal } from '../iptables/refusal';
import {
	OF_NETWORKS,
	OLD_NAMES,
	OTHER_SET_TYPES,
	SET_TYPES,
	type IpSet,
	type SetType
} from './set';

/** Largest timeout in seconds. */
const LONGEST = 2147483;
/** `IPSET_MAXNAMELEN` less the closing zero. */
const LONGEST_NAME = 31;
/** Most elements of a bitmap. */
const BITMAP_MOST = 65536;

/** Words of a command, taken one after the other. */
export class Words {
	private at = 0;

	constructor(
		private readonly words: readonly Word[],
		/** Where the words end, for what is missing. */
		private readonly end: number
	) {}

	get done(): boolean {
		return this.at >= this.words.length;
	}

	/** @throws {Refusal} where there is none left. */
	next(wanted: string): Word {
		const word = this.words[this.at++];
		if (!word) throw new Refusal(`expected ${wanted}`, this.end, this.end, 2);
		if (!word.closed) throw new Refusal('this quote is not closed', word.from, word.to, 2);
		return word;
	}

	/** @throws {Refusal} unless all words were taken. */
	finish(): void {
		const word = this.words[this.at];
		if (word)
			throw new Refusal(`expected nothing more, found \`${word.text}\``, word.from, word.to, 2);
	}
}

function refuse(message: string, word: Word, exit: 1 | 2 = 1): never {
	throw new Refusal(message, word.from, word.to, exit);
}

function number(words: Words, name: string, least: number, most: number): number {
	const word = words.next(`a number after \`${name}\``);
	const value = /^\d+$/.test(word.text) ? Number(word.text) : NaN;
	if (!(value >= least && value <= most)) refuse(`expected a number (${least} to ${most})`, word);
	return value;
}

/** A name that a set may have. */
export function readName(words: Words): Word {
	const word = words.next('the name of a set');
	if (word.text.length > LONGEST_NAME)
		refuse(`a set's name has at most ${LONGEST_NAME} letters`, word);
	if (word.text === '') refuse('expected the name of a set', word);
	return word;
}

/** `create NAME TYPE …` without the `create`. */
export function readCreate(words: Words): { set: IpSet; name: Word } {
	const name = readName(words);
	const typeWord = words.next(`a type (${SET_TYPES.join(', ')})`);
	const type = typeOf(typeWord);
	const hash = type.startsWith('hash:');
	const bitmap = type.startsWith('bitmap:');
	const set: { -readonly [K in keyof IpSet]: IpSet[K] } = {
		name: name.text,
		type,
		hashsize: 1024,
		maxelem: 65536,
		bucketsize: 12,
		netmask: 32,
		range: { from: 0, to: 0 },
		size: 8,
		timeout: null,
		counters: false,
		comments: false,
		elements: new Map()
	};
	let ranged = false;
	while (!words.done) {
		const word = words.next('an option');
		const unknown = (): never => refuse(`\`${type}\` has no option \`${word.text}\``, word, 2);
		switch (word.text) {
			case 'timeout':
				set.timeout = number(words, word.text, 0, LONGEST);
				break;
			case 'counters':
				set.counters = true;
				break;
			case 'comment':
				set.comments = true;
				break;
			case 'family': {
				if (!hash) unknown();
				const family = words.next('inet');
				if (family.text === 'inet6' || family.text === '-6')
					refuse('`inet6` is not modelled', family);
				if (family.text !== 'inet') refuse(`expected \`inet\`, found \`${family.text}\``, family);
				break;
			}
			case 'hashsize':
				if (!hash) unknown();
				set.hashsize = powerOfTwo(number(words, word.text, 1, 0x80000000));
				break;
			case 'maxelem':
				if (!hash) unknown();
				set.maxelem = number(words, word.text, 0, 0xffffffff);
				break;
			case 'bucketsize':
				if (!hash) unknown();
				set.bucketsize = bucketSize(number(words, word.text, 0, 255));
				break;
			case '-6':
				refuse('`inet6` is not modelled', word);
				break;
			case 'initval':
				if (!hash) unknown();
				words.next('a number after `initval`');
				break;
			case 'netmask':
				if (type === 'hash:ip,port') refuse('`netmask` of `hash:ip,port` is not modelled', word);
				if (type !== 'hash:ip' && type !== 'bitmap:ip') unknown();
				set.netmask = number(words, word.text, 1, 32);
				break;
			case 'range':
				if (!bitmap) unknown();
				set.range = readRange(words, type);
				ranged = true;
				break;
			case 'size':
				if (type !== 'list:set') unknown();
				set.size = Math.max(4, number(words, word.text, 0, 0xffffffff));
				break;
			case 'skbinfo':
			case 'forceadd':
			case 'bitmask':
				refuse(`\`${word.text}\` is not modelled`, word);
				break;
			default:
				unknown();
		}
	}
	if (bitmap && !ranged) refuse(`\`${type}\` needs \`range\``, typeWord, 2);
	if (type === 'bitmap:ip') {
		const step = 2 ** (32 - set.netmask);
		set.range = { from: Math.floor(set.range.from / step) * step, to: set.range.to };
		if ((set.range.to - set.range.from + 1) / step > BITMAP_MOST)
			refuse(`a bitmap holds at most ${BITMAP_MOST} elements`, typeWord);
	}
	return { set, name };
}

function typeOf(word: Word): SetType {
	const found =
		SET_TYPES.find((type) => type === word.text) ??
		(Object.hasOwn(OLD_NAMES, word.text) ? OLD_NAMES[word.text] : undefined);
	if (found) return found;
	if (OTHER_SET_TYPES.includes(word.text)) refuse(`\`${word.text}\` is not modelled`, word);
	refuse(`expected a type (${SET_TYPES.join(', ')}), found \`${word.text}\``, word);
}

function readRange(words: Words, type: SetType): IpSet['range'] {
	const word = words.next('a range');
	if (type === 'bitmap:port' && !word.text.includes('-'))
		refuse('expected a range (from-to)', word, 2);
	const rule: ValueRule = type === 'bitmap:ip' ? 'SetAddressRange' : 'SetPortRange';
	return parseValue(rule, word, 1) as IpSet['range'];
}

/** As the kernel rounds it: even, from 2 to 12 (`mtype_create`). */
function bucketSize(size: number): number {
	return Math.min(Math.max(size + (size % 2), 2), 12);
}

/** As the kernel rounds a hash's size up (`htable_bits`). */
function powerOfTwo(size: number): number {
	return 2 ** Math.ceil(Math.log2(Math.max(size, 64)));
}

/** Longest comment (`IPSET_MAX_COMMENT_SIZE`). */
const LONGEST_COMMENT = 255;

/** A comment is written in quotes, so it has none itself. */
function comment(words: Words): string {
	const word = words.next('a comment');
	if (word.text.includes('"')) refuse('a comment cannot have a quote in it', word);
	if (word.text.length > LONGEST_COMMENT)
		refuse(`a comment has at most ${LONGEST_COMMENT} letters`, word);
	return word.text;
}

/** What may follow an element. */
export interface ElementOptions {
	readonly timeout: number | null;
	readonly nomatch: boolean;
	readonly packets: number | null;
	readonly bytes: number | null;
	readonly comment: string | null;
	/** `list:set`: where to put it. */
	readonly place: { readonly where: 'before' | 'after'; readonly name: Word } | null;
}

/** The words after the element in `add`, `del` and `test`. */
export function readElementOptions(words: Words, set: IpSet, deleting: boolean): ElementOptions {
	const options: { -readonly [K in keyof ElementOptions]: ElementOptions[K] } = {
		timeout: null,
		nomatch: false,
		packets: null,
		bytes: null,
		comment: null,
		place: null
	};
	while (!words.done) {
		const word = words.next('an option');
		const need = (has: boolean, what: string): void => {
			if (!has) refuse(`\`${set.name}\` was created without \`${what}\``, word);
		};
		switch (word.text) {
			case 'timeout':
				options.timeout = number(words, word.text, 0, LONGEST);
				need(set.timeout !== null, 'timeout');
				break;
			case 'packets':
			case 'bytes':
				options[word.text] = number(words, word.text, 0, Number.MAX_SAFE_INTEGER);
				need(set.counters, 'counters');
				break;
			case 'comment':
				options.comment = comment(words);
				need(set.comments, 'comment');
				break;
			case 'nomatch':
				if (deleting || !OF_NETWORKS.has(set.type))
					refuse(`\`${set.type}\` has no option \`nomatch\``, word, 2);
				options.nomatch = true;
				break;
			case 'before':
			case 'after':
				if (set.type !== 'list:set')
					refuse(`\`${set.type}\` has no option \`${word.text}\``, word, 2);
				options.place = { where: word.text, name: words.next('the name of a set') };
				break;
			case 'skbmark':
			case 'skbprio':
			case 'skbqueue':
				refuse(`\`${word.text}\` is not modelled`, word);
				break;
			default:
				refuse(`an element of \`${set.type}\` has no option \`${word.text}\``, word, 2);
		}
	}
	return options;
}
