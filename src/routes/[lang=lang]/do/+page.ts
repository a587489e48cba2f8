import { languages } from '$lib/i18n';

export const entries = () => languages.map((lang) => ({ lang }));
