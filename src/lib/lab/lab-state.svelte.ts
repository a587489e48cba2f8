/** What all views of one Lab share: a recording, where the reader stands in it, and how it is shown. */
import { getContext, setContext } from 'svelte';
import type { Language } from '$lib/i18n';
import type { Scenario } from '$lib/scenario/scenario';
import { ScenarioFault } from '$lib/timeline/fault';
import type { QuestionGate } from './gate.svelte';
import { RULE_COLUMNS, insideOf } from './model/inside';
import type { Moment } from './model/moment';
import { momentAt } from './model/moment';
import type { Recording } from './model/recording';
import { insideHistory, record } from './model/recording';
import type { RuleError, RuleLanguage, RuleLine } from './model/ruleset-lines';
import { ruleErrors, ruleLines } from './model/ruleset-lines';
import { firstStopOf } from './model/stops';
import { RuleEdits } from './rule-edits.svelte';
import { labWords } from './words';
import { tellingOf } from './words/facts';

/** Holds the reader back before a scenario step until a question has been answered. */
export interface LabGate {
	readonly question: string;
	/** The first scenario step (from 0) that cannot be gone to before. */
	readonly step: number;
}

export interface LabOptions {
	readonly scenario: Scenario;
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
}

export const SPEEDS = [0.5, 1, 2, 4] as const;
/** Milliseconds that a stop is shown while playing at speed 1. */
const PLAY_TIME = 1800;

export class LabState {
	private readonly options: LabOptions;
	private readonly edits: RuleEdits;

	recording: Recording = $state.raw() as Recording;
	errors: readonly RuleError[] = $state.raw([]);
	/** How often the walk has been run anew. */
	runs = $state(0);
	/** 0: nothing has happened; n: the n-th stop. */
	at = $state(0);
	/** Where the reader came from with the last step, for pictures that move. */
	from = $state(0);
	host = $state('');
	playing = $state(false);
	speed = $state(1);

	constructor(options: LabOptions) {
		this.options = options;
		const { scenario, start, startStep } = options;
		this.edits = new RuleEdits(scenario);
		this.recording = record(scenario);
		this.host = options.host ?? this.linuxHosts[0] ?? '';
		const asked = start ?? (startStep === undefined ? 0 : firstStopOf(this.stops, startStep));
		this.at = Math.max(0, Math.min(asked, this.limit));
		this.from = this.at;
	}

	get scenario(): Scenario {
		return this.recording.scenario;
	}

	get stops() {
		return this.recording.stops;
	}

	readonly words = $derived.by(() => labWords(this.options.language()));
	readonly language = $derived.by(() => this.options.language());
	readonly linuxHosts = $derived(
		Object.entries(this.recording.scenario.hosts).flatMap(([name, { kind }]) =>
			kind === 'linux' ? [name] : []
		)
	);

	/** The name of a region; of a page's second Lab and those after it with its place. */
	regionName(name: string): string {
		const { place = 1 } = this.options;
		return place > 1 ? `${name} ${place}` : name;
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
	readonly sentence = $derived(this.words.sentence(tellingOf(this.moment)));

	/** Which packet of how many; `null` before the first and at steps that send none. */
	readonly packetNumber = $derived.by(() => {
		const { steps } = this.recording.scenario;
		const sends = steps.flatMap((step, i) => ('send' in step ? [i] : []));
		const at = sends.indexOf(this.moment.step);
		return at < 0 ? null : { at: at + 1, of: sends.length };
	});

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

	/** To the first stop of the next scenario step. */
	nextPacket(): void {
		const step = this.stops[this.at - 1]?.step ?? -1;
		const next = this.stops.findIndex((stop) => stop.step > step);
		this.goTo(next < 0 ? this.stops.length : next + 1);
	}

	/** To the first stop of this scenario step, or from there to that of the one before. */
	previousPacket(): void {
		const step = this.stops[this.at - 1]?.step ?? -1;
		const first = firstStopOf(this.stops, step) + 1;
		if (this.at > first) this.goTo(first);
		else if (step <= 0) this.goTo(0);
		else this.goTo(firstStopOf(this.stops, this.stops[first - 2]?.step ?? 0) + 1);
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

	// --- rules ------------------------------------------------------------------------------

	/** Languages in which the shown host has rules. */
	get ruleLanguages(): readonly RuleLanguage[] {
		return this.edits.languagesOf(this.host);
	}

	/** The text of the shown host's rules as it stands in the editor. */
	rulesText(language: RuleLanguage): string {
		return this.edits.text(this.host, language);
	}

	/** The lines of that text; while it cannot be read, without their rules. */
	linesOf(language: RuleLanguage): RuleLine[] {
		const rules = this.errors.length === 0 ? this.history.rules : null;
		return ruleLines(this.rulesText(language), rules, language, this.edits.switched);
	}

	get changed(): boolean {
		return this.edits.changed;
	}

	/** Takes a changed text and runs the walk anew if it can be read. */
	setRules(language: RuleLanguage, text: string): void {
		this.edits.set(this.host, language, text);
		this.rerun();
	}

	/** Comments the rule on a line out, or back in. */
	toggleRule(language: RuleLanguage, line: number): void {
		this.edits.toggle(this.host, language, line);
		this.rerun();
	}

	resetRules(): void {
		this.edits.reset();
		this.rerun();
	}

	private rerun(): void {
		let fresh: Recording;
		try {
			fresh = record(this.edits.applied());
		} catch (fault) {
			if (!(fault instanceof ScenarioFault)) throw fault;
			this.errors = ruleErrors(fault.errors);
			return;
		}
		// Stay where one was: as far into the same scenario step.
		const step = this.stops[this.at - 1]?.step;
		const into = step === undefined ? 0 : this.at - firstStopOf(this.stops, step);
		this.errors = [];
		this.recording = fresh;
		this.runs++;
		if (step === undefined) this.goTo(0);
		else {
			const last = firstStopOf(fresh.stops, step + 1);
			this.goTo(Math.min(firstStopOf(fresh.stops, step) + into, last));
		}
		this.from = this.at;
	}
}

const key = Symbol('lab');

/** Makes a Lab's state for the views below. */
export function provideLab(options: LabOptions): LabState {
	return setContext(key, new LabState(options));
}

/** The Lab that this view belongs to. */
export function useLab(): LabState {
	return getContext<LabState>(key);
}
