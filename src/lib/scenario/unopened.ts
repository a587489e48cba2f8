/** What is not even looked at, and why not. */
import { LIMITS } from './limits';
import type { ParsedScenario } from './scenario';

const unopened = (path: string, message: string): ParsedScenario => ({
	ok: false,
	errors: [{ path, message }]
});

/** A file of more characters than are opened. */
export const tooLong = (): ParsedScenario =>
	unopened(
		'(file)',
		`longer than ${LIMITS.characters.toLocaleString('en-US')} characters, and not opened here`
	);

/** A file that the browser does not give out. */
export const unreadable = (): ParsedScenario => unopened('(file)', 'it cannot be read');

/** A link of more characters than are read. */
export const tooLongLink = (most: number): ParsedScenario =>
	unopened('(link)', `it holds more than is read from a link (${most} characters)`);
