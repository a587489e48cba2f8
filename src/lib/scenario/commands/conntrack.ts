/** The `conntrack` command (conntrack-tools 1.4.7) on a host's table. */
import type { Entry, Host } from '../../engine';
import {
	IPS_ASSURED,
	IPS_DST_NAT_DONE,
	IPS_EXPECTED,
	IPS_FIXED_TIMEOUT,
	IPS_SEEN_REPLY,
	IPS_SRC_NAT_DONE,
	STATISTICS,
	TCP_STATES,
	formatEntry,
	formatExpectation,
	inPrefix,
	maskOf,
	parseAddress,
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
/** Options that a command does not take, by their long names. */
const ILLEGAL: Readonly<Record<string, Readonly<Record<string, string>>>> = {
	'-L': { '-t': '--timeout' },
	'-D': { '-j': '--any-nat' },
	'-U': { '-w': '--zone', '--orig-zone': '--orig-zone', '--reply-zone': '--reply-zone' }
};

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
		if (word === '-o') {
			const wrong = outputProblem(value ?? '');
			if (wrong) return wrong;
		}
		if (OF_PROTOCOL.has(word) && !options.has('-p')) return `unknown option \`${argv[i]}'`;
		options.set(word, value);
	}
	if (command === null) return 'you need to supply a command';
	for (const [word, name] of Object.entries(ILLEGAL[command] ?? {}))
		if (options.has(word)) return `Illegal option \`${name}' with this command`;
	if (command === '-G' && !options.has('-p'))
		return "You need to supply the `--protonum' option for this command";
	return { command, table, options };
}

/** What is wrong with a list of output formats. */
function outputProblem(text: string): string | null {
	for (const one of text.split(',')) {
		if (
			one === 'extended' ||
			one === 'timestamp' ||
			one === 'ktimestamp' ||
			one === 'labels' ||
			one === 'userspace'
		)
			continue;
		if (one === 'id' || one === 'xml' || one === 'save')
			return `the output format \`${one}' is not modelled`;
		return `Bad parameter \`${one}'`;
	}
	return null;
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

/** An address to which one end was translated, with or without `:port`. */
function byEnd(
	text: string,
	pick: (entry: Entry) => readonly [address: number, port: number],
	bare: boolean,
	always: Test
): Test | string {
	const [address = '', port] = text.split(':');
	const test = byAddress(address, (entry) => pick(entry)[0], bare, always);
	if (typeof test === 'string' || port === undefined) return test;
	return (entry) => test(entry) && pick(entry)[1] === Number(port);
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
			return byAddress(masked(value, options.get('--mask-src')), (e) => e.original.src);
		case '-d':
			return byAddress(masked(value, options.get('--mask-dst')), (e) => e.original.dst);
		case '-r':
			return byAddress(value, (e) => e.reply.src);
		case '-q':
			return byAddress(value, (e) => e.reply.dst);
		case '-n':
			return byEnd(value, (e) => [e.reply.dst, e.reply.dport], bare, isSourceTranslated);
		case '-g':
			return byEnd(value, (e) => [e.reply.src, e.reply.sport], bare, isDestinationTranslated);
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
			if (command === '-U') return null;
			const state = (TCP_STATES as readonly string[]).indexOf(value);
			if (state < 0) return `unknown TCP state \`${value}'`;
			return (e) => e.tcp?.state === state;
		}
		case '-m': {
			if (command === '-U' || command === '-I') return null;
			const [mark, mask] = value.split('/').map(Number);
			// A word that is no number is read as 0.
			return (e) => (e.mark & (mask ?? 0xffffffff)) >>> 0 === (mark || 0);
		}
		case '-u': {
			if (command === '-U' || command === '-I') return null;
			const wanted = statusBits(value);
			if (typeof wanted === 'string') return wanted;
			return (e) => (e.status & wanted.set) === wanted.set && (e.status & wanted.unset) === 0;
		}
		case '-w':
			return (e) => (e.zone.direction === 'both' ? e.zone.id : 0) === number;
		case '--orig-zone':
			return (e) => (e.zone.direction === 'original' ? e.zone.id : 0) === number;
		case '--reply-zone':
			return (e) => (e.zone.direction === 'reply' ? e.zone.id : 0) === number;
		case '-f':
			if (value !== 'ipv4' && value !== 'ipv6') return `Unknown family \`${value}'`;
			return value === 'ipv4' ? null : () => false;
		case '--mask-src':
		case '--mask-dst':
		case '-t':
		case '-o':
		case '-z':
			return null;
		default:
			return `unknown option \`${key}'`;
	}
}

