/** Practice is remembered in this browser: what was solved, and answers as they were left. Where it cannot be, nothing breaks. */
import type { Kind } from '../format/exercise';
import type { Answer } from '../kinds/answer';
import { readAnswer } from '../kinds/answer';

const prefix = 'conntrack-lab:exercise:';
const SOLVED = 'conntrack-lab:solved';

function read(key: string): unknown {
	try {
		return JSON.parse(localStorage.getItem(key) ?? 'null');
	} catch {
		return null;
	}
}

function write(key: string, value: unknown): void {
	try {
		localStorage.setItem(key, JSON.stringify(value));
	} catch {
		// Nothing is kept then.
	}
}

export const keepDraft = (slug: string, answer: Answer): void => write(prefix + slug, answer);

export function recallDraft(slug: string, kind: Kind): Answer | null {
	const json = read(prefix + slug);
	return json === null ? null : readAnswer(kind, json);
}

export function forgetDraft(slug: string): void {
	try {
		localStorage.removeItem(prefix + slug);
	} catch {
		// Nothing was kept.
	}
}

/** Slugs of exercises that were solved in this browser. */
export function solvedHere(): string[] {
	const list = read(SOLVED);
	return Array.isArray(list) ? list.filter((one): one is string => typeof one === 'string') : [];
}

export function rememberSolved(slug: string): void {
	write(SOLVED, [...new Set([...solvedHere(), slug])]);
}
