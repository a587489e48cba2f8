/**
 * Holding two observations of one scenario against each other, by the rules of the format: equal
 * in everything, but for what time, chance and the order of delivery may change.
 */
import { compareEvents, ExpiredEntries, learnPorts } from './compare-events';
import { compareTables } from './compare-entries';
import { comparePackets } from './compare-packets';
import { DrawnPorts, drawsOf } from './drawn-ports';
import { parseEntryLine } from './entry-line';
import { sameValue } from './same-value';
import { sentIn } from './sent-packets';
import type { Observation, StepObservation } from './observation';
import { asText } from './scenario';
import type { Scenario } from './scenario';

/** One thing in which two observations differ. */
export interface Difference {
	/** The step's place in the scenario, from 0. */
	readonly step: number;
	/** Where in the step, such as `out[0].packet.ip.ttl` or `hosts.gateway.events[1]`. */
	readonly field: string;
	/** The two values; `undefined` where one side has nothing there. */
	readonly expected: unknown;
	readonly actual: unknown;
}

/** Takes what differs in one step. */
export type Report = (field: string, expected: unknown, actual: unknown) => void;

/** All differences between two observations of `scenario`, in the order of its steps. */
export function compareObservations(
	expected: Observation,
	actual: Observation,
	scenario: Scenario
): Difference[] {
	const found: Difference[] = [];
	const ports = new DrawnPorts(drawsOf(textsOf(scenario)));
	const ids = new Map<number, Set<number>>();
	const expired = new ExpiredEntries(ports);
	const length = Math.max(expected.steps.length, actual.steps.length);
	for (let step = 0; step < length; step++) {
		const report: Report = (field, e, a) => found.push({ step, field, expected: e, actual: a });
		const [e, a] = [expected.steps[step], actual.steps[step]];
		if (!e || !a) {
			report('', e, a);
			continue;
		}
		if (Boolean(e.skipped) !== Boolean(a.skipped)) report('skipped', e.skipped, a.skipped);
		compareHosts(e, a, ports, expired, step, report);
		comparePackets(e.out ?? [], a.out ?? [], { ports, ids, sent: sentIn(scenario, step) }, report);
		if (e.exit !== a.exit) report('exit', e.exit, a.exit);
		compareOutput(e.stdout ?? [], a.stdout ?? [], ports, report);
	}
	found.push(...expired.differences());
	return found.sort((one, other) => one.step - other.step);
}

function compareHosts(
	e: StepObservation,
	a: StepObservation,
	ports: DrawnPorts,
	expired: ExpiredEntries,
	step: number,
	report: Report
): void {
	const names = new Set([...Object.keys(e.hosts ?? {}), ...Object.keys(a.hosts ?? {})]);
	// One host's drawn port is the next host's original one: all are learnt before any is judged.
	for (const _ of names) {
		for (const name of names) {
			learnPorts(e.hosts?.[name]?.events ?? [], a.hosts?.[name]?.events ?? [], ports);
		}
	}
	for (const name of names) {
		const [one, other] = [e.hosts?.[name], a.hosts?.[name]];
		const at = `hosts.${name}`;
		if (!one || !other) {
			report(at, one, other);
			continue;
		}
		compareEvents(one.events, other.events, { ports, expired, host: name, step }, report);
		compareTables(one.table, other.table, ports, (place, x, y) =>
			report(`${at}.table${place}`, x, y)
		);
		for (let i = 0; i < Math.max(one.trace.length, other.trace.length); i++) {
			if (!sameValue(one.trace[i], other.trace[i])) {
				report(`${at}.trace[${i}]`, one.trace[i], other.trace[i]);
			}
		}
	}
}

/** A command's output: lines of entries and of expectations in any order, all else in its place. */
function compareOutput(
	expected: readonly string[],
	actual: readonly string[],
	ports: DrawnPorts,
	report: Report
): void {
	const isEntry = (line: string) => parseEntryLine(line) !== null;
	compareTables(expected.filter(isEntry), actual.filter(isEntry), ports, (_, e, a) =>
		report('stdout', e, a)
	);
	const rest = actual.filter((line) => !isEntry(line) && !EXPECTATION.test(line));
	const expectations = actual.filter((line) => EXPECTATION.test(line));
	let i = 0;
	for (const e of expected.filter((line) => !isEntry(line))) {
		const place = EXPECTATION.test(e) ? expectations.findIndex((a) => sameButSeconds(e, a)) : 0;
		const [a] = (EXPECTATION.test(e) ? expectations : rest).splice(Math.max(place, 0), 1);
		if (a === undefined || !sameButSeconds(e, a)) report(`stdout[${i}]`, e, a);
		i++;
	}
	for (const a of [...expectations, ...rest]) report(`stdout[${i++}]`, undefined, a);
}

/** A line of `conntrack -L expect`, whose order is a hash's. */
const EXPECTATION = /^\d+ proto=/;

/** Two lines that differ in the seconds that an expectation or a set's element has left. */
function sameButSeconds(expected: string, actual: string): boolean {
	const left = /^(?=\d+ proto=)(\d+)|\bexpires (?:(\d+)m)?(?:(\d+)s)?(?:\d+ms)?/g;
	const seconds = (line: string) =>
		[...line.matchAll(left)].map(
			([, s, min, sec]) => Number(s ?? 0) + Number(min ?? 0) * 60 + Number(sec ?? 0)
		);
	const [e, a] = [seconds(expected), seconds(actual)];
	return (
		expected.replace(left, '*') === actual.replace(left, '*') &&
		e.every((value, i) => Math.abs(value - a[i]!) <= 2)
	);
}

/** Every text of a scenario in which a rule may name a range of ports. */
function textsOf(scenario: Scenario): string[] {
	const hosts = Object.values(scenario.hosts);
	const commands = scenario.steps.flatMap((step) => ('run' in step ? [step.run.command] : []));
	return [...hosts.flatMap(({ nft, iptables }) => [asText(nft), asText(iptables)]), ...commands];
}