/** An address with the mask that another option gives. */
function masked(address: string, mask: string | null | undefined): string {
	if (mask === undefined || mask === null) return address;
	const bits = parseAddress(mask);
	for (let length = 0; length <= 32; length++)
		if (bits === maskOf(length)) return `${address}/${length}`;
	return `${address}/${mask}`;
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

/** Flows in a flowtable: there are none. */
const OFFLOAD = 1 << 14;

function statusBits(text: string): { set: number; unset: number } | string {
	let set = 0;
	let unset = 0;
	for (const one of text.toUpperCase().split(',')) {
		if (one === 'ASSURED') set |= IPS_ASSURED;
		else if (one === 'SEEN_REPLY') set |= IPS_SEEN_REPLY;
		else if (one === 'UNREPLIED') unset |= IPS_SEEN_REPLY;
		else if (one === 'FIXED_TIMEOUT') set |= IPS_FIXED_TIMEOUT;
		else if (one === 'EXPECTED') set |= IPS_EXPECTED;
		else if (one === 'OFFLOAD') set |= OFFLOAD;
		else if (one !== 'UNSET') return `Bad parameter \`${text}'`;
	}
	return { set, unset };
}

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
	const line = (entry: Entry): string =>
		(extended ? 'ipv4 2 ' : '') +
		formatEntry(entry, {
			seconds: secondsLeft(entry.timeout, now),
			state: true,
			counters: true,
			now
		});
	const none = failed(
		'conntrack v1.4.7 (conntrack-tools): 0 flow entries have been ' +
			(command === '-D' ? 'deleted.' : 'updated.')
	);
	switch (command) {
		case '-L':
			if (options.get('-u') === 'UNSET')
				return failed('conntrack v1.4.7 (conntrack-tools): Operation failed: invalid parameters');
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
		case '-U': {
			const changed = chosen.filter((entry) => changes(entry, options));
			// Without a family the kernel does not take the changed entry back.
			if (changed.length > 0 && !FAMILY.some((word) => options.has(word)))
				return failed(
					'conntrack v1.4.7 (conntrack-tools): Operation failed: Operation not supported'
				);
			for (const entry of changed) update(host, entry, options, now);
			return changed.length > 0 ? done(changed.map(line)) : none;
		}
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

/** Options out of which the command knows the family it speaks of. */
const FAMILY = ['-s', '-d', '-r', '-q', '-f'];

/** Whether `conntrack -U` has anything to change in an entry; a timeout always counts. */
function changes(entry: Entry, options: Request['options']): boolean {
	if (options.has('-t')) return true;
	const mark = options.get('-m');
	if (mark && newMark(entry, mark) !== entry.mark) return true;
	const bits = statusBits(options.get('-u') ?? 'UNSET');
	return typeof bits !== 'string' && (entry.status & bits.set) !== bits.set;
}

function newMark(entry: Entry, text: string): number {
	const [value, mask] = text.split('/').map(Number);
	const kept = mask === undefined ? 0 : entry.mark & ~mask;
	return (kept ^ (value || 0)) >>> 0;
}

/** `conntrack -U`: mark, timeout and status of the chosen entries. */
function update(host: Host, entry: Entry, options: Request['options'], now: number): void {
	const { journal, conntrack } = host;
	const mark = options.get('-m');
	if (mark) journal.set(entry, 'mark', newMark(entry, mark));
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
