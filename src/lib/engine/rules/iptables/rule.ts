/**
 * An iptables rule as its own language has it: what `iptables-save` prints, kept beside the
 * statements it means.
 */

export interface AddressMatch {
	readonly address: number;
	/** Usually a prefix's, but any bits will do. */
	readonly mask: number;
	readonly negated: boolean;
}

export interface InterfaceMatch {
	/** As written, with its `+`. */
	readonly name: string;
	readonly negated: boolean;
}

/** A match or target extension with what its options said. */
export interface Extended {
	readonly name: string;
	readonly options: unknown;
}

export type Target =
	| { readonly kind: 'verdict'; readonly verdict: 'ACCEPT' | 'DROP' | 'RETURN' }
	| { readonly kind: 'jump' | 'goto'; readonly chain: string }
	| ({ readonly kind: 'extension' } & Extended);

export interface IptablesRule {
	readonly source?: AddressMatch;
	readonly destination?: AddressMatch;
	readonly in?: InterfaceMatch;
	readonly out?: InterfaceMatch;
	readonly protocol?: { readonly number: number; readonly negated: boolean };
	/** `-f`: second and further fragments only (`only`), `! -f`: all but them. */
	readonly fragment?: 'only' | 'not';
	readonly matches: readonly Extended[];
	readonly target: Target | null;
}
