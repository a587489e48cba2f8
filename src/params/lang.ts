export { isLanguage as match } from '$lib/i18n/languages';
