/** The words of the `conntrack` command: which there are, and which go together. */
import { ICMP, PROTOCOLS, SCTP, TCP, WITH_PORTS } from '../../engine';

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

/** How an option is called in full; of several names the first. */
const longName = (word: string): string =>
	Object.keys(LONG).find((name) => LONG[name] === word) ?? word;

const COMMANDS = new Set(['-L', '-G', '-D', '-I', '-U', '-E', '-F', '-C', '-S']);
/** Options that a command does not take. */
const ILLEGAL: Readonly<Record<string, readonly string[]>> = {
	'-L': ['-t'],
	'-D': ['-j', '-z'],
	'-G': ['-z', '-w', '--orig-zone', '--reply-zone'],
	'-U': ['-z', '-w', '--orig-zone', '--reply-zone']
};

/** NAT selectors may stand without an address. */
const OPTIONAL_VALUE = new Set(['-n', '-g', '-j']);
const NO_VALUE = new Set(['-z']);

/** The ports of a tuple, in each direction. */
const PORTS = [
	['--orig-port-src', '--orig-port-dst'],
	['--reply-port-src', '--reply-port-dst']
] as const;

/** Verification tags: only an entry that is made (`-I`) can be given them. */
const SCTP_TAGS = ['--orig-vtag', '--reply-vtag'];

/** Options that only a protocol named before them brings, with the numbers of those protocols. */
const OF_PROTOCOL: ReadonlyMap<string, ReadonlySet<number>> = new Map(
	[
		{ names: PORTS.flat(), protocols: WITH_PORTS },
		{ names: ['--icmp-type', '--icmp-code', '--icmp-id'], protocols: new Set([ICMP]) },
		{ names: ['--state'], protocols: new Set([TCP, SCTP]) },
		{ names: SCTP_TAGS, protocols: new Set([SCTP]) }
	].flatMap(({ names, protocols }) => names.map((name) => [name, protocols] as const))
);

/** Protocols that the command has options for, whatever the case of their letters. */
const OWN_PROTOCOLS = /^(icmp|tcp|udp|dccp|gre|sctp|udplite)$/i;

/** The number of a protocol: its own names, those of getprotobyname(3), or a number; `null` for none of them. */
export function protocolNumber(text: string): number | null {
	if (OWN_PROTOCOLS.test(text)) return PROTOCOLS[text.toLowerCase()]!;
	if (/^\d+$/.test(text)) return Number(text) < 256 ? Number(text) : null;
	return text !== 'all' && Object.hasOwn(PROTOCOLS, text) ? PROTOCOLS[text]! : null;
}

/** Options that take an address and no length of a prefix. */
const NO_PREFIX = new Set(['-r', '-q', '-n', '-g', '-j']);

export interface ConntrackRequest {
	readonly command: string;
	readonly table: string;
	readonly options: ReadonlyMap<string, string | null>;
}

/** Read the words; a string says what is wrong. */
export function parse(argv: readonly string[]): ConntrackRequest | string {
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
		// An option's value may stand right behind its letter.
		if (value === null && /^-[a-z]\S/.test(word) && !NO_VALUE.has(word.slice(0, 2))) {
			value = word.slice(2);
			word = word.slice(0, 2);
		}
		word = LONG[word] ?? word;
		if (COMMANDS.has(word)) {
			if (command !== null) return 'can only use one command at a time';
			command = word;
			const next = argv[i + 1];
			if (next !== undefined && !/^[-!]/.test(next)) {
				if (!/^(conntrack|expect|dying|unconfirmed)$/.test(next)) return `unknown type \`${next}'`;
				table = next;
				i++;
			}
			continue;
		}
		// What belongs to no option is passed over.
		if (!word.startsWith('-')) continue;
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
		const protocols = OF_PROTOCOL.get(word);
		if (protocols && !protocols.has(protocolNumber(options.get('-p') ?? '') ?? -1))
			return `unknown option \`${argv[i]}'`;
		if (NO_PREFIX.has(word) && value?.includes('/'))
			return `CIDR notation unavailable for \`${longName(word)}'`;
		// Of bits of the status those count that were asked for before, too; of other options the last.
		const before = word === '-u' ? options.get(word) : null;
		options.set(word, before ? `${before},${value}` : value);
	}
	if (command === null) return 'you need to supply a command';
	for (const word of [...(ILLEGAL[command] ?? []), ...SCTP_TAGS])
		if (options.has(word)) return `Illegal option \`${longName(word)}' with this command`;
	const bare = /^-[FSC]$/.test(command) || table === 'expect';
	const given = [...options.keys()].filter((word) => !(command === '-L' && word === '-o'));
	if (bare && given.length > 0) return `Illegal option \`${given[0]}' with this command`;
	if (options.has('-j') && (options.has('-n') || options.has('-g')))
		return "cannot specify `--src-nat' or `--dst-nat' with `--any-nat'";
	for (const [mask, address] of [
		['--mask-src', '-s'],
		['--mask-dst', '-d']
	] as const)
		if (options.has(mask) && !options.has(address))
			return `Can't use ${mask} without ${mask.replace('mask-', '')}`;
	if (familiesOf(options).size > 1) return 'mismatched address family';
	if (options.has('-z') && [...options.keys()].some((word) => word !== '-z' && word !== '-o'))
		return "Can't use -z with filtering parameters";
	if (command === '-G') {
		const missing = missingOfTuple(options);
		if (missing) return missing;
	}
	return { command, table, options };
}

/** Options whose value is an address, with or without a length or a port behind it. */
const ADDRESSES = ['-s', '-d', '-r', '-q', '-n', '-g', '-j', '--mask-src', '--mask-dst'];

/** The families that the options speak of: by name, and by the form of their addresses. */
function familiesOf(options: ConntrackRequest['options']): ReadonlySet<string> {
	const named = options.get('-f');
	const addresses = ADDRESSES.flatMap((word) => options.get(word) ?? []);
	const formed = addresses.map((text) => (/:.*:/.test(text) ? 'ipv6' : 'ipv4'));
	return new Set([...(named === 'ipv4' || named === 'ipv6' ? [named] : []), ...formed]);
}

/** What a tuple that is asked for lacks. */
function missingOfTuple(options: ConntrackRequest['options']): string | null {
	const hasOne = (...pairs: readonly (readonly [string, string])[]) =>
		pairs.some(([one, other]) => options.has(one) && options.has(other));
	const protocol = options.get('-p');
	if (!protocol) return "You need to supply the `--protonum' option for this command";
	if (!hasOne(['-s', '-d'], ['-r', '-q'])) return "you have to specify `--src' and `--dst'";
	const number = protocolNumber(protocol) ?? -1;
	if (WITH_PORTS.has(number) && !hasOne(...PORTS))
		return "you have to specify `--sport' and `--dport'";
	if (number === ICMP && !hasOne(['--icmp-type', '--icmp-code']))
		return "You need to supply the `--icmp-type' option for this command";
	return null;
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
