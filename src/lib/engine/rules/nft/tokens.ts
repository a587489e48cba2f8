/** The words of a text and what they are, for colouring it. Any text will do, right or wrong. */
import { parse } from './grammar.generated';

export type TokenKind =
	| 'keyword'
	| 'verdict'
	| 'statement'
	| 'selector'
	| 'name'
	| 'number'
	| 'string'
	| 'variable'
	| 'comment'
	| 'operator'
	| 'punctuation';

export interface Token {
	/** Offsets into the text; `to` is behind the last character. */
	readonly from: number;
	readonly to: number;
	readonly kind: TokenKind;
}

const words = (text: string): Set<string> => new Set(text.split(/\s+/));

const VERDICTS = words('accept drop continue return jump goto reject');
const STATEMENTS = words(
	'counter limit quota log snat dnat masquerade redirect notrack comment set map vmap update'
);
const SELECTORS = words(
	'ip ip6 tcp udp icmp icmpv6 th meta ct fib numgen jhash symhash iif oif iifname oifname mark saddr daddr sport dport state status direction protocol ttl flags l4proto nfproto nexthdr hoplimit rt option maxseg'
);
const KEYWORDS = words(
	`table chain rule element ruleset type typeof hook priority policy elements add create insert
	replace delete flush list rename reset define redefine undefine include inet handle
	position index with to rate over burst prefix level group packets bytes kbytes mbytes used until name timeout size
	interval dynamic constant random fully-random persistent and or xor not helper`
);

interface Raw {
	readonly kind: string;
	readonly from: number;
	readonly to: number;
	readonly text?: string;
}

function kindOf(raw: Raw): TokenKind {
	if (raw.kind !== 'word') return raw.kind as TokenKind;
	const text = raw.text!;
	if (VERDICTS.has(text)) return 'verdict';
	if (STATEMENTS.has(text)) return 'statement';
	if (SELECTORS.has(text)) return 'selector';
	return KEYWORDS.has(text) ? 'keyword' : 'name';
}

/** The tokens of a text in order; what lies between them is space or has no meaning. */
export function tokenizeNft(text: string): Token[] {
	const raw = parse(text, { startRule: 'Tokens' }) as (Raw | string | null)[];
	return raw.flatMap((one) =>
		one !== null && typeof one === 'object'
			? [{ from: one.from, to: one.to, kind: kindOf(one) }]
			: []
	);
}
