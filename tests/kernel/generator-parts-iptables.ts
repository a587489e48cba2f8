/** Random iptables rulesets of matches and targets that read and write packets, or remember them. */
import type { Random } from './random';

type Hook = 'PREROUTING' | 'INPUT' | 'FORWARD' | 'OUTPUT' | 'POSTROUTING';
type Table = 'raw' | 'mangle' | 'filter';

interface Place {
	readonly table: Table;
	readonly hook: Hook;
}

const HOOKS: Readonly<Record<Table, readonly Hook[]>> = {
	raw: ['PREROUTING', 'OUTPUT'],
	mangle: ['PREROUTING', 'INPUT', 'FORWARD', 'OUTPUT', 'POSTROUTING'],
	filter: ['INPUT', 'FORWARD', 'OUTPUT']
};

const NOT = ['', '', '', '! '];

/** What a match asks; of a table by name always the same, for the first rule says what it is. */
function match(random: Random, { table, hook }: Place): string {
	const not = random.pick(NOT);
	const choices: [number, () => string][] = [
		[2, () => `-m length ${not}--length ${random.pick(['28', '29:40', '40:52', ':60', '61:'])}`],
		[
			1,
			() => `-m ttl ${random.pick(['--ttl-eq 64', '--ttl-eq 63', '--ttl-lt 60', '--ttl-gt 63'])}`
		],
		[1, () => `-m pkttype ${not}--pkt-type unicast`],
		[1, () => `-m tos ${not}--tos ${random.pick(['0x10', '0x08/0x18', '0x2e/0xff'])}`],
		[1, () => `-m dscp ${not}--dscp ${random.pick(['0x04', '0x2e', '0x00'])}`],
		[1, () => `-m ecn ${not}--ecn-ip-ect ${random.pick([0, 1, 2, 3])}`],
		[
			2,
			() => {
				// One letter would be found by chance in what is drawn, a checksum or an id.
				const pattern = random.pick(['pong', 'ping', 'data', 'needle', 'fragmentfragment']);
				const place = random.weighted([
					[4, ''],
					[1, ` --from ${random.pick([28, 30, 45])}`],
					[1, ' --to 60']
				]);
				const algorithm = random.pick(['bm', 'kmp']);
				const icase = random.chance(0.2) ? ' --icase' : '';
				return `-m string ${not}--string "${pattern}" --algo ${algorithm}${place}${icase}`;
			}
		],
		[
			3,
			() => {
				const tests = [
					'0x6&0xff=0x1',
					'0x6&0xff=0x6,0x11',
					'0x0>>0x16&0x3c@0x0&0xffff=0x35,0x50,0x1f90:0x1fff',
					'0x0>>0x16&0x3c@0x0>>0x10=0x50,0x1f90',
					'0x6&0xff=0x6&&0x0>>0x16&0x3c@0xc&0x20000=0x20000',
					'0x4&0x3fff=0x0',
					'0xc=0xc633640a',
					'0x10=0xa000002:0xa000003',
					'0x0>>0x16&0x3c@0x8=0x6e656564',
					'0x0&0xffff=0x1d:0x3c',
					'0x0>>0x16&0x3c@0xc>>0x1a&0x3c@0x0=0x0:0xffffffff'
				];
				return `-m u32 ${not}--u32 "${random.pick(tests)}"`;
			}
		],
		[2, () => recent(random)],
		[2, () => hashlimit(random)],
		[2, () => `-m quota ${not}--quota ${random.pick([0, 100, 250])}`]
	];
	if (table !== 'raw') {
		choices.push(
			[1, () => `-m helper ${not}--helper ftp`],
			[
				2,
				() => {
					const mode = random.pick(['packets', 'bytes', 'avgpkt']);
					const range = mode === 'packets' ? ['1', '2:3', '3:'] : ['40:60', '100:', '0:50'];
					const dir = random.pick(['original', 'reply', 'both']);
					return `-m connbytes ${not}--connbytes ${random.pick(range)} --connbytes-mode ${mode} --connbytes-dir ${dir}`;
				}
			],
			[
				1,
				() =>
					`-m cluster --cluster-total-nodes ${random.pick([2, 5])} ${not}--cluster-local-node ${random.pick([1, 2])} --cluster-hash-seed 0x${random.pick(['7', 'beef'])}`
			]
		);
		const set = random.chance(0.5) ? ' --set' : '';
		choices.push([2, () => `-m connlabel ${not}--label ${random.pick([5, 5, 100])}${set}`]);
	}
	if (hook === 'OUTPUT' || hook === 'POSTROUTING')
		choices.push([
			2,
			() =>
				`-m owner ${not}${random.pick(['--uid-owner 0', '--gid-owner 5', '--uid-owner 1-9', '--socket-exists'])}`
		]);
	if (hook === 'PREROUTING') {
		choices.push([
			1,
			() => `-m rpfilter${random.pick(['', ' --invert', ' --loose', ' --accept-local'])}`
		]);
	}
	return random.weighted(choices)();
}

