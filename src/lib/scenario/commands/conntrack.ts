/** The `conntrack` command (conntrack-tools 1.4.7) on a host's table. */
import type { Entry, Host } from '../../engine';
import {
	IPS_ASSURED,
	IPS_DST_NAT_DONE,
	IPS_FIXED_TIMEOUT,
	IPS_SEEN_REPLY,
	IPS_SRC_NAT_DONE,
	STATISTICS,
	TCP_STATES,
	formatEntry,
	formatExpectation,
	inPrefix,
	maskOf,
	parseInterfaceAddress,
	secondsLeft
} from '../../engine';
import type { CommandResult } from './result';
import { done, failed } from './result';

type Test = (entry: Entry) => boolean;

const PROTOCOLS: Readonly<Record<string, number>> = {
	icmp: 1,
	tcp: 6,
	udp: 17,
	dccp: 33,
	gre: 47,
	sctp: 132,
	udplite: 136
};

const LONG: Readonly<Record<string, string>> = {
	'--dump': '-L',
	'--list': '-L',
	'--get': '-G',
	'--delete': '-D',
	'--create': '-I',
	'--update': '-U',
	'--event': '-E',
	'--flush': '-F',
	'--count': '-C',
	'--stats': '-S',
	'--orig-src': '-s',
	'--src': '-s',
	'--orig-dst': '-d',
	'--dst': '-d',
	'--reply-src': '-r',
	'--reply-dst': '-q',
	'--protonum': '-p',
	'--proto': '-p',
	'--family': '-f',
	'--timeout': '-t',
	'--status': '-u',
	'--zone': '-w',
	'--mark': '-m',
	'--src-nat': '-n',
	'--dst-nat': '-g',
	'--any-nat': '-j',
	'--output': '-o',
	'--zero': '-z',
	'--sport': '--orig-port-src',
	'--dport': '--orig-port-dst'
};

const COMMANDS = new Set(['-L', '-G', '-D', '-I', '-U', '-E', '-F', '-C', '-S']);
/** NAT selectors may stand without an address. */
const OPTIONAL_VALUE = new Set(['-n', '-g', '-j']);
const NO_VALUE = new Set(['-z']);

/** Options that only a protocol named before them brings. */
const OF_PROTOCOL = new Set([
	'--orig-port-src',
	'--orig-port-dst',
	'--reply-port-src',
	'--reply-port-dst',
	'--state',
	'--icmp-type',
	'--icmp-code',
	'--icmp-id'
]);

interface Request {
	readonly command: string;
	readonly table: string;
	readonly options: ReadonlyMap<string, string | null>;
}

function parse(argv: readonly string[]): Request | string {
	let command: string | null = null;
	let table = 'conntrack';
	const options = new Map<string, string | null>();
	for (let i = 0; i < argv.length; i++) {
		let word = argv[i]!;
		let value: string | null = null;
		const equals = word.startsWith('--') ? word.indexOf('=') : -1;
		if (equals > 0) {
			value = word.slice(equals + 1);
			word = word.slice(0, equals);
		}
		word = LONG[word] ?? word;
		if (COMMANDS.has(word)) {
			if (command !== null) return 'can only use one command at a time';
			command = word;
			const next = argv[i + 1];
			if (next !== undefined && /^(conntrack|expect|dying|unconfirmed)$/.test(next)) {
				table = next;
				i++;
			}
			continue;
		}
		if (!word.startsWith('-')) return `unknown argument \`${word}'`;
		if (value === null && !NO_VALUE.has(word)) {
			const next = argv[i + 1];
			if (next !== undefined && !(OPTIONAL_VALUE.has(word) && next.startsWith('-'))) {
				value = next;
				i++;
			} else if (!OPTIONAL_VALUE.has(word)) return `option \`${word}' requires an argument`;
		}
		if (OF_PROTOCOL.has(word) && !options.has('-p')) return `unknown option \`${argv[i]}'`;
		options.set(word, value);
	}
	return command === null ? 'you need to supply a command' : { command, table, options };
}

