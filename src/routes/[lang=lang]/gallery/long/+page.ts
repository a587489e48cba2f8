import { languages } from '$lib/i18n';

export const prerender = true;
export const entries = () => languages.map((lang) => ({ lang }));