function recent(random: Random): string {
	const [name, side] = random.pick([
		['one', 'src'],
		['one', 'dst'],
		['two', 'src']
	] as const);
	const hits = random.weighted([
		[3, ''],
		[1, ' --hitcount 2'],
		[1, ' --hitcount 3']
	]);
	// An advance lasts three seconds.
	const seconds = random.weighted([
		[3, ''],
		[1, ' --seconds 5']
	]);
	const reap = seconds && random.chance(0.3) ? ' --reap' : '';
	const rttl = random.chance(0.2) ? ' --rttl' : '';
	const asked = random.weighted([
		[3, '--set'],
		[1, '--remove'],
		[3, `--rcheck${seconds}${reap}${hits}${rttl}`],
		[3, `--update${seconds}${reap}${hits}${rttl}`]
	]);
	return `-m recent ${random.pick(NOT)}${asked} --name ${name} --mask 255.255.255.255 --r${side === 'src' ? 'source' : 'dest'}`;
}

function hashlimit(random: Random): string {
	const table = random.pick([
		'--hashlimit-mode srcip --hashlimit-name who',
		'--hashlimit-mode srcip,dstport --hashlimit-name what',
		'--hashlimit-mode srcport,dstport --hashlimit-name ports',
		'--hashlimit-name all',
		'--hashlimit-mode dstip --hashlimit-srcmask 24 --hashlimit-dstmask 31 --hashlimit-name to'
	]);
	return `-m hashlimit --hashlimit-${random.pick(['upto', 'above'])} ${random.pick(['1', '2'])}/hour --hashlimit-burst ${random.pick([1, 2, 4])} ${table}`;
}

/** A protocol and sometimes a port; `tcp` where a target needs it. */
function scope(random: Random, tcp: boolean): string {
	const protocol = tcp ? 'tcp' : random.pick(['', '', '', 'tcp', 'udp', 'icmp']);
	if (protocol === '') return random.pick(['', '', '-s 198.51.100.10/32 ', '-d 10.0.0.0/24 ']);
	if (protocol === 'icmp') return '-p icmp ';
	const port = random.chance(0.3)
		? `-m ${protocol} --dport ${random.pick([53, 80, 8080, 443])} `
		: '';
	return `-p ${protocol} ${port}`;
}

/** What is done; with whether it is about TCP only. */
function target(random: Random, { table, hook }: Place): readonly [string, boolean] {
	const choices: [number, readonly [string, boolean]][] = [
		[6, ['', false]],
		[1, ['-j ACCEPT', false]],
		[2, ['-j DROP', false]],
		[1, ['-j RETURN', false]],
		[1, ['-j NFLOG --nflog-prefix x --nflog-group 7', false]],
		[1, [`-j SET --add-set seen ${random.pick(['src', 'dst'])}`, false]],
		[1, ['-j SET --add-set pairs src,dst --exist', false]],
		[1, [`-j SET --del-set seen ${random.pick(['src', 'dst'])}`, false]],
		[1, ['-j MARK --set-xmark 0x9/0xffffffff', false]]
	];
	if (table === 'filter' && hook !== 'OUTPUT')
		choices.push(
			[1, ['-j REJECT --reject-with icmp-port-unreachable', false]],
			[1, ['-j REJECT --reject-with tcp-reset', true]]
		);
	if (table === 'mangle') {
		choices.push(
			[3, [`-j TTL --ttl-${random.pick(['set 9', 'set 1', 'inc 3', 'dec 5', 'dec 70'])}`, false]],
			[
				2,
				[
					`-j TOS --set-tos ${random.pick(['0x10/0xff', '0x08/0x3f', '0x2e/0xff', '0x00/0x10'])}`,
					false
				]
			],
			[2, [`-j DSCP --set-dscp ${random.pick(['0x2e', '0x04', '0x00'])}`, false]],
			[
				3,
				[
					`-j ECN ${random.pick(['--ecn-tcp-remove', '--ecn-tcp-cwr 1', '--ecn-tcp-ece 1', '--ecn-ip-ect 2'])}`,
					true
				]
			],
			[3, [`-j TCPOPTSTRIP --strip-options ${random.pick(['2', '3,8', '4', '254'])}`, true]],
			[1, ['-j CHECKSUM --checksum-fill', false]],
			[1, ['-j CONNMARK --set-xmark 0x7/0xffffffff', false]]
		);
		if (hook !== 'PREROUTING' && hook !== 'INPUT')
			choices.push([1, ['-j CLASSIFY --set-class 0001:0010', false]]);
	}
	return random.weighted(choices);
}

