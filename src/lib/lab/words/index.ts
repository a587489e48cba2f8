/** The Lab in the languages of the site. */
import type { Packet } from '$lib/engine';
import type { Language } from '$lib/i18n';
import type { Telling } from './facts';
import type { Labels } from './labels';
import { wordsIn } from './shelf.svelte';

export interface LabWords extends Labels {
	/** What happened, with literal values in backticks. */
	sentence(telling: Telling): string;
	/** What one calls a packet for short. */
	packetName(packet: Packet): string;
	/** A tracker's reason; empty when there is none. */
	reason(reason: string | null): string;
	icmpName(icmp: readonly [type: number, code: number]): string;
}

/** The words in a language, which have been fetched. */
export function labWords(language: Language): LabWords {
	return wordsIn(language).lab;
}

/** A sentence without the backticks around its literal values. */
export function plain(sentence: string): string {
	return sentence.replaceAll('`', '');
}

/** A sentence cut at its backticks: every other piece, from the second on, is a literal value. */
export function pieces(sentence: string): { text: string; literal: boolean }[] {
	return sentence
		.split('`')
		.map((text, i) => ({ text, literal: i % 2 === 1 }))
		.filter(({ text }) => text !== '');
}

/** A sentence as HTML, its literal values as `<code>`. */
export function spelled(sentence: string): string {
	return pieces(sentence.replaceAll('&', '&amp;').replaceAll('<', '&lt;'))
		.map(({ text, literal }) => (literal ? `<code>${text}</code>` : text))
		.join('');
}

export type { Telling } from './facts';
export { fetchWords } from './shelf.svelte';
