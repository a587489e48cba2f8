import '@testing-library/jest-dom/vitest';
import { configure } from '@testing-library/svelte';
import { beforeAll } from 'vitest';

// Views are fetched when they are opened, and a busy machine takes its time over it: a bound for what hangs.
configure({ asyncUtilTimeout: 30_000 });

// jsdom lays nothing out, so that nothing is out of sight in it.
Element.prototype.scrollIntoView ??= () => undefined;

// Files share one page: each begins where the first did.
beforeAll(() => {
	document.body.replaceChildren();
	localStorage.clear();
	sessionStorage.clear();
	history.replaceState(null, '', '/');
});