/** Options that choose entries: for each, the test it stands for, or a word on what is wrong. */
function selectors(request: Request): Test[] | string {
	const tests: Test[] = [];
	const { command, options } = request;
	for (const [key, value] of options) {
		const test = selector(key, value ?? '', value === null, command, options);
		if (typeof test === 'string') return test;
		if (test) tests.push(test);
	}
	return tests;
}

function byAddress(
	text: string,
	pick: (entry: Entry) => number,
	bare = false,
	always: Test = () => true
): Test | string {
	if (bare) return always;
	const parsed = parseInterfaceAddress(text);
	if (!parsed) return `Invalid IP address \`${text}'`;
	const prefix = {
		network: (parsed.address & maskOf(parsed.length)) >>> 0,
		length: parsed.length
	};
	return (entry) => always(entry) && inPrefix(pick(entry), prefix);
}

function selector(
	key: string,
	value: string,
	bare: boolean,
	command: string,
	options: Request['options']
): Test | string | null {
	const number = Number(value);
	switch (key) {
		case '-p': {
			const protocol = PROTOCOLS[value.toLowerCase()] ?? (/^\d+$/.test(value) ? number : null);
			if (protocol === null) return `\`${value}' unsupported protocol`;
			return (e) => e.original.protocol === protocol;
		}
		case '-s':
			return byAddress(value, (e) => e.original.src);
		case '-d':
			return byAddress(value, (e) => e.original.dst);
		case '-r':
			return byAddress(value, (e) => e.reply.src);
		case '-q':
			return byAddress(value, (e) => e.reply.dst);
		case '-n':
			return byAddress(value, (e) => e.reply.dst, bare, isSourceTranslated);
		case '-g':
			return byAddress(value, (e) => e.reply.src, bare, isDestinationTranslated);
		case '-j': {
			const source = selector('-n', value, bare, command, options) as Test | string;
			const target = selector('-g', value, bare, command, options) as Test | string;
			if (typeof source === 'string') return source;
			if (typeof target === 'string') return target;
			return (e) => source(e) || target(e);
		}
		case '--orig-port-src':
			return (e) => e.original.sport === number;
		case '--orig-port-dst':
			return (e) => e.original.dport === number;
		case '--reply-port-src':
			return (e) => e.reply.sport === number;
		case '--reply-port-dst':
			return (e) => e.reply.dport === number;
		case '--icmp-type':
			return (e) => e.original.dport >> 8 === number;
		case '--icmp-code':
			return (e) => (e.original.dport & 255) === number;
		case '--icmp-id':
			return (e) => e.original.sport === number;
		case '--state': {
			const state = (TCP_STATES as readonly string[]).indexOf(value.toUpperCase());
			if (state < 0) return `Invalid TCP state \`${value}'`;
			return (e) => e.tcp?.state === state;
		}
		case '-m': {
			if (command === '-U' || command === '-I') return null;
			const [mark, mask] = value.split('/').map(Number);
			if (mark === undefined || Number.isNaN(mark)) return `invalid mark \`${value}'`;
			return (e) => (e.mark & (mask ?? 0xffffffff)) >>> 0 === mark;
		}
		case '-u': {
			if (command === '-U' || command === '-I') return null;
			const wanted = statusBits(value);
			if (typeof wanted === 'string') return wanted;
			return (e) => (e.status & wanted.set) === wanted.set && (e.status & wanted.unset) === 0;
		}
		case '-w':
			return (e) => e.zone.id === number && e.zone.direction === 'both';
		case '-t':
		case '-o':
		case '-z':
		case '-f':
			return null;
		default:
			return `unknown option \`${key}'`;
	}
}

/**
 * What the command takes for source translation (libnetfilter_conntrack, NFCT_GOPT_IS_SNAT and
 * IS_SPAT): it compares ports even where a protocol has none, so that an ICMP query's id is held
 * against the type and code of its reply, and nearly every one of them counts.
 */
