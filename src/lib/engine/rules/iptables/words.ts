/** The words of a command, taken one after the other, each told what it turned out to be. */
import type { ValueRule, Word } from './parse';
import { Refusal } from './refusal';

export type WordKind =
	| 'command'
	| 'chain'
	| 'option'
	| 'match'
	| 'target'
	| 'number'
	| 'address'
	| 'name'
	| 'string'
	| 'operator';

export type Note = (word: Word, kind: WordKind) => void;

/** A refusal at a word. */
export function refusalAt(message: string, word: Word): Refusal {
	return new Refusal(message, word.from, word.to);
}

export class WordStream {
	private at = 0;

	constructor(private readonly words: readonly Word[]) {}

	get done(): boolean {
		return this.at >= this.words.length;
	}

	/** Offset of the first word, where there is one. */
	get start(): number | null {
		return this.words[0]?.from ?? null;
	}

	/** @throws {Refusal} where its quote is not closed. */
	next(): Word {
		const word = this.words[this.at++]!;
		if (!word.closed) throw refusalAt('this quote is not closed', word);
		return word;
	}

	/** The argument of an option: what is glued to it, or the next word, whatever it looks like. */
	argument(option: Word, glued: Word | null): Word {
		if (glued) return glued;
		if (this.done) throw refusalAt(`${option.text} needs an argument`, option);
		return this.next();
	}

	/** The next word if it is no option: `-L INPUT`, `-I INPUT 3`. */
	optional(): Word | null {
		const word = this.words[this.at];
		if (!word || word.text.startsWith('-') || word.text === '!') return null;
		this.at++;
		return word;
	}

	/** Pass over the next word if it is a number: `-w 5`. */
	skipNumber(): void {
		const word = this.words[this.at];
		if (word && /^\d+$/.test(word.text)) this.at++;
	}
}

/** What a word is that is read with that rule. */
export function kindOf(rule: ValueRule): WordKind {
	switch (rule) {
		case 'Addresses':
		case 'AddressRange':
		case 'NatRange':
		case 'HostNetwork':
		case 'Host':
			return 'address';
		case 'PortRange':
		case 'PortList':
		case 'MasqueradePorts':
		case 'Number':
		case 'Long':
		case 'NumberRange':
		case 'MssRange':
		case 'LengthRange':
		case 'LongRange':
		case 'Short':
		case 'NodeCount':
		case 'Byte':
		case 'U32':
		case 'Tos':
		case 'Dscp':
		case 'Ect':
		case 'Mark':
		case 'Rate':
		case 'HashlimitRate':
		case 'HashlimitBurst':
		case 'Probability':
			return 'number';
		case 'Text':
			return 'string';
		default:
			return 'name';
	}
}
