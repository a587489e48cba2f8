/**
 * What a reader is about to do at a place of the timeline instead of what happened there: it is put together in a form,
 * tried out, and becomes a branch.
 */
import { told } from '$lib/i18n/faults/told.svelte';
import type { Step } from '$lib/scenario/scenario';
import { checkSteps, type StepError } from '$lib/timeline/check-steps';
import { ScenarioFault } from '$lib/timeline/fault';
import type { Insertion } from '$lib/timeline/insert-steps';
import type { LabState } from './lab-state.svelte';
import { heldBefore, sendStep, textsOf, waitingPlaces } from './model/what-if';
import { whatIfWords, type Kind } from './words/what-if';

/** What is wrong, and where: a path within the step, or the name of a field. */
export interface Fault {
	readonly path: string;
	readonly message: string;
}

/** A command that did not do what it was asked to. */
export interface Failure {
	readonly exit: number;
	readonly output: readonly string[];
}

const KINDS: readonly Kind[] = ['packet', 'time', 'rule', 'command', 'release', 'steps'];

/** Paths that are told beside their field. */
const FIELDS =
	/^send\.packet\.(ip\.(src|dst|ttl)|(tcp|udp)\.(sport|dport|seq|ack)|icmp\.(type|code|id|seq))$/;

const numeric = (text: string) => (/^\d+(\.\d+)?$/.test(text.trim()) ? Number(text) : text);

type Given = Pick<
	LabState,
	'recording' | 'scenario' | 'moment' | 'host' | 'at' | 'language' | 'tryOut' | 'remove' | 'goTo'
>;

export class WhatIfDraft {
	/** What was to be seen when it was begun: it belongs to that place. */
	private readonly stood: Pick<LabState, 'recording' | 'scenario' | 'moment' | 'host'>;
	/** The step at hand, from 0; -1: nothing has happened yet. */
	readonly here: number;
	/** Where the packet of this step can wait while something else happens. */
	readonly waiting: ReturnType<typeof waitingPlaces>;

	/** `0`, `1`: before or after the step; `w0`, `w1` …: while its packet waits at the n-th place. */
	when: string;
	packet: ReturnType<typeof textsOf>;
	seconds = $state('30');
	ruleChange = $state('');
	commandHost: string;
	command = $state('conntrack -L');
	json = $state('[\n  { "advance": 30 }\n]');
	/** Whether what came after it goes on after it. */
	keepRest = $state(true);
	private kindAsked: Kind = $state('packet');
	private releaseAsked: number | undefined = $state();

	faults: readonly Fault[] = $state.raw([]);
	failure: Failure | null = $state.raw(null);

	constructor(private readonly lab: Given) {
		const { recording, scenario, moment, host } = lab;
		this.stood = { recording, scenario, moment, host };
		this.here = moment.step;
		this.waiting = this.here < 0 ? [] : waitingPlaces(recording, this.here);
		this.when = $state(this.here < 0 ? '0' : '1');
		this.packet = $state(textsOf(recording, scenario.steps[Math.max(0, this.here)]));
		this.commandHost = $state(host);
	}

	readonly meanwhile = $derived.by(() =>
		this.when.startsWith('w') ? this.waiting[Number(this.when.slice(1))] : undefined
	);
	/** Where its steps are put in, from 0. */
	readonly at = $derived.by(() => (this.here < 0 ? 0 : this.here + (this.when === '0' ? 0 : 1)));
	/** Steps whose packets are held there. */
	readonly held = $derived.by(() => heldBefore(this.stood.scenario, this.at));
	readonly hasRest = $derived.by(() => this.at < this.stood.scenario.steps.length);
	readonly kinds = $derived.by(() =>
		KINDS.filter((one) => one !== 'release' || this.held.length > 0)
	);

	/** What is to be done; at another place it may be something that cannot be done there. */
	get kind(): Kind {
		return this.kinds.includes(this.kindAsked) ? this.kindAsked : 'packet';
	}
	set kind(kind: Kind) {
		this.kindAsked = kind;
	}

