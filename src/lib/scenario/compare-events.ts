/** Holding two hosts' conntrack events of a step against each other. */
import { compareEntryLines, likeness } from './compare-entries';
import type { Difference, Report } from './compare';
import type { DrawnPorts } from './drawn-ports';
import { parseEntryLine } from './entry-line';

interface Late {
	readonly step: number;
	readonly host: string;
	readonly line: string;
}

/** Ends of entries whose time ran out: they are reported when someone happens to look. */
export class ExpiredEntries {
	readonly #ports: DrawnPorts;
	readonly #expected: Late[] = [];
	readonly #actual: Late[] = [];

	constructor(ports: DrawnPorts) {
		this.#ports = ports;
	}

	/** Keeps a line that has no partner in its step; false if it is not of an expired entry. */
	keep(side: 'expected' | 'actual', late: Late): boolean {
		const parsed = parseEntryLine(late.line);
		if (parsed?.event !== '[DESTROY]' || parsed.seconds !== undefined) return false;
		if (late.line.includes('[USERSPACE]')) return false;
		(side === 'expected' ? this.#expected : this.#actual).push(late);
		return true;
	}

	/** What has no partner in the whole scenario. */
	differences(): Difference[] {
		const left = [...this.#actual];
		const found: Difference[] = [];
		for (const { step, host, line } of this.#expected) {
			const at = left.findIndex(
				(other) =>
					other.host === host && compareEntryLines(line, other.line, this.#ports, { past: true })
			);
			if (at >= 0) left.splice(at, 1);
			else found.push({ step, field: `hosts.${host}.events`, expected: line, actual: undefined });
		}
		for (const { step, host, line } of left) {
			found.push({ step, field: `hosts.${host}.events`, expected: undefined, actual: line });
		}
		return found;
	}
}

const isEnd = (line: string) => line.startsWith('[DESTROY]');

/** Each end with the number of other events before it. */
function ends(lines: readonly string[]): { readonly line: string; readonly after: number }[] {
	let after = 0;
	return lines.flatMap((line) => {
		if (isEnd(line)) return [{ line, after }];
		after++;
		return [];
	});
}

/** Learns which ports the new entries of a step drew. */
export function learnPorts(
	expected: readonly string[],
	actual: readonly string[],
	ports: DrawnPorts
): void {
	const isNew = (line: string) => line.startsWith('[NEW]');
	const others = actual.filter(isNew);
	expected.filter(isNew).forEach((line, i) => {
		if (others[i] !== undefined) compareEntryLines(line, others[i], ports);
	});
}

/** Events in order; between two others, ends of entries in any order. */
export function compareEvents(
	expected: readonly string[],
	actual: readonly string[],
	where: {
		readonly ports: DrawnPorts;
		readonly expired: ExpiredEntries;
		readonly host: string;
		readonly step: number;
	},
	report: Report
): void {
	const { ports, expired, host, step } = where;
	const field = `hosts.${host}.events`;
	// Ends first: an entry that ends may make room for a new one of the same tuple.
	const left = ends(actual);
	const matches = (e: string, a: string) => compareEntryLines(e, a, ports, { seconds: false });
	const missing: { readonly line: string; readonly after: number }[] = [];
	for (const { line, after } of ends(expected)) {
		const at = left.findIndex((other) => other.after === after && matches(line, other.line));
		if (at >= 0) left.splice(at, 1);
		else missing.push({ line, after });
	}
	const [one, other] = [expected, actual].map((lines) => lines.filter((line) => !isEnd(line)));
	for (let i = 0; i < Math.max(one!.length, other!.length); i++) {
		const [e, a] = [one![i], other![i]];
		if (e === undefined || a === undefined || !compareEntryLines(e, a, ports)) {
			report(`${field}[${e === undefined ? actual.indexOf(a!) : expected.indexOf(e)}]`, e, a);
		}
	}
	for (const { line, after } of missing) {
		const now = left.findIndex((end) => end.after === after && matches(line, end.line));
		if (now >= 0) {
			left.splice(now, 1);
			continue;
		}
		if (expired.keep('expected', { step, host, line })) continue;
		const at = left.findIndex((other) => likeness(other.line) === likeness(line));
		const twin = at < 0 ? undefined : left.splice(at, 1)[0]!.line;
		report(`${field}[${expected.indexOf(line)}]`, line, twin);
	}
	for (const { line } of left) {
		if (!expired.keep('actual', { step, host, line })) {
			report(`${field}[${actual.indexOf(line)}]`, undefined, line);
		}
	}
}
