/** The words of an iptables text with what they are, for highlighting. */
import { parseRestore, type RestoreLine, type Word } from './parse';
import type { Token, TokenKind } from '../nft/tokens';
import { readCommand } from './reader';
import { Refusal } from './refusal';
import type { WordKind } from './words';

/** What a word is within iptables. */
export type WordRole =
	WordKind | 'comment' | 'table' | 'policy' | 'commit' | 'counters' | 'invalid';

/** A word with the kind it is coloured as, which both languages have in common. */
export interface IptablesToken extends Token {
	readonly role: WordRole;
}

const KINDS: Readonly<Record<WordRole, TokenKind>> = {
	command: 'keyword',
	table: 'keyword',
	commit: 'keyword',
	chain: 'name',
	name: 'name',
	invalid: 'name',
	option: 'selector',
	match: 'statement',
	target: 'verdict',
	policy: 'verdict',
	number: 'number',
	address: 'number',
	string: 'string',
	operator: 'operator',
	counters: 'punctuation',
	comment: 'comment'
};

const token = (from: number, to: number, role: WordRole): IptablesToken => ({
	from,
	to,
	kind: KINDS[role],
	role
});

/**
 * Every word of the text, in order. A text that is wrong is told apart as far as it is right;
 * the word where a line goes wrong is `invalid`, and what follows it goes by its looks.
 */
export function tokenizeIptables(text: string): IptablesToken[] {
	const tokens: IptablesToken[] = [];
	for (const line of parseRestore(text)) lineTokens(text, line, tokens);
	return tokens;
}

function lineTokens(text: string, line: RestoreLine, tokens: IptablesToken[]): void {
	const word = (at: Word, role: WordRole): void => {
		tokens.push(token(at.from, at.to, role));
	};
	switch (line.kind) {
		case 'blank':
			return;
		case 'comment':
		case 'commit': {
			const from = line.from + (text.slice(line.from, line.to).match(/^\s*/)?.[0].length ?? 0);
			const to = line.from + text.slice(line.from, line.to).trimEnd().length;
			tokens.push(token(from, to, line.kind));
			return;
		}
		case 'table':
			line.words.forEach((at, i) => word(at, i === 0 ? 'table' : 'invalid'));
			return;
		case 'chain':
			line.words.forEach((at, i) =>
				word(at, i === 0 ? 'chain' : i === 1 ? 'policy' : i === 2 ? 'counters' : 'invalid')
			);
			return;
		case 'rule':
			if (line.counters) tokens.push(token(line.counters.from, line.counters.to, 'counters'));
			ruleTokens(line.words, tokens);
	}
}

function ruleTokens(words: readonly Word[], tokens: IptablesToken[]): void {
	const kinds = new Map<number, IptablesToken>();
	let wrong: { from: number; to: number } | null = null;
	try {
		readCommand(words, {
			restore: true,
			note: (word, role) => void kinds.set(word.from, token(word.from, word.to, role))
		});
	} catch (error) {
		if (!(error instanceof Refusal)) throw error;
		if (error.from !== null) wrong = { from: error.from, to: error.to ?? error.from };
	}
	for (const word of words) {
		const bad = wrong !== null && word.from <= wrong.from && wrong.from < word.to;
		const noted = [...kinds.values()].filter((one) => one.from >= word.from && one.to <= word.to);
		if (bad) tokens.push(token(word.from, word.to, 'invalid'));
		else if (noted.length > 0) tokens.push(...noted.toSorted((a, b) => a.from - b.from));
		else tokens.push(token(word.from, word.to, looks(word)));
	}
}

function looks(word: Word): WordRole {
	if (word.quoted) return 'string';
	if (word.text.startsWith('-')) return 'option';
	if (word.text === '!') return 'operator';
	if (/^\d+(\.\d+){3}/.test(word.text)) return 'address';
	return /^\d/.test(word.text) ? 'number' : 'name';
}
