/** Rules as the reader has changed them, of all hosts of one scenario. */
import type { Scenario } from '$lib/scenario/scenario';
import { asText } from '$lib/scenario/scenario';
import type { RuleLanguage } from './model/ruleset-lines';
import { commentedOut, toggleLine } from './model/ruleset-lines';

export class RuleEdits {
	/** Changed texts, by host and language. */
	private texts = $state.raw<Readonly<Record<string, string>>>({});
	/** Texts of rules that were switched off: a remark is not one of them. */
	switched: readonly string[] = $state.raw([]);

	constructor(private readonly given: Scenario) {}

	get changed(): boolean {
		return Object.keys(this.texts).length > 0;
	}

	/** Languages in which a host has rules, `nft` first. */
	languagesOf(host: string): RuleLanguage[] {
		const spec = this.given.hosts[host];
		return (['nft', 'iptables'] as const).filter((language) => spec?.[language] !== undefined);
	}

	text(host: string, language: RuleLanguage): string {
		return this.texts[`${host}/${language}`] ?? asText(this.given.hosts[host]?.[language]);
	}

	set(host: string, language: RuleLanguage, text: string): void {
		this.texts = { ...this.texts, [`${host}/${language}`]: text };
	}

	/** Comments the rule on a line out, or back in. */
	toggle(host: string, language: RuleLanguage, line: number): void {
		const text = toggleLine(this.text(host, language), line);
		const off = commentedOut(text.split('\n')[line - 1] ?? '');
		if (off !== null) this.switched = [...this.switched, off];
		this.set(host, language, text);
	}

	reset(): void {
		this.texts = {};
		this.switched = [];
	}

	/** The scenario with the rules as they are now. */
	applied(): Scenario {
		const hosts = { ...this.given.hosts };
		for (const [key, text] of Object.entries(this.texts)) {
			const [name = '', language] = key.split('/');
			const spec = hosts[name];
			if (spec) hosts[name] = { ...spec, [language as RuleLanguage]: text };
		}
		return { ...this.given, hosts };
	}
}
