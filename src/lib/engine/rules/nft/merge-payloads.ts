/**
 * nft loads fields that lie side by side, four bytes at most, with one expression, and so moves
 * matches about. nft 1.0.6 goes further than its users expect, and what it hands to the kernel is
 * what counts (seen with `nft --debug=netlink`):
 *
 * - a counter between two such matches comes to stand behind or before both of them;
 * - `tcp sport != 1 tcp dport != 2` becomes one comparison of the pair, which a packet passes when
 *   either port differs;
 * - `tcp flags syn tcp window 5` asks for the flags to be equal, not for a bit of them.
 */
import type { Expression, RawExpression, Statement } from '../ruleset';
import { FIELDS, namesNextHeader } from './selectors';

type Match = Extract<Statement, { kind: 'match' }>;

/** What one expression can load. */
const MOST_BITS = 32;
/** How many matches nft looks at together. */
const AT_ONCE = 16;
/** Protocols that nft knows above IP. */
const KNOWN_ABOVE_IP = new Set([1, 2, 6, 17, 33, 50, 51, 58, 108, 132, 136]);

interface Candidate {
	readonly match: Match;
	/** The IP header's fields come before those of what it carries. */
	readonly layer: number;
	readonly from: number;
	readonly to: number;
	readonly negated: boolean;
}

function candidateOf(statement: Statement): Candidate | null {
	if (statement.kind !== 'match') return null;
	const { left, op, right } = statement;
	if ((left.kind !== 'payload' && left.kind !== 'raw') || right.kind !== 'value') return null;
	if (op !== '==' && op !== '!=' && op !== 'in') return null;
	const { offset, bits } = left.kind === 'raw' ? left : FIELDS[left.protocol][left.field]!;
	return {
		match: statement,
		layer: layerOf(left),
		from: offset,
		to: offset + bits,
		negated: op === '!='
	};
}

const RAW_LAYERS = { nh: 2, th: 1, ih: 3 } as const;

function layerOf(left: Extract<Expression, { kind: 'payload' | 'raw' }>): number {
	if (left.kind === 'raw') return RAW_LAYERS[left.base];
	return left.protocol === 'ip' || left.protocol === 'ip6' ? 0 : 1;
}

function adjacent(a: Candidate, from: number, b: Candidate): boolean {
	return (
		a.layer === b.layer &&
		a.negated === b.negated &&
		a.to === b.from &&
		b.to - from <= MOST_BITS &&
		from % 8 === 0 &&
		b.from % 8 === 0 &&
		b.to % 8 === 0
	);
}

/** Whether the match says which protocol comes above IP: it keeps its place. */
function namesProtocol({ match: { left, right } }: Candidate): boolean {
	return (
		left.kind === 'payload' &&
		namesNextHeader(left) &&
		right.kind === 'value' &&
		KNOWN_ABOVE_IP.has(right.value as number)
	);
}

/** Matches that are loaded together, in the header's order, and the one whose place they take. */
interface Group {
	readonly members: readonly Candidate[];
	readonly keeper: Candidate;
}

function groupsOf(candidates: readonly Candidate[]): Group[] {
	const sorted = [...candidates].sort((a, b) => a.layer - b.layer || a.from - b.from);
	const groups: { members: Candidate[]; keeper: Candidate }[] = [];
	for (const one of sorted) {
		const group = groups.at(-1);
		if (group && adjacent(group.members.at(-1)!, group.members[0]!.from, one)) {
			group.members.push(one);
			if (namesProtocol(one)) group.keeper = one;
		} else groups.push({ members: [one], keeper: one });
	}
	return groups.filter(({ members }) => members.length > 1);
}

function joined({ members }: Group): Statement[] {
	const matches = members.map(({ match }) => match);
	const bases = new Set(matches.map(baseOf));
	const [base] = bases;
	const raw = matches.some(({ left }) => left.kind === 'raw');
	if (raw && base && bases.size === 1) return [joinedRaw(base, members)];
	if (!members[0]!.negated) return matches.map((match) => ({ ...match, op: '==' as const }));
	return [
		{
			kind: 'match',
			left: { kind: 'concat', parts: matches.map(({ left }) => left) },
			op: '!=',
			right: {
				kind: 'value',
				value: matches.map(({ right }) => (right.kind === 'value' ? (right.value as number) : 0))
			},
			joined: true
		}
	];
}

/** Where a raw one begins to count, and ports of an unknown transport with it; `null` for fields of a known header. */
function baseOf({ left }: Match): RawExpression['base'] | null {
	if (left.kind === 'raw') return left.base;
	return left.kind === 'payload' && left.protocol === 'th' ? 'th' : null;
}

/** Raw ones become one for good. */
function joinedRaw(base: RawExpression['base'], members: readonly Candidate[]): Match {
	const { match: first, from: offset } = members[0]!;
	let value = 0;
	let bits = 0;
	for (const { match, from, to } of members) {
		const own = match.right.kind === 'value' ? Number(match.right.value) : 0;
		value = value * 2 ** (to - from) + own;
		bits += to - from;
	}
	return {
		kind: 'match',
		left: { kind: 'raw', base, offset, bits },
		op: first.op,
		right: { kind: 'value', value }
	};
}

/** The statements as nft hands them to the kernel. */
export function mergePayloads(statements: readonly Statement[]): Statement[] {
	const replaced = new Map<Statement, readonly Statement[]>();
	const merge = (candidates: readonly Candidate[]): void => {
		for (const group of groupsOf(candidates)) {
			for (const { match } of group.members) replaced.set(match, []);
			replaced.set(group.keeper.match, joined(group));
		}
	};
	let waiting: Candidate[] = [];
	for (const statement of statements) {
		const candidate = candidateOf(statement);
		if (candidate) waiting.push(candidate);
		else if (statement.kind === 'match' || statement.kind === 'label') continue;
		// A single match waits on behind a statement that is none.
		if (candidate ? waiting.length >= AT_ONCE : waiting.length > 1) {
			merge(waiting);
			waiting = [];
		}
	}
	merge(waiting);
	return statements.flatMap((statement) => replaced.get(statement) ?? [statement]);
}

/** Whether nft takes a protocol for granted once `ip protocol` has named it. */
export function isKnownAboveIp(protocol: number): boolean {
	return KNOWN_ABOVE_IP.has(protocol);
}