	/** Whose packet is released. */
	get release(): number | undefined {
		return this.releaseAsked ?? this.held[0];
	}
	set release(step: number | undefined) {
		this.releaseAsked = step;
	}

	get recording(): LabState['recording'] {
		return this.stood.recording;
	}
	get scenario(): LabState['scenario'] {
		return this.stood.scenario;
	}
	get rules(): LabState['moment']['rules'] {
		return this.stood.moment.rules;
	}

	/** What its packet is called, by the step that sends it. */
	packetOf(step: number): Parameters<LabState['words']['packetName']>[0] | null {
		const { events, stepStarts } = this.recording;
		for (let i = stepStarts[step] ?? Infinity; i < events.length; i++) {
			const event = events[i]!;
			if ('packet' in event) return event.packet;
		}
		return null;
	}

	/** The steps that are meant; `null` for a text that is no JSON. */
	private steps(): unknown[] | null {
		switch (this.kind) {
			case 'packet':
				return [sendStep(this.packet)];
			case 'time':
				return [{ advance: numeric(this.seconds) }];
			case 'rule':
				return [{ run: { on: this.stood.host, command: this.ruleChange } }];
			case 'command':
				return [{ run: { on: this.commandHost, command: this.command } }];
			case 'release':
				return [{ release: this.release }];
			case 'steps':
				try {
					const read: unknown = JSON.parse(this.json);
					return Array.isArray(read) ? read : [read];
				} catch {
					return null;
				}
		}
	}

	private faultOf({ step, path, message }: StepError): Fault {
		const t = whatIfWords(this.lab.language);
		if (this.kind === 'time' && path === 'advance') return { path, message: t.noSeconds };
		if (this.kind === 'command' && this.command.trim() === '')
			return { path, message: t.noCommand };
		const where = this.kind === 'steps' && step !== null ? t.inStep(step + 1, path) : path;
		return { path: where, message };
	}

	/** What was wrong with something else is of no interest any more. */
	forget(): void {
		this.faults = [];
		this.failure = null;
	}

	/**
	 * Tries it out.
	 * @returns whether it has become a branch; otherwise `faults` or `failure` says why not
	 */
	attempt(): boolean {
		this.forget();
		const steps = this.steps();
		if (!steps) {
			const message = whatIfWords(this.lab.language).notJson;
			this.faults = [{ path: 'json', message }];
			return false;
		}
		const insertion: Insertion = {
			at: this.at,
			steps: steps as Step[],
			rest: this.keepRest ? 'kept' : 'left',
			meanwhile: this.meanwhile
		};
		this.faults = checkSteps(this.scenario, insertion).map((wrong) => this.faultOf(wrong));
		return this.faults.length === 0 && this.branch(insertion);
	}

	private branch(insertion: Insertion): boolean {
		const { lab } = this;
		const stood = lab.at;
		try {
			const branch = lab.tryOut(insertion);
			const failed = this.failedCommand(insertion);
			if (!failed || (this.kind !== 'rule' && this.kind !== 'command')) return true;
			// A slip of the pen is no branch.
			lab.remove(branch);
			lab.goTo(stood);
			this.failure = failed;
		} catch (fault) {
			if (!(fault instanceof ScenarioFault)) throw fault;
			this.faults = fault.errors;
		}
		return false;
	}

	/** The command that was put in, if it failed. */
	private failedCommand({ at: step }: Insertion): Failure | null {
		const { events, stepStarts } = this.lab.recording;
		for (let i = stepStarts[step] ?? events.length; i < events.length; i++) {
			const event = events[i]!;
			if (event.kind === 'command') return event.exit === 0 ? null : event;
			if (event.kind === 'step' && event.index !== step) return null;
		}
		return null;
	}

	/** What is wrong with what a field says, in the reader's language. */
	faultAt(path: string): string | undefined {
		const fault = this.faults.find((one) => one.path === path);
		return fault && told(fault.message, this.lab.language);
	}

	/** Faults that are told beside no field. */
	readonly elsewhere = $derived.by(() =>
		this.faults.filter(({ path }) => this.kind !== 'packet' || !FIELDS.test(path))
	);
}
