/** What all views of one Lab share: a recording, where the reader stands in it, and how it is shown. */
import { getContext, setContext } from 'svelte';
import type { Language } from '$lib/i18n';
import type { Scenario } from '$lib/scenario/scenario';
import type { Branch } from '$lib/timeline/branches';
import { Branches, stepsPart } from '$lib/timeline/branches';
import { countUpTo } from '$lib/timeline/field-history';
import type { Insertion } from '$lib/timeline/insert-steps';
import type { Timeline } from '$lib/timeline/timeline';
import { runScenario } from './engine';
import type { QuestionGate } from './gate.svelte';
import { LabRules } from './lab-rules.svelte';
import { RULE_COLUMNS, insideOf } from './model/inside';
import type { Moment } from './model/moment';
import { momentAt } from './model/moment';
import type { Recording } from './model/recording';
import { insideHistory, recordingOf } from './model/recording';
import { firstStopOf } from './model/stops';
import { tellingAt } from './model/telling';
import { Spotlight } from './spotlight.svelte';
import { USUAL_VIEWS, type ViewName } from './views/names';
import { labWords } from './words';
import { timeWords } from './words/time';

/** Holds the reader back before a scenario step until a question has been answered. */
export interface LabGate {
	readonly question: string;
	/** The first scenario step (from 0) that cannot be gone to before. */
	readonly step: number;
}

export interface LabOptions {
	readonly scenario: Scenario;
	/** What happens in it, where that has been worked out already; else the engine has to be here (`fetchEngine`). */
	readonly timeline?: Timeline | undefined;
	readonly language: () => Language;
	readonly host?: string | undefined;
	/** Stop to stand at. */
	readonly start?: number | undefined;
	/** Scenario step (from 0) to stand before. */
	readonly startStep?: number | undefined;
	readonly gate?: LabGate | undefined;
	readonly questions?: QuestionGate | undefined;
	/** Place of the Lab among those of its page, from 1. */
	readonly place?: number | undefined;
	/** Which views are open. Default: the usual ones. */
	readonly views?: readonly ViewName[] | undefined;
}

export type LabDialog = 'what-if' | 'shortcuts';

export const SPEEDS = [0.5, 1, 2, 4, 10] as const;
/** Milliseconds that a movement takes, of those that it takes at speed 1: it ends before the next stop is shown. */
export const lasting = (time: number, speed: number): number => time / Math.max(1, speed);
/** Milliseconds that a stop is shown while playing at speed 1. */
const PLAY_TIME = 1800;

export class LabState {
	private readonly options: LabOptions;
	/** The rules as the reader has changed them. */
	readonly rules: LabRules;
	/** Whoever grows it otherwise than by the methods here shows one of its branches then (`switchTo`). */
	readonly tree: Branches;

	/** What was tried out beside the scenario as it was given, which is the first. */
	branches: readonly Branch[] = $state.raw([]);
	/** The one that is shown. */
	branch: Branch = $state.raw() as Branch;
	recording: Recording = $state.raw() as Recording;
	/** How often the walk has been run anew. */
	runs = $state(0);
	/** 0: nothing has happened; n: the n-th stop. */
	at = $state(0);
	/** The stop that it was opened at. */
	readonly opened: number;
	/** Where the reader came from with the last step, for pictures that move. */
	from = $state(0);
	host = $state('');
	/** Those that are open. */
	views: readonly ViewName[] = $state.raw(USUAL_VIEWS);
	playing = $state(false);
	/** What the reader points at. */
	readonly spotlight = new Spotlight();
	speed = $state(1);
	/** The dialog that is open. */
	dialog: LabDialog | null = $state(null);

	constructor(options: LabOptions) {
		this.options = options;
		const { scenario, start, startStep, views = USUAL_VIEWS } = options;
		this.views = views;
		const timeline = options.timeline ?? runScenario(scenario);
		this.tree = new Branches(timeline, runScenario);
		this.show(this.tree.trunk);
		this.rules = new LabRules(this, scenario);
		this.host = options.host ?? this.linuxHosts[0] ?? '';
		const asked = start ?? (startStep === undefined ? 0 : firstStopOf(this.stops, startStep));
		this.at = Math.max(0, Math.min(asked, this.limit));
		this.from = this.at;
		this.opened = this.at;
	}

