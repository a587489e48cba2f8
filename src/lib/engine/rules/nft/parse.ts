/**
 * Reads nft text into its tree, or says in plain words where it stops being nft and what was
 * expected there.
 */
import type { RuleTextError } from '../errors';
import type { Command } from './ast';
import { SyntaxError, parse } from './grammar.generated';
import type { Expectation } from './grammar.generated';
import { Places } from './place';

/** Words that are said together when all of them could stand in a place. */
const GROUPS: readonly (readonly [string, readonly string[]])[] = [
	[
		'a match (ip, tcp, udp, icmp, th, meta, ct, fib, …)',
		['ip', 'tcp', 'udp', 'icmp', 'th', 'meta', 'ct', 'fib']
	],
	[
		'a statement (counter, limit, log, reject, dnat, snat, masquerade, redirect, …)',
		['counter', 'limit', 'log', 'reject', 'snat', 'dnat', 'masquerade', 'redirect', 'notrack']
	],
	['a verdict (accept, drop, jump, …)', ['accept', 'drop', 'continue', 'return', 'jump', 'goto']],
	[
		'a command (add, delete, flush, list, …)',
		['add', 'create', 'insert', 'replace', 'delete', 'destroy', 'flush', 'rename', 'list', 'reset']
	],
	['an operator', ['&', 'and', '|', 'or', '^', 'xor', '<<', 'lshift', '>>', 'rshift']],
	['a comparison', ['==', 'eq', '!=', 'ne', '<=', 'le', '>=', 'ge', '<', 'lt', '>', 'gt', '!']]
];

/** Words of the language that are refused, so never offered; and doubles of others. */
const UNSAID = new Set(
	`include monitor export import describe get ip6 arp bridge netdev flowtable quota secmark synproxy
	meter queue dup fwd tproxy xt last flow icmpv6 igmp ether vlan ah esp comp udplite dccp sctp rt
	rt0 rt2 frag hbh dst mh socket osf ipsec exthdr jhash symhash skuid skgid iiftype oiftype iifgroup
	oifgroup rtclassid ibriport obriport ibrname obrname cpu cgroup random secmark time day hour
	sdif sdifname bri_iifpvid ibrpvid ibrvproto label event avgpkt option ingress egress device
	offload redefine undefine hooks flowtables meters secmarks quotas limits synproxys owner
	timeout expectation # \\`.split(/\s+/)
);

function describe(expected: readonly Expectation[]): string {
	const words = new Set<string>();
	const others = new Set<string>();
	for (const item of expected) {
		if (item.type === 'literal' && item.text !== undefined) words.add(item.text);
		else if (item.type === 'other' && item.description) others.add(item.description);
		else if (item.type === 'end') others.add('the end of the text');
	}
	const said: string[] = [];
	for (const [name, members] of GROUPS) {
		const present = members.filter((member) => words.has(member));
		if (present.length < members.length) continue;
		said.push(name);
		for (const member of present) words.delete(member);
		if (name.startsWith('a match'))
			for (const word of [
				'mark',
				'iif',
				'iifname',
				'oif',
				'oifname',
				'pkttype',
				'nftrace',
				'numgen'
			])
				words.delete(word);
	}
	for (const word of words)
		if (!UNSAID.has(word) && !(word === '\n' || word === ' ')) said.push(`\`${word}\``);
	said.push(...others);
	const shown = said.length > 12 ? [...said.slice(0, 11), '…'] : said;
	if (shown.length < 2) return shown.join('');
	return shown.slice(0, -1).join(', ') + ' or ' + shown[shown.length - 1];
}

/** The word that begins at an offset, for saying what was found. */
function found(text: string, offset: number): { word: string; to: number } | null {
	if (offset >= text.length) return null;
	if (text[offset] === '\n') return null;
	const word = /^(?:[\w./-]+|"[^"\n]*"?|.)/.exec(text.slice(offset, offset + 80))?.[0] ?? '';
	return { word, to: offset + word.length };
}

interface NotModelled {
	readonly what: string;
	readonly from: number;
	readonly to: number;
}

export type Parsed =
	| { readonly ok: true; readonly commands: readonly Command[] }
	| { readonly ok: false; readonly error: RuleTextError };

/** The commands of a text, a table block being one (`add table`). */
export function parseNft(text: string, places: Places): Parsed {
	try {
		return { ok: true, commands: parse(text, { startRule: 'Ruleset' }) as Command[] };
	} catch (thrown) {
		if (thrown instanceof SyntaxError) {
			const offset = thrown.location.start.offset;
			const word = found(text, offset);
			const what = word
				? `\`${word.word}\` cannot stand here`
				: offset >= text.length
					? 'the text ends too early'
					: 'the line ends too early';
			const expected = describe(thrown.expected ?? []);
			return {
				ok: false,
				error: places.error(
					{ from: offset, to: word?.to ?? offset },
					expected === '' ? what : `${what}: expected ${expected}`
				)
			};
		}
		if (thrown instanceof Error && 'what' in thrown) {
			const refused = thrown as unknown as NotModelled;
			return { ok: false, error: places.error(refused, `\`${refused.what}\` is not modelled`) };
		}
		throw thrown;
	}
}
