import { languages } from '$lib/i18n';
import { lessonLabs } from './lesson-labs.server';

export const entries = () => languages.map((lang) => ({ lang }));

export async function load({ params, parent }) {
	const { lessons } = await parent();
	return { labs: lessonLabs(params.lang, lessons) };
}
