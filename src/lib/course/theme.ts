import { recall, remember } from './memory';

export const themes = ['auto', 'light', 'dark'] as const;

/** `auto` follows the system. */
export type Theme = (typeof themes)[number];

/** The theme that the reader has chosen; app.html has applied it already. */
export function chosenTheme(): Theme {
	const value = recall('theme');
	return value === 'light' || value === 'dark' ? value : 'auto';
}

/** Applies a theme to the page and keeps it for the next. */
export function chooseTheme(theme: Theme): void {
	if (theme === 'auto') delete document.documentElement.dataset.theme;
	else document.documentElement.dataset.theme = theme;
	remember('theme', theme === 'auto' ? null : theme);
}
