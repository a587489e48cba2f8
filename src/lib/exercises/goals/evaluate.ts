/** Holding a condition against a run. */
import type { EngineEvent } from '../../engine';
import type { Arrives, Condition, EntryMatch } from '../format/goal';
import type { Run } from '../run/run';
import { ROUTING, didSomething, dropsOf, isAt, stationId } from '../run/stations';
import type { DropPlace, Finding } from './finding';
import { MET, unmet } from './finding';
import type { Misfit } from './match';
import { amountText, entryMisfit, isAmount, packetMisfit } from './match';

/** What stands in a condition of one kind. */
type Of<K extends string, C = Condition> = C extends { readonly [key in K]: infer V } ? V : never;

/** Hold one condition against a run. */
export function evaluate(condition: Condition, run: Run): Finding {
	if ('not' in condition)
		return evaluate(condition.not, run).met ? unmet({ kind: 'happened' }) : MET;
	if ('any' in condition)
		return condition.any.some((one) => evaluate(one, run).met)
			? MET
			: unmet({ kind: 'none of them' });
	if ('arrives' in condition) return arrives(condition.arrives, run);
	if ('dropped' in condition) return dropped(condition.dropped, run);
	if ('entry' in condition) return entry(condition.entry, run);
	if ('entries' in condition) {
		const { on, step, match = {}, ...amount } = condition.entries;
		const found = run.table(on, step).filter((line) => !entryMisfit(match, line)).length;
		return counted(amount, found);
	}
	if ('counter' in condition) return counter(condition.counter, run);
	if ('stat' in condition) {
		const { on, step, name, ...amount } = condition.stat;
		const at = run.steps[step ?? run.steps.length - 1];
		return counted(amount, at?.stats.get(on)?.[name] ?? 0);
	}
	if ('rewritten' in condition) return rewritten(condition.rewritten, run);
	if ('asked' in condition) return asked(condition.asked, run, true);
	if ('passedOver' in condition) return asked(condition.passedOver, run, false);
	if ('relation' in condition) return relation(condition.relation, run);
	if ('routed' in condition) return routed(condition.routed, run);
	return command(condition.command, run);
}

function counted(amount: Parameters<typeof isAmount>[0], found: number): Finding {
	if (isAmount(amount, found)) return MET;
	return unmet({ kind: 'count', found, wanted: amountText(amount) });
}

function arrives({ at, step, packet = {}, count }: Arrives, run: Run): Finding {
	const there = run.about(step).flatMap((one) => one.arrived.filter((a) => a.at === at));
	let closest: Misfit | null = null;
	let fits = 0;
	for (const { packet: found } of there) {
		const misfit = packetMisfit(packet, found);
		if (misfit === null) fits++;
		else closest ??= misfit;
	}
	if (count !== undefined) return counted({ is: count }, fits);
	if (fits > 0) return MET;
	if (closest) return unmet({ kind: 'arrived otherwise', at, misfit: closest });
	return unmet({ kind: 'nothing arrived', at, drop: lastDrop(run, step) });
}

/** Where a packet of the step ended, if a host dropped one. */
function lastDrop(run: Run, step: number | undefined): DropPlace | null {
	const hosts = [...run.world.hosts.keys()];
	const drops = run.about(step).flatMap(({ events }) => hosts.flatMap((h) => dropsOf(events, h)));
	const last = drops[drops.length - 1];
	return last ? { host: last.host, where: last.where } : null;
}

function dropped({ on, step, at }: Of<'dropped'>, run: Run): Finding {
	const drops = run.about(step).flatMap(({ events }) => dropsOf(events, on));
	if (drops.length === 0) return unmet({ kind: 'not dropped', on });
	const there = (event: EngineEvent, where: string): boolean =>
		at === undefined || (event.kind === 'station' ? isAt(event, at) : where === at);
	if (drops.some(({ event, where }) => there(event, where))) return MET;
	const { host, where } = drops[0]!;
	return unmet({ kind: 'dropped elsewhere', drop: { host, where } });
}

function entry({ on, step, ...match }: Of<'entry'>, run: Run): Finding {
	const table = run.table(on, step);
	let closest: Misfit | null = null;
	for (const line of table) {
		const misfit = entryMisfit(match as EntryMatch, line);
		if (misfit === null) return MET;
		if (closest === null || rank(misfit) > rank(closest)) closest = misfit;
	}
	return unmet(
		closest ? { kind: 'entry otherwise', on, misfit: closest } : { kind: 'no entry', on }
	);
}