	get scenario(): Scenario {
		return this.recording.scenario;
	}

	get stops() {
		return this.recording.stops;
	}

	readonly words = $derived.by(() => labWords(this.options.language()));
	readonly time = $derived.by(() => timeWords(this.options.language()));
	readonly language = $derived.by(() => this.options.language());
	readonly linuxHosts = $derived(
		Object.entries(this.recording.scenario.hosts).flatMap(([name, { kind }]) =>
			kind === 'linux' ? [name] : []
		)
	);

	/** Which of its page's Labs this is, from 1; links name it so. */
	get place(): number {
		return this.options.place ?? 1;
	}

	/** The name of a region; of a page's second Lab and those after it with its place. */
	regionName(name: string): string {
		return this.place > 1 ? `${name} ${this.place}` : name;
	}

	/** Whether a question on the page has to be answered before the reader may go on to the end. */
	readonly held = $derived.by(() => {
		const { gate, questions } = this.options;
		return gate !== undefined && questions !== undefined && !questions.isOpen(gate.question);
	});

	/** Whether there is such a question, answered or not. */
	get gated(): boolean {
		return this.options.gate !== undefined;
	}

	/** The question that holds the reader back. */
	get question(): string | null {
		return this.held ? this.options.gate!.question : null;
	}

	/** The last stop that can be gone to. */
	readonly limit = $derived.by(() =>
		this.held
			? firstStopOf(this.recording.stops, this.options.gate!.step)
			: this.recording.stops.length
	);

	readonly history = $derived.by(() => insideHistory(this.recording, this.host));
	readonly moment: Moment = $derived.by(() => momentAt(this.recording, this.at, this.host));
	/** Columns of rule text that a card of the hook path has room for. */
	columns = $state(RULE_COLUMNS);
	readonly inside = $derived(insideOf(this.moment.stations, this.columns));

	/** What has just happened, literal values in backticks. */
	readonly sentence = $derived(this.words.sentence(tellingAt(this.recording, this.at)));

	/** Steps of the scenario that send a packet. */
	private readonly sends = $derived(
		this.scenario.steps.flatMap((step, i) => ('send' in step ? [i] : []))
	);

	/** Which packet of how many; `null` before the first and at steps that send none. */
	readonly packetNumber = $derived.by(() => {
		const at = countUpTo(this.sends, this.moment.step);
		return this.sends[at - 1] === this.moment.step ? { at, of: this.sends.length } : null;
	});

	// --- time -------------------------------------------------------------------------------

	goTo(at: number): void {
		const to = Math.max(0, Math.min(Math.trunc(at), this.limit));
		this.from = this.at;
		this.at = to;
	}

	forward(): void {
		this.goTo(this.at + 1);
	}

	back(): void {
		this.goTo(this.at - 1);
	}

	/** To the next of some stops (from 1, ascending), else to the end. */
	private toNext(stops: readonly number[]): void {
		this.goTo(stops[countUpTo(stops, this.at)] ?? this.stops.length);
	}

	/** To the last of some stops before this one, else to the start. */
	private toPrevious(stops: readonly number[]): void {
		this.goTo(stops[countUpTo(stops, this.at - 1) - 1] ?? 0);
	}

	/** To the first stop of the next scenario step. */
	nextPacket(): void {
		this.toNext(this.recording.index.stepStops);
	}

	/** To the first stop of this scenario step, or from there to that of the one before. */
	previousPacket(): void {
		this.toPrevious(this.recording.index.stepStops);
	}

	/** To where a packet enters the next hook, or the next step begins. */
	nextHook(): void {
		this.toNext(this.recording.index.hookStops);
	}

	previousHook(): void {
		this.toPrevious(this.recording.index.hookStops);
	}

	/** Stops (from 1) with which something in the shown host's table changes. */
	private get tableStops(): readonly number[] {
		return this.recording.index.hosts.get(this.host)?.tableStops ?? [];
	}

