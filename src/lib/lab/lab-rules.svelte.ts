/** The rules of a Lab as its reader changes them, and the walk that comes of it: kept beside the one that was. */
import type { Scenario } from '$lib/scenario/scenario';
import type { Branch } from '$lib/timeline/branches';
import { sameHosts } from '$lib/timeline/branches';
import { ScenarioFault } from '$lib/timeline/fault';
import { engineIsHere, fetchEngine, withEngine } from './engine';
import type { LabState } from './lab-state.svelte';
import type { RuleError } from './model/rule-errors';
import type { RuleLanguage, RuleLine } from './model/ruleset-lines';
import { ruleLines } from './model/ruleset-lines';
import { RuleEdits, type RuleTexts } from './rule-edits.svelte';

export class LabRules {
	private readonly edits: RuleEdits;
	errors: readonly RuleError[] = $state.raw([]);
	/** The engine is on its way, or it could not be fetched: what was changed is not shown yet. */
	engine: 'here' | 'coming' | 'away' = $state('here');

	constructor(
		private readonly lab: Pick<LabState, 'host' | 'history' | 'branch' | 'tree' | 'show'>,
		given: Scenario
	) {
		this.edits = new RuleEdits(given);
	}

	/** Languages in which the shown host has rules. */
	get languages(): readonly RuleLanguage[] {
		return this.edits.languagesOf(this.lab.host);
	}

	/** The text of the shown host's rules as it stands in the editor. */
	text(language: RuleLanguage): string {
		return this.edits.text(this.lab.host, language);
	}

	/** The lines of that text; while it cannot be read, without their rules. */
	lines(language: RuleLanguage): RuleLine[] {
		const rules = this.errors.length === 0 ? this.lab.history.rules : null;
		return ruleLines(this.text(language), rules, language, this.edits.switched);
	}

	get changed(): boolean {
		return this.edits.changed;
	}

	/** Takes a changed text and runs the walk anew if it can be read. */
	set(language: RuleLanguage, text: string): void {
		this.edits.set(this.lab.host, language, text);
		this.run();
	}

	/** Comments the rule on a line out, or back in. */
	toggle(language: RuleLanguage, line: number): void {
		this.edits.toggle(this.lab.host, language, line);
		this.run();
	}

	reset(): void {
		this.edits.reset();
		this.run();
	}

	/** Changed texts that cannot be read yet, by host and language; `null` where there are none. */
	get unread(): RuleTexts | null {
		return this.errors.length > 0 ? this.edits.texts : null;
	}

	/** Goes on with texts that could not be read. */
	takeUnread(texts: RuleTexts): void {
		this.edits.texts = texts;
		this.run();
	}

	/** Takes over the rules of a branch that is shown next. */
	follow(branch: Branch): void {
		this.errors = [];
		this.edits.follow(branch.scenario.hosts);
	}

	/** Runs the walk when the engine has come. */
	private async runLater(): Promise<void> {
		this.engine = 'coming';
		try {
			await fetchEngine();
			this.engine = 'here';
		} catch {
			this.engine = 'away';
			return;
		}
		this.run();
	}

	/** Runs the walk by the rules as they stand in the editor, if they can be read, as soon as the engine is here. */
	run(): void {
		if (!engineIsHere()) {
			void this.runLater();
			return;
		}
		const { branch, tree } = this.lab;
		const hosts = this.edits.hosts();
		const alone = branch.difference?.kind === 'rules' && !tree.hasChildren(branch);
		let to: Branch;
		try {
			if (sameHosts(hosts, branch.scenario.hosts)) to = branch;
			else if (alone && sameHosts(hosts, branch.parent!.scenario.hosts)) {
				to = branch.parent!;
				tree.remove(branch);
			} else if (alone) to = tree.changeRules(branch, hosts);
			else to = tree.branchWithRules(branch, hosts);
		} catch (fault) {
			if (!(fault instanceof ScenarioFault)) throw fault;
			this.errors = withEngine().ruleErrors(fault.errors);
			return;
		}
		this.errors = [];
		this.lab.show(to);
	}
}
