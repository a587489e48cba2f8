/** Practice is remembered in this browser: what was solved, and answers as they were left. Where it cannot be, nothing breaks. */
import type { Kind } from '../format/exercise';
import type { Answer } from '../kinds/answer';
import { readAnswer } from '../kinds/answer';
import type { Unread } from './attempt.svelte';

const prefix = 'conntrack-lab:exercise:';
const unreadPrefix = 'conntrack-lab:unread:';
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

function remove(key: string): void {
	try {
		localStorage.removeItem(key);
	} catch {
		// Nothing was kept.
	}
}

export function keepDraft(slug: string, answer: Answer, unread: Unread): void {
	write(prefix + slug, answer);
	if (Object.keys(unread).length > 0) write(unreadPrefix + slug, unread);
	else remove(unreadPrefix + slug);
}

export function recallDraft(slug: string, kind: Kind): Answer | null {
	const json = read(prefix + slug);
	return json === null ? null : readAnswer(kind, json);
}

/** What could not be read of a draft, as it was typed. */
export function recallUnread(slug: string): Unread {
	const json = read(unreadPrefix + slug);
	return typeof json === 'object' && json !== null
		? Object.fromEntries(Object.entries(json).filter(([, text]) => typeof text === 'string'))
		: {};
}

export function forgetDraft(slug: string): void {
	remove(prefix + slug);
	remove(unreadPrefix + slug);
}

/** Slugs of exercises that were solved in this browser. */
export function solvedHere(): string[] {
	const list = read(SOLVED);
	return Array.isArray(list) ? list.filter((one): one is string => typeof one === 'string') : [];
}

export function rememberSolved(slug: string): void {
	write(SOLVED, [...new Set([...solvedHere(), slug])]);
}
