/** Random `conntrack` commands: every command with the options that choose, change and print. */
import type { Random } from './random';

const ADDRESSES = [
	'198.51.100.10',
	'198.51.100.11',
	'10.0.0.2',
	'10.0.0.3',
	'198.51.100.1',
	'198.51.100.2',
	'198.51.100.0/24',
	'10.0.0.0/31',
	'10.0.0.2/24',
	'0.0.0.0/0',
	'198.51.100.0/255.255.255.0',
	'192.0.2.1',
	'10.0.0'
];
const PORTS = [53, 80, 443, 8080, 5000, 40000, 40001, 21, 9, 0, 70000];
const STATES = [
	'SYN_SENT',
	'SYN_RECV',
	'ESTABLISHED',
	'FIN_WAIT',
	'CLOSE_WAIT',
	'LAST_ACK',
	'TIME_WAIT',
	'CLOSE',
	'SYN_SENT2',
	'NONE',
	'LISTEN',
	'established',
	'BOGUS'
];
const STATUS = [
	'ASSURED',
	'SEEN_REPLY',
	'UNREPLIED',
	'FIXED_TIMEOUT',
	'EXPECTED',
	'OFFLOAD',
	'UNSET',
	'ASSURED,SEEN_REPLY',
	'assured',
	'CONFIRMED'
];

/** A number that is an entry's mark, with or without a mask. */
function mark(random: Random): string {
	const value = random.pick(['0', '7', '7', '8', '9', '0x7', '010', '0xffffffff', 'x']);
	return `${value}${random.pick(['', '', '', '/0xff', '/1', '/0'])}`;
}

const port = (random: Random): string => String(random.pick(PORTS));

/** Options that a protocol brings, behind the one that names it. */
function protocol(random: Random): string {
	const name = random.weighted([
		[6, 'tcp'],
		[5, 'udp'],
		[3, 'icmp'],
		[1, '17'],
		[1, '6'],
		[1, 'gre'],
		[1, 'sctp'],
		[1, 'TCP'],
		[1, '89'],
		[1, 'ospf'],
		[1, 'nosuch']
	]);
	const tcp = /^(tcp|6)$/i.test(name);
	// With some protocols `--state` ends the command by a fault of its own.
	const of =
		name === 'icmp'
			? ['--icmp-type 8', '--icmp-code 0', '--icmp-id 7', '--icmp-type 13', '--sport 7']
			: [
					`--sport ${port(random)}`,
					`--dport ${port(random)}`,
					`--dport ${port(random)}`,
					`--orig-port-src ${port(random)}`,
					`--orig-port-dst ${port(random)}`,
					`--reply-port-src ${port(random)}`,
					`--reply-port-dst ${port(random)}`,
					...(tcp || name === 'udp' ? [`--state ${random.pick(STATES)}`] : [])
				];
	const spelled = random.pick(['-p ', '-p ', '-p', '--proto ', '--protonum=']);
	return [`${spelled}${name}`, ...random.some(of, 2)].join(' ');
}

/** One option that chooses entries. */
function selector(random: Random): string {
	const address = (): string => random.pick(ADDRESSES);
	const end = (): string =>
		random.weighted<() => string>([
			[3, () => ''],
			[3, () => ` ${random.pick(ADDRESSES.slice(0, 6))}`],
			[1, () => ` ${random.pick(ADDRESSES.slice(0, 6))}:${port(random)}`]
		])();
	return random.weighted<() => string>([
		[8, () => protocol(random)],
		[3, () => `${random.pick(['-s', '--src', '--orig-src'])} ${address()}`],
		[3, () => `${random.pick(['-d', '--dst', '--orig-dst'])} ${address()}`],
		[2, () => `${random.pick(['-r', '--reply-src'])} ${address()}`],
		[2, () => `${random.pick(['-q', '--reply-dst'])} ${address()}`],
		[1, () => `-s ${random.pick(ADDRESSES.slice(0, 6))} --mask-src 255.255.255.0`],
		[1, () => `-d ${random.pick(ADDRESSES.slice(0, 6))} --mask-dst 255.255.255.254`],
		[3, () => `${random.pick(['-m', '--mark'])} ${mark(random)}`],
		[1, () => `${random.pick(['-w', '--zone'])} ${random.pick([0, 1, 2])}`],
		[1, () => `${random.pick(['--orig-zone', '--reply-zone'])} ${random.pick([0, 1, 2])}`],
		[3, () => `${random.pick(['-u', '--status'])} ${random.pick(STATUS)}`],
		[2, () => `${random.pick(['-n', '--src-nat'])}${end()}`],
		[2, () => `${random.pick(['-g', '--dst-nat'])}${end()}`],
		[1, () => `${random.pick(['-j', '--any-nat'])}${end()}`],
		[1, () => `-f ${random.pick(['ipv4', 'ipv4', 'ipv6', 'inet'])}`]
	])();
}

