import { glossary } from '$lib/course/glossary.server';
import { languages, otherLanguage } from '$lib/i18n';

export const entries = () => languages.map((lang) => ({ lang }));

export async function load({ parent }) {
	const { language } = await parent();
	const twins = glossary(otherLanguage(language)).map(({ id, term }) => [id, term] as const);
	return { terms: glossary(language), twins: Object.fromEntries(twins) };
}
