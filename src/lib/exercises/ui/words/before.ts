/** What stands in the place of work before it is there. A lesson carries these, and fetches the others with the work. */
import type { Language } from '$lib/i18n';
import { useLanguage } from '$lib/i18n';

export const beforeEn = {
	begin: 'Begin',
	work: 'Your work',
	loading: 'Loading …',
	failedToLoad: 'This part could not be loaded.',
	retry: 'Try again',
	needsScript: 'Exercises are checked by scripts in this page, and need them switched on.'
};

export const beforeZh: typeof beforeEn = {
	begin: '开始',
	work: '你的答案',
	loading: '正在加载……',
	failedToLoad: '这一部分没能加载。',
	retry: '再试一次',
	needsScript: '练习由页面里的脚本检查，需要启用脚本。'
};

const dictionaries: Record<Language, typeof beforeEn> = { en: beforeEn, zh: beforeZh };

/** The words in the page's language, as a getter; call it while the component is set up. */
export function useWordsBefore(): () => typeof beforeEn {
	const language = useLanguage();
	return () => dictionaries[language()];
}