	/** To the next change of the shown host's table, as `conntrack -E` would tell it; stays if there is none. */
	nextChange(): void {
		if (this.hasNextChange) this.toNext(this.tableStops);
	}

	previousChange(): void {
		if (this.hasPreviousChange) this.toPrevious(this.tableStops);
	}

	readonly hasNextChange = $derived.by(() => {
		const next = this.tableStops[countUpTo(this.tableStops, this.at)];
		return next !== undefined && next <= this.limit;
	});

	readonly hasPreviousChange = $derived.by(() => countUpTo(this.tableStops, this.at - 1) > 0);

	faster(): void {
		this.speed = SPEEDS[SPEEDS.indexOf(this.speed as 1) + 1] ?? this.speed;
	}

	slower(): void {
		this.speed = SPEEDS[SPEEDS.indexOf(this.speed as 1) - 1] ?? this.speed;
	}

	togglePlay(): void {
		if (!this.playing && this.at >= this.limit) this.goTo(0);
		this.playing = !this.playing;
	}

	/** Plays until the end or until it is stopped; gives back what stops it. */
	play(): () => void {
		const timer = setTimeout(() => {
			this.forward();
			if (this.at >= this.limit) this.playing = false;
		}, PLAY_TIME / this.speed);
		return () => clearTimeout(timer);
	}

	/** Nothing can be tried out while a question holds the reader back: it would give the answer away. */
	openDialog(dialog: LabDialog): void {
		if (dialog === 'what-if' && this.held) return;
		this.playing = false;
		this.dialog = dialog;
	}

	// --- branches ---------------------------------------------------------------------------

	/**
	 * Do other steps than the scenario's (`checkSteps` tells what is wrong with them) and stand at the first of them.
	 * The future as it was is kept: `switchTo` goes back to it.
	 *
	 * @throws ScenarioFault when what comes of it cannot be run; nothing has changed then
	 */
	tryOut(insertion: Insertion): Branch {
		this.playing = false;
		const branch = this.tree.branchAt(this.branch, insertion);
		this.show(branch);
		return branch;
	}

	/** Show another branch: where the steps are the same the reader stays where they are. */
	switchTo(branch: Branch): void {
		this.playing = false;
		this.rules.follow(branch);
		this.show(branch);
	}

	/** Forget a branch and those that come from it; if one of them is shown, show the one it came from. */
	remove(branch: Branch): void {
		if (!branch.parent) return;
		this.tree.remove(branch);
		if (this.tree.all.includes(this.branch)) this.branches = this.tree.all;
		else this.switchTo(branch.parent);
	}

	/** Shows a branch, and what had been tried out beside it. */
	show(branch: Branch): void {
		const before: Branch | undefined = this.branch;
		const stop = this.recording?.stops[this.at - 1];
		const into = stop ? this.at - firstStopOf(this.stops, stop.step) : 0;
		this.recording = recordingOf(this.tree.timelineOf(branch));
		this.branch = branch;
		this.branches = this.tree.all;
		this.runs++;
		if (before) this.goTo(this.placeIn(before, branch, stop?.step ?? -1, into));
		this.from = this.at;
	}

	/** Where to stand in another branch: as far into the same step, or where the steps part if that is before. */
	private placeIn(before: Branch, branch: Branch, step: number, into: number): number {
		const part = stepsPart(before, branch);
		// Who tries something out wants to see it.
		if (part <= step || (part < Infinity && branch.parent === before))
			return firstStopOf(this.stops, part) + 1;
		if (step < 0) return 0;
		return Math.min(firstStopOf(this.stops, step) + into, firstStopOf(this.stops, step + 1));
	}
}

/** Where the views below find their Lab. */
export const labKey = Symbol('lab');

/** Makes a Lab's state for the views below. */
export function provideLab(options: LabOptions): LabState {
	return setContext(labKey, new LabState(options));
}

/** Gives the views below a Lab's state that is there already. */
export function shareLab(lab: LabState): LabState {
	return setContext(labKey, lab);
}

/** The Lab that this view belongs to. */
export function useLab(): LabState {
	return getContext<LabState>(labKey);
}
