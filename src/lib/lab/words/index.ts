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

export { pieces, plain, spelled } from './sentence';
export type { Telling } from './facts';
export { fetchWords } from './shelf.svelte';
