/** The words of the TCP view: they are loaded with it and not before. */
import type { Language } from '$lib/i18n';
import { en } from './tcp-en';
import type { TcpWords } from './tcp-en';
import { zh } from './tcp-zh';

const all: Readonly<Record<Language, TcpWords>> = { en, zh };

export function tcpWords(language: Language): TcpWords {
	return all[language];
}

export type { TcpWords };