function isSourceTranslated({ status, original, reply }: Entry): boolean {
	return (
		(status & IPS_SRC_NAT_DONE) !== 0 &&
		(reply.dst !== original.src || reply.dport !== original.sport)
	);
}

function isDestinationTranslated({ status, original, reply }: Entry): boolean {
	return (
		(status & IPS_DST_NAT_DONE) !== 0 &&
		(reply.src !== original.dst || reply.sport !== original.dport)
	);
}

function statusBits(text: string): { set: number; unset: number } | string {
	let set = 0;
	let unset = 0;
	for (const one of text.split(',')) {
		if (one === 'ASSURED') set |= IPS_ASSURED;
		else if (one === 'SEEN_REPLY') set |= IPS_SEEN_REPLY;
		else if (one === 'UNREPLIED' || one === 'UNSET') unset |= IPS_SEEN_REPLY;
		else if (one === 'FIXED_TIMEOUT') set |= IPS_FIXED_TIMEOUT;
		else return `Invalid status \`${one}'`;
	}
	return { set, unset };
}

/** Run `conntrack …` (its words without the name). */
export function conntrackCommand(host: Host, argv: readonly string[], now: number): CommandResult {
	const request = parse(argv);
	const problem = (message: string): CommandResult =>
		failed(`conntrack v1.4.7 (conntrack-tools): ${message}`, 2);
	if (typeof request === 'string') return problem(request);
	const { command, table, options } = request;
	const { conntrack } = host;
	if (table === 'expect') return expectCommand(host, command, now, problem);
	if (table !== 'conntrack') return problem(`the ${table} table is not modelled`);
	const tests = selectors(request);
	if (typeof tests === 'string') return problem(tests);
	const chosen = conntrack.table
		.list()
		.filter((entry) => entry.timeout > now && tests.every((test) => test(entry)));
	const extended = (options.get('-o') ?? '').split(',').includes('extended');
	const line = (entry: Entry): string =>
		(extended ? 'ipv4 2 ' : '') +
		formatEntry(entry, {
			seconds: secondsLeft(entry.timeout, now),
			state: true,
			counters: true
		});
	const none = failed(
		'conntrack v1.4.7 (conntrack-tools): 0 flow entries have been ' +
			(command === '-D' ? 'deleted.' : 'updated.')
	);
	switch (command) {
		case '-L':
			return done(chosen.map(line));
		case '-G':
			return chosen.length > 0
				? done([line(chosen[0]!)])
				: failed(
						'conntrack v1.4.7 (conntrack-tools): Operation failed: such conntrack doesn’t exist'
					);
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
		case '-U':
			for (const entry of chosen) update(host, entry, options, now);
			return chosen.length > 0 ? done(chosen.map(line)) : none;
		case '-E':
			return problem('events are shown with each step of a scenario, not by a command that waits');
		default:
			return problem(`${command} is not modelled`);
	}
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

/** `conntrack -U`: mark, timeout and status of the chosen entries. */
function update(host: Host, entry: Entry, options: Request['options'], now: number): void {
	const { journal, conntrack } = host;
	const mark = options.get('-m');
	if (mark !== undefined && mark !== null) {
		const [value, mask] = mark.split('/').map(Number);
		const kept = mask === undefined ? 0 : entry.mark & ~mask;
		journal.set(entry, 'mark', (kept ^ (value ?? 0)) >>> 0);
	}
	const timeout = options.get('-t');
	if (timeout !== undefined && timeout !== null)
		journal.set(entry, 'timeout', now + Number(timeout) * 1000);
	const status = options.get('-u');
	if (status !== undefined && status !== null) {
		const bits = statusBits(status);
		if (typeof bits !== 'string') journal.set(entry, 'status', entry.status | bits.set);
	}
	conntrack.tellUpdate(entry, now);
}
