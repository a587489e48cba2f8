/** Holding the lines of two conntrack tables against each other. */
import { invert } from './drawn-ports';
import type { DrawnPorts, Flow } from './drawn-ports';
import { parseEntryLine } from './entry-line';
import type { EntryLine } from './entry-line';

/** How far the seconds left may be apart: runs on a kernel take some time of their own. */
const SECONDS = 2;

/** Whether two lines say the same of one entry; what was drawn is learnt from those that do. */
export function compareEntryLines(
	expected: string,
	actual: string,
	ports: DrawnPorts,
	how: { readonly seconds?: boolean; readonly past?: boolean } = {}
): boolean {
	const [e, a] = [parseEntryLine(expected), parseEntryLine(actual)];
	if (!e || !a) return expected === actual;
	if (e.event !== a.event || e.protocol !== a.protocol || e.rest !== a.rest) return false;
	if (how.seconds !== false && !closeEnough(e.seconds, a.seconds)) return false;
	if (!ports.agree(flow(e, e.original), flow(a, a.original), how.past)) return false;
	return sameReply(e, a, ports, how.past);
}

function closeEnough(expected: number | undefined, actual: number | undefined): boolean {
	if (expected === undefined || actual === undefined) return expected === actual;
	return Math.abs(expected - actual) <= SECONDS;
}

const flow = (line: EntryLine, tuple: EntryLine['original']): Flow => ({
	protocol: line.protocol,
	...tuple
});

/** The reply tuples: the translated flow as it comes back. A new entry may have drawn its port. */
function sameReply(e: EntryLine, a: EntryLine, ports: DrawnPorts, past?: boolean): boolean {
	const [one, other] = [invert(flow(e, e.reply)), invert(flow(a, a.reply))];
	const fresh = e.event === '[NEW]' || !ports.knows(one);
	if (past || !fresh) return ports.agree(one, other, past);
	const equal = one.sport === other.sport && one.dport === other.dport;
	const same = equal && one.src === other.src && one.dst === other.dst;
	if (!same && !ports.mayBeDrawn(one, other, e.original)) return false;
	ports.learn(one, other);
	if (!same) learnHalfway(e, a, ports);
	return true;
}

/** A packet quoted inside the host may show one of two translations only. */
function learnHalfway(e: EntryLine, a: EntryLine, ports: DrawnPorts): void {
	if (e.protocol.startsWith('icmp ')) return;
	const halves = (line: EntryLine): Flow[] => {
		const { protocol, original, reply } = line;
		const back = invert({ protocol, ...reply });
		return [
			{ ...back, src: original.src, sport: original.sport },
			{ ...back, dst: original.dst, dport: original.dport }
		];
	};
	const [one, other] = [halves(e), halves(a)];
	one.forEach((half, i) => ports.learn(half, other[i]!));
}

/**
 * Two tables, lines in any order. `report` gets the place of an expected line (`[2]`), or '' for
 * a line that only the actual table has.
 */
export function compareTables(
	expected: readonly string[],
	actual: readonly string[],
	ports: DrawnPorts,
	report: (place: string, expected: unknown, actual: unknown) => void
): void {
	const left = [...actual];
	const missing: number[] = [];
	expected.forEach((line, i) => {
		const at = left.findIndex((other) => compareEntryLines(line, other, ports));
		if (at < 0) missing.push(i);
		else left.splice(at, 1);
	});
	for (const i of missing) {
		const at = left.findIndex((line) => likeness(line) === likeness(expected[i]!));
		report(`[${i}]`, expected[i], at < 0 ? undefined : left.splice(at, 1)[0]);
	}
	for (const line of left) report('', undefined, line);
	if (twins(actual) > twins(expected)) report('', 'no two entries with one reply tuple', 'two');
}

/** What two lines about one entry have in common even if they differ. */
export function likeness(line: string): string {
	const parsed = parseEntryLine(line);
	if (!parsed) return line;
	return JSON.stringify([parsed.event, parsed.protocol, parsed.original]);
}

/** How many entries have the reply tuple of another one, which no table can hold. */
function twins(lines: readonly string[]): number {
	const seen = lines.map((line) => {
		const parsed = parseEntryLine(line);
		return parsed ? JSON.stringify([parsed.protocol, parsed.reply, zoneOf(line)]) : line;
	});
	return seen.length - new Set(seen).size;
}

const zoneOf = (line: string) => /\bzone(?:-reply)?=\d+/g.exec(line)?.[0] ?? '';
