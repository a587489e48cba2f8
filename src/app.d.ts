import type { Language } from '$lib/i18n';

declare global {
	namespace App {
		interface PageData {
			language?: Language;
		}
	}
}

export {};