/** How far a line got before it did not fit: the later the field, the closer it was. */
function rank({ field }: Misfit): number {
	const parts = ['protocol', 'state', 'helper', 'original', 'reply', 'mark', 'zone', 'flags'];
	return parts.indexOf(field.split('.')[0]!);
}

function counter(of: Of<'counter'>, run: Run): Finding {
	const { on, table, chain, rule, ...amount } = of;
	const where = `${table} ${chain} ${rule}`;
	const found = run.world.hosts
		.get(on)
		?.ruleset.tables.find((one) => `${one.family} ${one.name}` === table)
		?.chains.find((one) => one.name === chain)?.rules[rule];
	const statement = found?.statements.find((one) => one.kind === 'counter');
	if (statement?.kind !== 'counter') return unmet({ kind: 'no such rule', where });
	return counted(amount, statement.state.packets);
}

const stationsOf = (run: Run, step: number | undefined, on: string) =>
	run
		.about(step)
		.flatMap(({ events }) =>
			events.filter(
				(event): event is Extract<EngineEvent, { kind: 'station' }> =>
					event.kind === 'station' && event.host === on
			)
		);

function rewritten({ on, step, field, at, from, to }: Of<'rewritten'>, run: Run): Finding {
	let elsewhere: Finding | null = null;
	for (const event of stationsOf(run, step, on)) {
		if (event.outcome.kind !== 'nat') continue;
		for (const one of event.outcome.rewrites) {
			if (one.field !== field) continue;
			const fits =
				(at === undefined || isAt(event, at)) &&
				(from === undefined || one.before === from) &&
				(to === undefined || one.after === to);
			if (fits) return MET;
			elsewhere ??= unmet({
				kind: 'rewritten elsewhere',
				field,
				where: stationId(event),
				to: one.after
			});
		}
	}
	return elsewhere ?? unmet({ kind: 'not rewritten', field });
}

function asked({ on, step, at }: Of<'asked'>, run: Run, wanted: boolean): Finding {
	if (at === ROUTING) {
		const any = run
			.about(step)
			.some(({ events }) => events.some((e) => e.kind === 'route' && e.host === on));
		return any === wanted ? MET : unmet({ kind: 'not asked', where: at });
	}
	const there = stationsOf(run, step, on).filter((event) => isAt(event, at));
	if (there.some((event) => didSomething(event) === wanted)) return MET;
	if (there.length > 0 && !wanted) return unmet({ kind: 'asked all the same', where: at });
	return unmet({ kind: 'not asked', where: at });
}

function relation({ on, step, is, direction }: Of<'relation'>, run: Run): Finding {
	let other: string | null = null;
	for (const { outcome, station } of stationsOf(run, step, on)) {
		if (outcome.kind === 'passed over' && station.kind === 'conntrack') {
			if (outcome.reason === 'untracked' && is === 'untracked') return MET;
			continue;
		}
		if (outcome.kind !== 'conntrack') continue;
		const way = outcome.direction === 0 ? 'original' : 'reply';
		if (outcome.relation === is && (direction === undefined || way === direction)) return MET;
		other ??= outcome.relation.toUpperCase();
	}
	return unmet(other ? { kind: 'other relation', found: other } : { kind: 'not seen', on });
}

function routed({ on, step, to }: Of<'routed'>, run: Run): Finding {
	const decisions = run
		.about(step)
		.flatMap(({ events }) =>
			events.flatMap((event) =>
				event.kind === 'route' && event.host === on ? [event.decision] : []
			)
		);
	if (decisions.includes(to)) return MET;
	const [first] = decisions;
	return unmet(first ? { kind: 'routed otherwise', found: first } : { kind: 'not seen', on });
}

function command({ step, exit = 0, says }: Of<'command'>, run: Run): Finding {
	const at = run.steps[step];
	const output = at?.output.join('\n') ?? '';
	if (at?.exit === exit && (says === undefined || output.includes(says))) return MET;
	return unmet({ kind: 'command', exit: at?.exit ?? null, output });
}
