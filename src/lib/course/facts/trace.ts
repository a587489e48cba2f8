/** A step as `nft monitor trace` tells of it on one host. */
import { printRule, type EngineEvent, type Packet, type RuleStep } from '../../engine';
import { traceFields } from './packet-text';

/** Where a walk's packet came in and is going to leave. */
interface Way {
	in: string | null;
	out: string | null;
}

/**
 * The lines of `nft monitor trace`. The kernel's numbers are drawn anew each time; here each walk has one of its own. Link
 * addresses and payload bytes are left out.
 * @param packets whether each base chain begins with the packet as it meets it
 */
export function traceLines(events: readonly EngineEvent[], host: string, packets = true): string[] {
	const ways = new Map<number, Way>();
	const lines: string[] = [];
	for (const event of events) {
		if (!('walk' in event) || event.host !== host) continue;
		const way = ways.get(event.walk) ?? { in: null, out: null };
		ways.set(event.walk, way);
		if (event.kind === 'begin') way.in = event.interface;
		if (event.kind === 'route') way.out = event.decision === 'local' ? null : event.out;
		if (event.kind !== 'station') continue;
		const { outcome } = event;
		if (outcome.kind !== 'chain' && outcome.kind !== 'nat-rules') continue;
		lines.push(...chainLines(outcome.steps, event.walk, event.before, way, packets));
	}
	return lines;
}

function chainLines(
	steps: readonly RuleStep[],
	walk: number,
	packet: Packet,
	way: Way,
	packets: boolean
): string[] {
	const id = (((walk + 1) * 0x9e3779b1) >>> 0).toString(16).padStart(8, '0');
	const lines: string[] = [];
	let begun = '';
	for (const { table, chain: name, rule, failedAt, verdict } of steps) {
		const chain = table.chains.find((one) => one.name === name);
		const where = `trace id ${id} ${table.family} ${table.name} ${name}`;
		if (chain?.base && begun !== where) {
			begun = where;
			const ends = [way.in && `iif "${way.in}"`, way.out && `oif "${way.out}"`].filter(Boolean);
			if (packets) lines.push(`${where} packet: ${[...ends, traceFields(packet)].join(' ')}`);
		}
		if (rule < 0) {
			if (chain?.base && verdict) lines.push(`${where} policy ${verdict.kind}`);
		} else if (failedAt === null && chain?.rules[rule]) {
			const said = verdict
				? 'chain' in verdict
					? `${verdict.kind} ${verdict.chain}`
					: verdict.kind
				: 'continue';
			const text = printRule(chain.rules[rule], table, { stateless: true });
			lines.push(`${where} rule ${text} (verdict ${said})`);
		}
	}
	return lines;
}
