/** What `nft monitor trace` would have said of a chain, out of the rules as they were asked. */
import type { EngineEvent, RuleStep, Verdict } from '../engine';
import type { TraceLine } from './observation';

function verdictText(verdict: Verdict): string {
	return 'chain' in verdict ? `${verdict.kind} ${verdict.chain}` : verdict.kind;
}

/** Lines for rules that gave a verdict, and for policies. */
export function traceOf(steps: readonly RuleStep[]): TraceLine[] {
	const lines: TraceLine[] = [];
	for (const { table, chain, rule, verdict } of steps) {
		if (!verdict || verdict.kind === 'continue') continue;
		const where = { table: `${table.family} ${table.name}`, chain };
		if (rule < 0) lines.push({ ...where, policy: verdictText(verdict) });
		else lines.push({ ...where, rule, verdict: verdictText(verdict) });
	}
	return lines;
}

/**
 * Collects the trace of each host over one step of a scenario.
 *
 * A rule that rejects sends its answer before the kernel tells of the rule: the answer's own
 * lines come first, then the verdict.
 */
export class Tracer {
	private lines = new Map<string, TraceLine[]>();
	private waiting: { host: string; walk: number; line: TraceLine }[] = [];
	/** Which walk an answer belongs to. */
	private readonly answers = new Map<number, number>();

	/** Begin a new step. */
	begin(): void {
		this.settle(null);
		this.lines = new Map();
	}

	take(event: EngineEvent): void {
		if (event.kind === 'begin') {
			const cause = event.answers ?? (event.waited ? undefined : event.follows);
			if (cause !== undefined) this.answers.set(event.walk, cause);
		}
		if (event.kind !== 'station') return;
		const { outcome } = event;
		if (outcome.kind !== 'chain' && outcome.kind !== 'nat-rules') return;
		this.settle(event.walk);
		const lines = traceOf(outcome.steps);
		const last = lines[lines.length - 1];
		if (outcome.rejected && last) {
			this.waiting.push({ host: event.host, walk: event.walk, line: last });
			lines.pop();
		}
		this.list(event.host).push(...lines);
	}

	/** Tell of rejections whose answers are through; `walk` is the one that goes on now. */
	private settle(walk: number | null): void {
		for (;;) {
			const last = this.waiting[this.waiting.length - 1];
			if (!last || (walk !== null && this.isAnswer(walk, last.walk))) return;
			this.waiting.pop();
			this.list(last.host).push(last.line);
		}
	}

	private isAnswer(walk: number, to: number): boolean {
		for (let at: number | undefined = walk; at !== undefined; at = this.answers.get(at))
			if (at === to) return true;
		return false;
	}

	private list(host: string): TraceLine[] {
		let list = this.lines.get(host);
		if (!list) this.lines.set(host, (list = []));
		return list;
	}

	/** Lines of one host in this step. */
	of(host: string): readonly TraceLine[] {
		this.settle(null);
		return this.lines.get(host) ?? [];
	}
}
