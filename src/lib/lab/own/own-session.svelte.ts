/**
 * What is open on the page for scenarios of one's own: where it came from, what has become of it, and what wants to take
 * its place. It is kept across a reload, and never gives way unasked.
 */
import { untrack } from 'svelte';
import { acceptScenario, scenarioFromLink } from '$lib/scenario/link';
import type { ParsedScenario, Scenario, ScenarioError } from '$lib/scenario/scenario';
import { tooLongLink } from '$lib/scenario/unopened';
import { grown, regrow } from '$lib/timeline/grown';
import type { LabState } from '../lab-state.svelte';
import { LONGEST_FRAGMENT, scenarioLink } from '../share/fragment';
import { keep, readKept, type KeepFault, type Kept } from './keep';

/** What may be opened: it has no branches yet. */
type Asked = Pick<Kept, 'scenario' | 'stop' | 'host' | 'link'>;
const FRESH = { grown: [], branch: 0, changed: false };

interface Opened extends Kept {
	/** Counts what was opened: each makes a new Lab. */
	readonly number: number;
}

/** Milliseconds: nobody reloads between two steps, and a large scenario takes its time to be written. */
const PATIENCE = 250;

/** A Lab that is new on the page has the trunk alone. */
function growAgain(now: LabState, { grown, branch, stop, unread }: Kept): void {
	if (grown.length > 0) {
		const made = regrow(now.tree, grown, (scenario) => acceptScenario(scenario).ok);
		now.switchTo(made[branch] ?? now.tree.trunk);
		now.goTo(stop);
	}
	if (unread) now.rules.takeUnread(unread);
}

/** The scenario that a fragment holds, as it is packed there. */
function packedIn(hash: string | null): string | null {
	const link = scenarioLink(hash ?? '');
	return link === null || link === 'long' ? null : link.packed;
}

/** What the page does where something is opened or closed. */
interface OwnPage {
	/** Brings the Lab in sight, and the focus into it. */
	lookAtIt(): void;
	/** Nothing is open any longer. */
	leaveIt(): void;
	/** The address stops naming a scenario. */
	forgetLink(): void;
}

export class OwnSession {
	opened: Opened | null = $state.raw(null);
	/** What wants to take the place of what is open; or that is to be closed. */
	asking: Asked | 'close' | null = $state.raw(null);
	faults: { name: string | null; errors: readonly ScenarioError[] } | null = $state.raw(null);
	storage: KeepFault | null = $state(null);
	private changed = $state(false);
	/** There is more in it than it shows: other branches, or rules that cannot be read yet. */
	private besides = $state(false);

	private lab: LabState | null = null;
	/** What it shows at this moment: rules may have been changed in it, packets added. */
	private shown: Omit<Kept, 'scenario' | 'link' | 'changed'> | null = null;
	private timer: ReturnType<typeof setTimeout> | undefined;

	constructor(private readonly page: OwnPage) {}

	/** Whether there is work in it that closing it would cost. */
	get hasWork(): boolean {
		return this.changed || this.besides;
	}

	/** The scenario as it has become. */
	get scenario(): Scenario | undefined {
		return this.lab?.scenario ?? this.opened?.scenario;
	}

	/** The Lab shows something else; within an effect. */
	watch(now: LabState): void {
		const { opened } = this;
		if (now !== this.lab && opened) untrack(() => growAgain(now, opened));
		const { scenario, at: stop, host, branches, branch, views, rules } = now;
		this.lab = now;
		const tried = { grown: grown(branches), branch: branches.indexOf(branch) };
		this.shown = { ...tried, unread: rules.unread, stop, host, views };
		this.changed = (opened?.changed ?? false) || scenario !== opened?.scenario;
		this.besides = branches.length > 1 || rules.errors.length > 0;
		clearTimeout(this.timer);
		this.timer = setTimeout(() => this.keepNow(), PATIENCE);
	}

	/** What was open when the page was left, and what its address asks for. What it gives back ends it. */
	begin(): () => void {
		const kept = readKept();
		if (typeof kept === 'string') this.storage = kept;
		else if (kept) this.show(kept);
		const follow = () => this.follow();
		const keepNow = () => this.keepNow();
		follow();
		addEventListener('hashchange', follow);
		addEventListener('pagehide', keepNow);
		return () => {
			keepNow();
			removeEventListener('hashchange', follow);
			removeEventListener('pagehide', keepNow);
		};
	}

	private keepNow(): void {
		clearTimeout(this.timer);
		const { opened, shown, changed } = this;
		if (opened) this.storage = keep({ ...opened, ...shown, changed });
	}

	private show(next: Kept): void {
		this.faults = null;
		this.asking = null;
		this.lab = this.shown = null;
		this.changed = next.changed;
		this.besides = false;
		this.opened = { ...next, number: (this.opened?.number ?? 0) + 1 };
		this.keepNow();
	}

	/** Shows what the reader has asked for. */
	private present(next: Kept): void {
		this.show(next);
		if (next.link === null) this.page.forgetLink();
		this.page.lookAtIt();
	}

	/** Opens something, and asks before if that would cost work. */
	private open(next: Asked): void {
		const costs = this.opened !== null && (this.hasWork || next.link !== null);
		if (costs) this.asking = next;
		else this.present({ ...next, ...FRESH });
	}

	/** Opens a scenario at its start. */
	play(scenario: Scenario): void {
		this.open({ scenario, stop: 0, host: '', link: null });
	}

	/** Opens what a file holds. */
	read(name: string, result: ParsedScenario): void {
		this.refuse(name, result);
		if (result.ok) this.play({ title: name.replace(/\.json$/i, ''), ...result.scenario });
	}

	/** Tells what is wrong with something that was to be opened, and of nothing that was wrong before. */
	private refuse(name: string | null, result: ParsedScenario): void {
		this.faults = result.ok ? null : { name, errors: result.errors };
	}

	/** What was asked is answered. */
	answer(yes: boolean): void {
		const next = this.asking;
		this.asking = null;
		if (!yes || !next) return;
		if (next === 'close') this.close();
		else this.present({ ...next, ...FRESH });
	}

	askToClose(): void {
		if (this.hasWork) this.asking = 'close';
		else this.close();
	}

	private close(): void {
		this.opened = null;
		this.lab = this.shown = null;
		this.changed = this.besides = false;
		clearTimeout(this.timer);
		this.storage = keep(null);
		this.page.forgetLink();
		this.page.leaveIt();
	}

	/** What the page's address asks for. */
	private follow(): void {
		const { hash } = location;
		const { opened } = this;
		const link = scenarioLink(hash);
		// The page was loaded again: what has become of the scenario since is what the reader wants.
		if (link === null || hash === opened?.link) return;
		if (link === 'long') {
			this.refuse(null, tooLongLink(LONGEST_FRAGMENT));
			return;
		}
		const { packed, stop = 0, host = '' } = link;
		if (opened && packed === packedIn(opened.link)) {
			this.goTo({ ...opened, stop, host, link: hash });
			return;
		}
		const result = scenarioFromLink(packed);
		if (result.ok) this.open({ scenario: result.scenario, stop, host, link: hash });
		else this.refuse(null, result);
	}

	/** Another place of what is open: nothing gives way to it. */
	private goTo(next: Opened): void {
		this.faults = null;
		const { lab } = this;
		if (!lab) {
			this.present(next);
			return;
		}
		this.opened = next;
		lab.goTo(next.stop);
		lab.host = lab.linuxHosts.includes(next.host) ? next.host : (lab.linuxHosts[0] ?? lab.host);
		this.page.lookAtIt();
	}
}
