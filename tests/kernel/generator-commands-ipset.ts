/** Random `ipset` commands on sets of every type. Only what is sorted has an order that can be held against another's. */
import type { Random } from './random';

/** Sets that are there from the beginning, with their types; those that forget are listed tersely only. */
const SETS = {
	hosts: 'hash:ip',
	nets: 'hash:net',
	doors: 'hash:ip,port',
	halls: 'hash:net,port',
	threes: 'hash:ip,port,ip',
	walls: 'hash:ip,port,net',
	faces: 'hash:net,iface',
	bits: 'bitmap:ip',
	ports: 'bitmap:port',
	all: 'list:set',
	late: 'hash:ip',
	spare: 'hash:ip'
} as const;

type Name = keyof typeof SETS;
const NAMES = Object.keys(SETS) as Name[];
const HASHES = NAMES.filter((name) => name !== 'late');

/** The text that makes them. */
export const COMMANDS_IPSETS = [
	'create hosts hash:ip counters comment',
	'create nets hash:net comment',
	'create doors hash:ip,port counters',
	'create halls hash:net,port',
	'create threes hash:ip,port,ip',
	'create walls hash:ip,port,net',
	'create faces hash:net,iface',
	'create bits bitmap:ip range 10.0.0.0/28 comment',
	'create ports bitmap:port range 50-90 counters',
	'create all list:set',
	'create late hash:ip timeout 600',
	'add hosts 10.0.0.2',
	'add nets 10.0.0.0/24',
	'add nets 10.0.0.3 nomatch',
	'add doors 10.0.0.2,tcp:80',
	'add ports 53',
	'add all hosts'
];

const address = (random: Random): string =>
	random.pick([
		'10.0.0.2',
		'10.0.0.3',
		'198.51.100.10',
		'10.0.0.2-10.0.0.4',
		'10.0.0.0/30',
		'10.1'
	]);
const net = (random: Random): string =>
	random.pick([
		'10.0.0.0/24',
		'10.0.0.0/25',
		'10.0.0.9/30',
		'10.0.0.2',
		'10.0.0.1-10.0.0.6',
		'0.0.0.0/0',
		'198.51.100.0/24',
		'10.0.0.0/33'
	]);
const port = (random: Random): string =>
	random.pick([
		'80',
		'tcp:80',
		'udp:53',
		'tcp:80-82',
		'icmp:8/0',
		'icmp:echo-reply',
		'http',
		'89:0',
		'tcp:x'
	]);

/** What is written for an element of such a set. */
function element(random: Random, name: Name): string {
	const parts: Record<(typeof SETS)[Name], () => string> = {
		'hash:ip': () => address(random),
		'hash:net': () => net(random),
		'hash:ip,port': () => `${address(random)},${port(random)}`,
		'hash:net,port': () => `${net(random)},${port(random)}`,
		'hash:ip,port,ip': () => `${address(random)},${port(random)},${address(random)}`,
		'hash:ip,port,net': () => `${address(random)},${port(random)},${net(random)}`,
		'hash:net,iface': () => `${net(random)},${random.pick(['int', 'ext', 'none0', 'physdev:int'])}`,
		'bitmap:ip': () => address(random),
		'bitmap:port': () => random.pick(['53', '80-82', 'http', '50-90', '91', '60-50', 'x']),
		'list:set': () => random.pick(['hosts', 'nets', 'bits', 'doors', 'all', 'nosuch'])
	};
	return parts[SETS[name]]();
}

/** What is said of an element beside. */
function option(random: Random): string {
	return random.pick([
		'comment one',
		'comment "two words"',
		'packets 5 bytes 7',
		'packets 3',
		'nomatch',
		'timeout 100',
		'before nets',
		'after hosts',
		'bogus'
	]);
}

function created(random: Random): string {
	const name = random.pick(['spare', 'spare', 'other', 'hosts', 'x'.repeat(32)]);
	const type = random.pick([
		'hash:ip',
		'hash:net',
		'hash:ip,port',
		'nethash',
		'bitmap:ip range 10.0.0.0/29',
		'bitmap:port range 1-9',
		'bitmap:port',
		'list:set size 3',
		'hash:nosuch'
	]);
	const options = [
		'counters',
		'comment',
		'hashsize 100',
		'maxelem 2',
		'bucketsize 5',
		'netmask 28',
		'family inet',
		'bogus'
	];
	return ['create', name, type, ...random.some(options, 2)].join(' ');
}

/** How a set is listed: in an order that is its own. */
function listed(random: Random): string {
	const name = random.pick(NAMES);
	if (name === 'late') return `list late ${random.pick(['-t', '-n', '-terse'])}`;
	return random.weighted<() => string>([
		[3, () => `list ${name} -s`],
		[3, () => `save ${name} -s`],
		[1, () => `list ${name} -t`],
		[1, () => `list ${name} -s -o save`],
		[1, () => 'list -n'],
		[1, () => 'list -t'],
		[1, () => 'list nosuch']
	])();
}

/** A command that changes, asks or lists a set. */
export function ipsetCommand(random: Random): string {
	const name = random.pick(NAMES);
	const one = (): string => element(random, random.chance(0.95) ? name : random.pick(NAMES));
	const exist = random.chance(0.3) ? ` ${random.pick(['-exist', '-!'])}` : '';
	const said = (): string => (random.chance(0.3) ? ` ${option(random)}` : '');
	const command = random.weighted<() => string>([
		[8, () => `${random.pick(['add', 'add', '-A', 'a'])} ${name} ${one()}${said()}${exist}`],
		[4, () => `${random.pick(['del', 'del', '-D'])} ${name} ${one()}${exist}`],
		[4, () => `${random.pick(['test', '-T'])} ${name} ${one()}${random.chance(0.1) ? said() : ''}`],
		[2, () => `${created(random)}${exist}`],
		[1, () => `destroy ${random.pick([...HASHES, 'spare', 'other'])}`],
		[1, () => `flush ${name}`],
		[
			1,
			() => `rename ${random.pick(['spare', 'halls', 'hosts'])} ${random.pick(['other', 'nets'])}`
		],
		[1, () => `swap ${random.pick(HASHES)} ${random.pick([...HASHES, 'other'])}`],
		[6, () => listed(random)]
	])();
	return `ipset ${command}`;
}
