/**
 * Reads nft text into its tree, or says in plain words where it stops being nft and what was
 * expected there.
 */
import type { RuleTextError } from '../errors';
import type { Command } from './ast';
import { notModelledText } from './fault';
import { SyntaxError, parse } from './grammar.generated';
import type { Expectation } from './grammar.generated';
import { Places } from './place';
import type { Place } from './place';

/** Words that are said together when all of them could stand in a place. */
const GROUPS: readonly (readonly [string, readonly string[]])[] = [
	[
		'a match (ip, tcp, udp, icmp, th, meta, ct, fib, …)',
		['ip', 'ip6', 'tcp', 'udp', 'sctp', 'icmp', 'icmpv6', 'th', 'meta', 'ct', 'fib']
	],
	[
		'a statement (counter, limit, log, reject, dnat, snat, masquerade, redirect, …)',
		['counter', 'limit', 'log', 'reject', 'snat', 'dnat', 'masquerade', 'redirect', 'notrack']
	],
	['a verdict (accept, drop, jump, …)', ['accept', 'drop', 'continue', 'return', 'jump', 'goto']],
	[
		'a command (add, delete, flush, list, …)',
		[
			'add',
			'create',
			'insert',
			'replace',
			'delete',
			'destroy',
			'flush',
			'rename',
			'list',
			'get',
			'reset'
		]
	],
	['an operator', ['&', 'and', '|', 'or', '^', 'xor', '<<', 'lshift', '>>', 'rshift']],
	['a comparison', ['==', 'eq', '!=', 'ne', '<=', 'le', '>=', 'ge', '<', 'lt', '>', 'gt', '!']]
];

/** Words of the language that are refused, so never offered; and doubles of others. */
const UNSAID = new Set(
	`include monitor export import describe arp bridge netdev flowtable secmark synproxy
	meter mss queue dup fwd tproxy xt last flow igmp ether vlan ah esp comp udplite dccp rt
	rt0 rt2 frag hbh dst mh socket osf ipsec exthdr
	rtclassid ibriport obriport ibrname obrname cpu cgroup secmark time day hour
	sdif sdifname bri_iifpvid ibrpvid ibrvproto event option ingress egress device
	offload redefine undefine hooks flowtables meters secmarks synproxys owner
	timeout expectation # \\`.split(/\s+/)
);

/** Keys that begin a match without `meta`. */
const MATCH_WORDS = [
	'mark',
	'iif',
	'iifname',
	'oif',
	'oifname',
	'pkttype',
	'nftrace',
	'numgen',
	'jhash',
	'symhash',
	'skuid',
	'skgid',
	'iiftype',
	'oiftype',
	'iifgroup',
	'oifgroup'
];

/** What begins a statement too, but is seldom meant. */
const RARE = new Set(['priority', 'add', 'update', 'delete', 'set']);

/** The grammar's name for what ends a line. */
const SEPARATOR = 'a new line or `;`';

/** What goes on with a value, when a value is what is missing. */
const AFTER_VALUE = ['-', '/', '.', ',', '&', '|', '^', '(', '@', 'set'];

function describe(expected: readonly Expectation[]): string {
	const words = new Set<string>();
	const others = new Set<string>();
	for (const item of expected) {
		if (item.type === 'literal' && item.text !== undefined) words.add(item.text);
		else if (item.type === 'other' && item.description) others.add(item.description);
		else if (item.type === 'end') others.add('the end of the text');
	}
	const value = others.delete('a value');
	const said: string[] = value ? ['a value'] : [];
	const set = value && words.has('@') && words.delete('{');
	if (set) said.push('a set `{ … }` or `@name`');
	for (const [name, members] of GROUPS) {
		const present = members.filter((member) => words.has(member));
		if (present.length < members.length) continue;
		for (const member of present) words.delete(member);
		if (name.startsWith('a match')) for (const word of MATCH_WORDS) words.delete(word);
		// Where a value or a statement can stand, these go without saying.
		if (value && name.startsWith('a match')) continue;
		if (name === 'an operator') continue;
		said.push(name);
	}
	const after = value || said.some((name) => name.startsWith('a statement')) || words.has('}');
	const statement = said.some((name) => name.startsWith('a statement'));
	for (const word of words) {
		if (statement && RARE.has(word)) continue;
		if (UNSAID.has(word) || word === '\n' || word === ' ') continue;
		if (after && AFTER_VALUE.includes(word) && !(word === ',' && words.has('}'))) continue;
		said.push(`\`${word}\``);
	}
	said.push(...others);
	const shown = said.length > 12 ? [...said.slice(0, 11), '…'] : said;
	if (shown.length < 2) return shown.join('');
	return shown.slice(0, -1).join(', ') + ' or ' + shown[shown.length - 1];
}

function expectsSeparator(expected: readonly Expectation[]): boolean {
	return expected.some((item) => item.description === SEPARATOR);
}

/** Whether two words differ by one letter only, or by two letters that changed places. */
function almost(a: string, b: string): boolean {
	if (a === b || Math.abs(a.length - b.length) > 1 || Math.min(a.length, b.length) < 2)
		return false;
	let start = 0;
	while (start < a.length && a[start] === b[start]) start++;
	let end = 0;
	while (
		end < Math.min(a.length, b.length) - start &&
		a[a.length - 1 - end] === b[b.length - 1 - end]
	)
		end++;
	const left = a.slice(start, a.length - end);
	const right = b.slice(start, b.length - end);
	if (left.length <= 1 && right.length <= 1) return true;
	return left.length === 2 && left[0] === right[1] && left[1] === right[0] && right.length === 2;
}

/** The word that was meant, if one of those that may stand here is nearly what was found. */
function meant(word: string, expected: readonly Expectation[]): string | null {
	for (const item of expected)
		if (item.type === 'literal' && item.text && !UNSAID.has(item.text) && almost(word, item.text))
			return item.text;
	return null;
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
			if (word && /^"[^"]*$/.test(word.word))
				return {
					ok: false,
					error: places.error(
						{ from: offset, to: word.to },
						'the string is not closed: a `"` is missing'
					)
				};
			if (word?.word === '}' && expectsSeparator(thrown.expected ?? []))
				return {
					ok: false,
					error: places.error(
						{ from: offset, to: word.to },
						'before `}` nft wants a new line or `;`'
					)
				};
			const other = word && meant(word.word, thrown.expected ?? []);
			const what = word
				? `\`${word.word}\` cannot stand here${other ? `, perhaps \`${other}\` is meant` : ''}`
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
		// Brackets within brackets, thousands deep.
		if (thrown instanceof RangeError)
			return {
				ok: false,
				error: places.error({ from: 0, to: 0 }, 'the text is nested too deeply')
			};
		if (thrown instanceof Error && 'from' in thrown && !('what' in thrown))
			return { ok: false, error: places.error(thrown as unknown as Place, thrown.message) };
		if (thrown instanceof Error && 'what' in thrown) {
			const refused = thrown as unknown as NotModelled;
			return { ok: false, error: places.error(refused, notModelledText(refused.what)) };
		}
		throw thrown;
	}
}