const selectors = (random: Random, most: number): string[] =>
	random.upTo(most, () => selector(random));

function output(random: Random): string[] {
	if (!random.chance(0.2)) return [];
	const formats = ['extended', 'timestamp', 'ktimestamp', 'labels', 'extended,labels', 'bogus'];
	return [`${random.pick(['-o', '--output'])} ${random.pick(formats)}`];
}

/** What an update changes. */
function change(random: Random): string {
	return random.weighted<() => string>([
		[4, () => `${random.pick(['-m', '--mark'])} ${mark(random)}`],
		[3, () => `${random.pick(['-t', '--timeout'])} ${random.pick([0, 20, 100, 600])}`],
		[3, () => `${random.pick(['-u', '--status'])} ${random.pick(STATUS)}`]
	])();
}

/** The tuple of a flow that may be there. */
function tuple(random: Random): string[] {
	const from = random.pick(ADDRESSES.slice(0, 4));
	const to = random.pick(ADDRESSES.slice(0, 6));
	const [name, ports] = random.weighted<[string, string[]]>([
		[3, ['tcp', [`--sport ${port(random)}`, `--dport ${port(random)}`]]],
		[3, ['udp', ['--sport 5000', `--dport ${random.pick([53, 443, 9])}`]]],
		[2, ['icmp', ['--icmp-type 8', '--icmp-code 0', '--icmp-id 7']]],
		[1, ['89', []]]
	]);
	const sides = random.chance(0.8) ? [`-s ${from}`, `-d ${to}`] : [`-r ${from}`, `-q ${to}`];
	return [`-p ${name}`, ...sides, ...ports];
}

/** The same, now and then without one of its words. */
function cut(random: Random, words: readonly string[]): readonly string[] {
	return random.chance(0.15) ? words.toSpliced(random.below(words.length), 1) : words;
}

/** Words in any order. */
function shuffled(random: Random, words: readonly string[]): string[] {
	const left = [...words];
	return words.map(() => left.splice(random.below(left.length), 1)[0]!);
}

/** Without what speaks of a second protocol: its options are added to the first's. */
function ofOneProtocol(words: readonly string[]): string[] {
	const named = (word: string) => /^--?p/.test(word);
	const first = words.findIndex(named);
	return words.filter((word, i) => i <= first || !named(word));
}

/** A command that lists, counts or changes the table. None that waits, makes an entry or prints an id. */
export function conntrackCommand(random: Random): string {
	const words = random.weighted<() => string[]>([
		[
			8,
			() => [
				random.pick(['-L', '-L', '--dump', '-L conntrack']),
				...selectors(random, 3),
				...output(random)
			]
		],
		[4, () => ['-D', ...selectors(random, 2), ...output(random)]],
		// Of several entries it is left to the table's hash which event comes first, so one is named.
		[
			6,
			() => [
				'-U',
				...tuple(random),
				...selectors(random, 1),
				...random.upTo(2, () => change(random))
			]
		],
		[3, () => ['-G', ...cut(random, tuple(random)), ...output(random)]],
		[2, () => [random.pick(['-D', '-L']), ...cut(random, tuple(random))]],
		[1, () => [random.pick(['-C', '-C conntrack', '--count', '-C expect'])]],
		[1, () => [random.pick(['-S', '--stats'])]],
		[1, () => [random.pick(['-F', '--flush', '-F conntrack', '-F expect', '-F -p tcp'])]],
		[2, () => [random.pick(['-L expect', '--dump expect'])]],
		[1, () => [random.pick(['-L dying', '-L unconfirmed', '-L nosuch', '-L -z', '-L -t 5'])]]
	])();
	const [command = '', ...rest] = ofOneProtocol(words);
	return `conntrack ${random.chance(0.2) ? shuffled(random, [command, ...rest]).join(' ') : [command, ...shuffled(random, rest)].join(' ')}`;
}
