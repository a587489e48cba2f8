/** Signs between words of a page that its templates put together. */
import type { Language } from '$lib/i18n';

interface Punctuation {
	/** After a label. */
	readonly colon: string;
	/** Before an addition. */
	readonly comma: string;
	/** Between remarks. */
	readonly semicolon: string;
	/** Between the members of a list. */
	readonly list: string;
}

export const punctuation: Record<Language, Punctuation> = {
	en: { colon: ': ', comma: ', ', semicolon: '; ', list: ', ' },
	zh: { colon: '：', comma: '，', semicolon: '；', list: '、' }
};
