/** What a diagnosis goes by, as lines of text: what the real commands would show. */
import { asText } from '../../scenario/scenario';
import { traceOf } from '../../scenario/trace';
import type { Diagnose, Evidence } from '../format/exercise';
import { once } from '../run/once';
import type { Run } from '../run/run';
import { runScenario } from '../run/run';
import { packetText } from '../words/conditions';

export interface Shown {
	readonly evidence: Evidence;
	readonly lines: readonly string[];
}

/** All evidence of an exercise; `null` when its scenario cannot be run. */
export const evidenceOf = once((exercise: Diagnose): readonly Shown[] | null => {
	const ran = runScenario(exercise.scenario);
	if (!ran.ok) return null;
	return exercise.evidence.map((evidence) => ({ evidence, lines: linesOf(evidence, ran.run) }));
});

function linesOf({ show, on, step }: Evidence, run: Run): readonly string[] {
	const upTo = run.steps.slice(0, step === undefined ? undefined : step + 1);
	switch (show) {
		case 'table':
			return run.lines(on, step);
		case 'events':
			return upTo.flatMap(({ events }) =>
				events.flatMap((e) => (e.kind === 'table' && e.host === on ? [e.change.line] : []))
			);
		case 'arrivals':
			return run.steps.flatMap(({ arrived }, i) =>
				step === undefined || step === i
					? arrived.filter((a) => a.at === on).map((a) => `${i + 1}: ${packetText(a.packet)}`)
					: []
			);
		case 'rules': {
			const spec = run.scenario.hosts[on];
			return [spec?.nft, spec?.iptables, spec?.ipset]
				.map((text) => asText(text))
				.filter((text) => text !== '')
				.flatMap((text) => text.split('\n'));
		}
		case 'stats': {
			const stats = run.steps[step ?? run.steps.length - 1]?.stats.get(on) ?? {};
			return [
				Object.entries(stats)
					.map(([name, value]) => `${name}=${value}`)
					.join(' ')
			];
		}
		case 'trace':
			return run.steps.flatMap(({ events }, i) =>
				step === undefined || step === i
					? events.flatMap((e) => {
							if (e.kind !== 'station' || e.host !== on) return [];
							const { outcome } = e;
							if (outcome.kind !== 'chain' && outcome.kind !== 'nat-rules') return [];
							return traceOf(outcome.steps).map(({ table, chain, rule, verdict, policy }) =>
								policy === undefined
									? `${i + 1}: ${table} ${chain} rule ${(rule ?? 0) + 1} (verdict ${verdict})`
									: `${i + 1}: ${table} ${chain} (policy ${policy})`
							);
						})
					: []
			);
	}
}