function rule(random: Random, place: Place): string {
	const [does, tcp] = target(random, place);
	const asks = Array.from({ length: random.pick([0, 1, 1, 1, 2]) }, () => match(random, place));
	return [`${scope(random, tcp)}${asks.join(' ')}`.trim(), does].filter(Boolean).join(' ');
}

function natRule(random: Random, hook: Hook): string {
	const port = random.pick(['', '', '-p tcp ', '-p udp ', '-p udp -m udp --dport 53 ']);
	const ask = random.chance(0.3)
		? `${random.pick(['-m length --length 28:60', '-m quota --quota 100', '-m recent --set --name nat --mask 255.255.255.255 --rsource', '-m ttl --ttl-gt 9'])} `
		: '';
	if (hook === 'POSTROUTING' || hook === 'INPUT')
		return random.weighted([
			[
				3,
				`${port}-s 10.0.0.0/24 ${ask}-j NETMAP --to ${random.pick(['192.0.2.0/24', '198.51.100.2/32'])}`
			],
			[hook === 'INPUT' ? 0 : 2, `-o ext ${port}${ask}-j MASQUERADE`],
			[1, `${port}${ask}-s 198.51.100.0/24 -j NETMAP --to 192.0.2.0/28`]
		]);
	return random.weighted([
		[3, `${port}-d 198.51.100.0/30 ${ask}-j NETMAP --to 10.0.0.2/31`],
		[2, `${port}-d 198.51.100.1/32 ${ask}-j DNAT --to-destination 10.0.0.2`],
		[2, `-p tcp -m tcp --dport 80 ${ask}-j DNAT --to-destination 10.0.0.3:8080`],
		[1, `-p udp ${ask}-j REDIRECT --to-ports 9000`]
	]);
}

/** A whole ruleset, as iptables-save prints one. */
export function iptablesPartsRuleset(random: Random): string[] {
	const table = (name: Table, most: number): string[] => [
		`*${name}`,
		...HOOKS[name].map((hook) => `:${hook} ACCEPT [0:0]`),
		...HOOKS[name].flatMap((hook) =>
			random.upTo(most, () => `-A ${hook} ${rule(random, { table: name, hook })}`)
		),
		'COMMIT'
	];
	const nat: Hook[] = ['PREROUTING', 'INPUT', 'OUTPUT', 'POSTROUTING'];
	const raw = table('raw', 2);
	if (random.chance(0.4))
		raw.splice(
			3,
			0,
			`-A PREROUTING ${random.pick(['-p tcp -m tcp --dport 8080 -j CT --helper ftp', '-p udp -m udp --dport 53 -j CT --notrack'])}`
		);
	return [
		...raw,
		...table('mangle', 3),
		'*nat',
		...nat.map((hook) => `:${hook} ACCEPT [0:0]`),
		...nat.flatMap((hook) =>
			random.upTo(
				hook === 'INPUT' || hook === 'OUTPUT' ? 1 : 2,
				() => `-A ${hook} ${natRule(random, hook)}`
			)
		),
		'COMMIT',
		...table('filter', 3)
	];
}

/** The sets of such a ruleset. */
export const PARTS_IPSETS = ['create seen hash:ip', 'create pairs hash:ip,port counters'];

/** A command that changes or lists such a ruleset. */
export function iptablesPartsCommand(random: Random): string {
	const table = random.pick(['raw', 'mangle', 'mangle', 'filter'] as const);
	const hook = random.pick(HOOKS[table]);
	return random.weighted<() => string>([
		[
			4,
			() =>
				`iptables -t ${table} -${random.pick(['A', 'I'])} ${hook} ${rule(random, { table, hook })}`
		],
		[2, () => `iptables -t ${table} -D ${hook} 1`],
		[1, () => `iptables -t ${table} -R ${hook} 1 ${rule(random, { table, hook })}`],
		[1, () => `iptables -t ${table} -Z`],
		[
			1,
			() =>
				`iptables -t nat -${random.pick(['A', 'I'])} PREROUTING ${natRule(random, 'PREROUTING')}`
		],
		[2, () => `iptables -t ${table} -L -n -v -x`],
		[1, () => `iptables -t ${table} -L ${hook}`],
		[1, () => `iptables-save -c -t ${table}`],
		[1, () => 'ipset test seen 198.51.100.10'],
		[1, () => 'ipset save pairs -s']
	])();
}

/** What shows at the end which rule has met what. */
export const IPTABLES_PARTS_LAST = ['iptables-save -c', 'ipset save seen -s', 'nft list ruleset'];
