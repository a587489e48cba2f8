import { reference } from '$lib/course/reference.server';
import { languages } from '$lib/i18n';

export const entries = () => languages.map((lang) => ({ lang }));

export async function load({ parent }) {
	return { pages: reference((await parent()).language) };
}
