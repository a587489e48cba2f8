/** The `conntrack` command (conntrack-tools 1.4.7) on a host's table. */
import type { Entry, Host } from '../../engine';
import {
	DEFAULT_ZONE,
	ORIGINAL,
	STATISTICS,
	formatExpectation,
	formatListed,
	zoneIn
} from '../../engine';
import { selectors } from './conntrack-selectors';
import { FAMILY, changes, update } from './conntrack-update';
import { parse } from './conntrack-words';
import type { CommandResult } from './result';
import { done, failed } from './result';

/** Run `conntrack …` (its words without the name). */
export function conntrackCommand(host: Host, argv: readonly string[], now: number): CommandResult {
	if (argv[0] === '-V' || argv[0] === '--version')
		return done(['conntrack v1.4.7 (conntrack-tools)']);
	const request = parse(argv);
	const problem = (message: string): CommandResult =>
		failed(`conntrack v1.4.7 (conntrack-tools): ${message}`, 2);
	if (typeof request === 'string') return problem(request);
	const { command, table, options } = request;
	const { conntrack } = host;
	// Linux 6.18 keeps no lists of these any more.
	if (command === '-L' && (table === 'dying' || table === 'unconfirmed')) return done();
	if (table === 'expect') return expectCommand(host, command, now, problem);
	if (table !== 'conntrack') return problem(`the ${table} table is not modelled`);
	const tests = selectors(request);
	if (typeof tests === 'string') return problem(tests);
	const chosen = conntrack.table
		.list()
		.filter((entry) => entry.timeout > now && tests.every((test) => test(entry)));
	const extended = (options.get('-o') ?? '').split(',').includes('extended');
	const line = (entry: Entry): string => (extended ? 'ipv4 2 ' : '') + formatListed(entry, now);
	const none = failed(
		'conntrack v1.4.7 (conntrack-tools): 0 flow entries have been ' +
			(command === '-D' ? 'deleted.' : 'updated.')
	);
	switch (command) {
		case '-L':
			if (options.get('-u') === 'UNSET')
				return failed('conntrack v1.4.7 (conntrack-tools): Operation failed: invalid parameters');
			return done(chosen.map(line));
		case '-G': {
			// The kernel looks for the original tuple, and for no other.
			const found = chosen.find(inZoneZero);
			return found && options.has('-s') && options.has('-d')
				? done([line(found)])
				: failed(
						'conntrack v1.4.7 (conntrack-tools): Operation failed: such conntrack doesn’t exist'
					);
		}
		case '-D': {
			const lines = chosen.map(line);
			for (const entry of chosen) conntrack.destroy(entry, now, true);
			return chosen.length > 0 ? done(lines) : none;
		}
		case '-F':
			for (const entry of conntrack.table.list()) conntrack.destroy(entry, now, true);
			for (const entry of [...conntrack.table.hidden.values()]) conntrack.destroy(entry, now, true);
			return done();
		case '-C':
			return done([String(conntrack.table.count)]);
		case '-S':
			return done([STATISTICS.map((name) => `${name}=${conntrack.statistics[name]}`).join(' ')]);
		case '-U': {
			const changed = chosen.filter((entry) => changes(entry, options));
			// Without a family the kernel does not take the changed entry back.
			if (changed.length > 0 && !FAMILY.some((word) => options.has(word)))
				return failed(
					'conntrack v1.4.7 (conntrack-tools): Operation failed: Operation not supported'
				);
			const reached = changed.flatMap((entry) => withinReach(host, entry, now) ?? []);
			for (const entry of reached) update(host, entry, options, now);
			return reached.length > 0 ? done(reached.map(line)) : none;
		}
		case '-E':
			return problem('events are shown with each step of a scenario, not by a command that waits');
		default:
			return problem(`${command} is not modelled`);
	}
}

const inZoneZero = ({ zone }: Entry): boolean => zoneIn(zone, ORIGINAL) === 0;

/**
 * The entry that the kernel takes for the one that is asked for by its tuple: the command names no zone, so that it is
 * looked for in zone 0. `null` where there is none.
 */
function withinReach({ conntrack }: Host, entry: Entry, now: number): Entry | null {
	if (inZoneZero(entry)) return entry;
	return conntrack.table.find(entry.original, DEFAULT_ZONE, now)?.entry ?? null;
}

function expectCommand(
	host: Host,
	command: string,
	now: number,
	problem: (message: string) => CommandResult
): CommandResult {
	const { conntrack } = host;
	switch (command) {
		case '-L':
			return done(conntrack.expectations.map((one) => formatExpectation(one, now)));
		case '-F':
			for (let i = conntrack.expectations.length - 1; i >= 0; i--)
				host.journal.removeAt(conntrack.expectations, i);
			return done();
		case '-C':
			return done([String(conntrack.expectations.length)]);
		default:
			return problem(`${command} expect is not modelled`);
	}
}
