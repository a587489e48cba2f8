/** Rules as the reader has changed them, of all hosts of one scenario. */
import type { HostSpec, Scenario } from '$lib/scenario/scenario';
import { asText } from '$lib/scenario/as-text';
import type { RuleLanguage } from './model/ruleset-lines';
import { commentedOut, toggleLine } from './model/ruleset-lines';

const LANGUAGES = ['nft', 'iptables'] as const satisfies readonly RuleLanguage[];

/** By host and language, `gateway/nft`. */
export type RuleTexts = Readonly<Record<string, string>>;

export class RuleEdits {
	/** Changed texts. */
	texts: RuleTexts = $state.raw({});
	/** Texts of rules that were switched off: a remark is not one of them. */
	switched: readonly string[] = $state.raw([]);

	constructor(private readonly given: Scenario) {}

	get changed(): boolean {
		return Object.keys(this.texts).length > 0;
	}

	/** Languages in which a host has rules, `nft` first. */
	languagesOf(host: string): RuleLanguage[] {
		const spec = this.given.hosts[host];
		return LANGUAGES.filter((language) => spec?.[language] !== undefined);
	}

	text(host: string, language: RuleLanguage): string {
		return this.texts[`${host}/${language}`] ?? this.first(host, language);
	}

	private first(host: string, language: RuleLanguage): string {
		return asText(this.given.hosts[host]?.[language]);
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

	/** Takes over the rules that a branch begins with. */
	follow(hosts: Scenario['hosts']): void {
		const texts: Record<string, string> = {};
		for (const [name, spec] of Object.entries(hosts))
			for (const language of LANGUAGES) {
				const text = asText(spec[language]);
				const first = this.first(name, language);
				if (text === first) continue;
				texts[`${name}/${language}`] = text;
				const off = switchedOff(first, text).filter((rule) => !this.switched.includes(rule));
				this.switched = [...this.switched, ...off];
			}
		this.texts = texts;
	}

	/** The hosts with the rules as they are now; a host whose rules are the given ones is the given host. */
	hosts(): Record<string, HostSpec> {
		const hosts = { ...this.given.hosts };
		for (const [key, text] of Object.entries(this.texts)) {
			const [name = '', language] = key.split('/') as [string, RuleLanguage];
			const spec = hosts[name];
			if (spec && text !== this.first(name, language)) hosts[name] = { ...spec, [language]: text };
		}
		return hosts;
	}
}

const lines = (text: string) => text.split('\n').map((line) => line.trim());

/** Rules of a first text that stand in another one only as comments. */
function switchedOff(first: string, text: string): string[] {
	const [before, now] = [lines(first), lines(text)];
	const offs = now.flatMap((line) => commentedOut(line) ?? []);
	return offs.filter((rule) => before.includes(rule) && !now.includes(rule));
}
