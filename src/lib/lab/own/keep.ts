/**
 * What is open on the page, kept for as long as the tab lives: another tab has a scenario of its own. Where storage is
 * closed, full or spoilt, that is told, and everything else goes on.
 */
import { acceptScenario } from '$lib/scenario/link';
import type { RuleTexts } from '../rule-edits.svelte';
import { ALL_VIEWS, type ViewName } from '../views/names';
import type { Scenario } from '$lib/scenario/scenario';
import type { Grown } from '$lib/timeline/grown';

export interface Kept {
	/** As it was opened. */
	readonly scenario: Scenario;
	/** What was tried out beside it. */
	readonly grown: readonly Grown[];
	/** Which of them is shown, from 1; 0: the scenario as it was opened. */
	readonly branch: number;
	readonly stop: number;
	readonly host: string;
	/** The views that are open; nothing: the usual ones. */
	readonly views?: readonly ViewName[] | undefined;
	/** Rules that could not be read yet. */
	readonly unread?: RuleTexts | null | undefined;
	/** The fragment that it was opened from or gone to by, for a page that is loaded again under the same address. */
	readonly link: string | null;
	/** Whether it is other than it was when it was opened. */
	readonly changed: boolean;
}

export type KeepFault = 'closed' | 'full' | 'broken';

const KEY = 'conntrack-lab:own';

/** Read what is kept; `null` when there is nothing. */
export function readKept(): Kept | KeepFault | null {
	let text: string | null;
	try {
		text = sessionStorage.getItem(KEY);
	} catch {
		return 'closed';
	}
	if (text === null) return null;
	try {
		const { scenario, grown, branch, stop, host, views, unread, link, changed } = JSON.parse(
			text
		) as Record<string, unknown>;
		const accepted = acceptScenario(scenario);
		if (!accepted.ok) return 'broken';
		return {
			scenario: accepted.scenario,
			grown: Array.isArray(grown) ? (grown as Grown[]) : [],
			branch: typeof branch === 'number' ? branch : 0,
			stop: typeof stop === 'number' ? stop : 0,
			host: typeof host === 'string' ? host : '',
			views: Array.isArray(views) ? ALL_VIEWS.filter((view) => views.includes(view)) : undefined,
			unread: textsOf(unread),
			link: typeof link === 'string' ? link : null,
			changed: changed === true
		};
	} catch {
		return 'broken';
	}
}

function textsOf(kept: unknown): RuleTexts | null {
	if (typeof kept !== 'object' || kept === null) return null;
	const texts = Object.entries(kept).filter(
		(one): one is [string, string] => typeof one[1] === 'string'
	);
	return texts.length > 0 ? Object.fromEntries(texts) : null;
}

/** Keep it, or with `null` forget it; says what stood in the way. */
export function keep(kept: Kept | null): KeepFault | null {
	try {
		if (kept) sessionStorage.setItem(KEY, JSON.stringify(kept));
		else sessionStorage.removeItem(KEY);
		return null;
	} catch (fault) {
		return fault instanceof DOMException && fault.name === 'QuotaExceededError' ? 'full' : 'closed';
	}
}
