import type { Language } from '$lib/i18n';
import type { Scenario } from '$lib/scenario/scenario';

/** A text in every language. */
export type Texts = Readonly<Record<Language, string>>;

export type PortId = 'outside' | 'inside' | 'second';

/** An interface of the host that takes the rules: pasted rules call it what they like. */
export interface Port {
	readonly id: PortId;
	readonly name: Texts;
	/** As in a scenario, with a prefix length. */
	readonly address: string;
	readonly device: string;
	/** The host behind that published ports lead to. */
	readonly behind?: { readonly name: Texts; readonly address: string };
}

/** Packets that belong together, ready to be sent. */
export interface Flow {
	readonly id: string;
	readonly name: Texts;
	/** Whether it is sent unless somebody takes it out. */
	readonly usual: boolean;
}

/** What may be changed of a ready network before rules are put on it. */
export interface Choices {
	/** Device names, by port. */
	readonly devices: Readonly<Partial<Record<PortId, string>>>;
	/** Addresses of those interfaces, with a prefix length. */
	readonly addresses: Readonly<Partial<Record<PortId, string>>>;
	/** Addresses of the hosts behind, without one: where rules that publish something send it. */
	readonly behind: Readonly<Partial<Record<PortId, string>>>;
	/** Port that is called from outside. */
	readonly port: number;
	/** Which packets are sent, by id. */
	readonly flows: readonly string[];
}

/** Rules for the host in the middle, as scenarios have them. */
export interface Rules {
	readonly nft?: string;
	readonly iptables?: string;
	readonly ipset?: string;
}

export interface ReadyNetwork {
	readonly id: 'gateway' | 'container' | 'balancer';
	readonly name: Texts;
	readonly about: Texts;
	/** The linux host that takes the rules. */
	readonly host: string;
	readonly ports: readonly Port[];
	readonly port: number;
	readonly flows: readonly Flow[];
	/** Rules that suit it, to begin with. */
	readonly sample: { readonly nft: string; readonly iptables: string };
	/** The scenario; the addresses have been checked with `checkChoices`. */
	scenario(choices: Choices, rules: Rules): Scenario;
}
