/** A text in every language of the site. */
export interface Words {
	readonly en: string;
	readonly zh: string;
}

/** The same in both languages: names, addresses, numbers. */
export const same = (text: string): Words => ({ en: text, zh: text });
