import { fetchDictionary } from '$lib/i18n';

/** A page carries the words of its own language only, and has them before it is shown. */
export async function load({ data }) {
	await fetchDictionary(data.language);
	return data;
}
