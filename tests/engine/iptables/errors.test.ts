/** What is wrong with a text, and where: line, column, and what may stand there. */
import { describe, expect, it, vi } from 'vitest';
import { runIptablesCommand } from '../../../src/lib/engine/rules/iptables';
import { TARGETS } from '../../../src/lib/engine/rules/iptables/extensions';
import { EMPTY, environment, refused, restored } from './helpers';

const filter = (rule: string): string => `*filter\n:WEB - [0:0]\n${rule}\nCOMMIT\n`;

describe('an option’s argument', () => {
	it.each([
		[
			'-A INPUT -p tcp --dport eighty -j DROP',
			"3:25-31 expected a port (0 to 65535, or a service's name) or `:`, found `eighty`"
		],
		[
			'-A INPUT -p tcp --dport 80:65536',
			"3:28-33 expected a port (0 to 65535, or a service's name) or the end of the word, found `65536`"
		],
		['-A INPUT -p tcp --dport 90:80', '3:25-30 this range runs backwards'],
		[
			'-A INPUT -s 10.0.0.256',
			'3:13-23 expected an address (10.0.0.1, 10.0.0.0/24), found `10.0.0.256`'
		],
		['-A INPUT -s 10.0.0.0/33', '3:22-24 expected a mask (0 to 32, or 255.255.255.0), found `33`'],
		[
			'-A INPUT -m conntrack --ctstate NEW,ESTABLISHD -j ACCEPT',
			'3:37-47 expected a state (NEW, ESTABLISHED, RELATED, INVALID, UNTRACKED, SNAT, DNAT), found `ESTABLISHD`'
		],
		[
			'-A INPUT -m limit --limit 3/fortnight',
			'3:29-38 expected second, minute, hour or day, found `fortnight`'
		],
		['-A INPUT -p sctp --dport http', "3:26-30 expected a port's number, found `http`"],
		['-A INPUT -p sctp --chunk-types any INITS', '3:32-35 there is no SCTP chunk `INITS`'],
		['-A INPUT -p sctp --chunk-types any INIT:T', '3:32-35 SCTP chunk INIT has no flag `T`'],
		['-A INPUT -p', '3:10-12 -p needs an argument'],
		['-A INPUT -m mark --mark 0x1/zz', '3:29-31 expected a mark (0 to 0xffffffff), found `zz`']
	])('%s', (rule, error) => expect(refused(filter(rule))).toEqual([error]));
});

describe('words that have no place', () => {
	it.each([
		['-A INPUT -j DROP please', '3:18-24 expected an option, found `please`'],
		['-A INPUT --dport 80', '3:10-17 unknown option `--dport` (it needs `-p tcp` before it)'],
		[
			'-A INPUT --ctstate NEW',
			'3:10-19 unknown option `--ctstate` (it needs `-m conntrack` before it)'
		],
		['-A INPUT -p tcp --s 80', '3:17-20 `--s` may be `--source` or `--src` or `--set-counters`'],
		[
			'-A INPUT -j LOG --log-tcp',
			'3:17-26 `--log-tcp` may be `--log-tcp-sequence` or `--log-tcp-options`'
		],
		['-A INPUT ! -j DROP', '3:10-11 no `!` can stand before -j'],
		['-A INPUT -s 1.2.3.4 -s 1.2.3.5', '3:21-23 -s was given before'],
		['-A INPUT -m comment --comment "no end', '3:31-38 this quote is not closed']
	])('%s', (rule, error) => expect(refused(filter(rule))).toEqual([error]));
});

describe('what is valid, but outside, is refused by its name', () => {
	it.each([
		['mangle', '-A PREROUTING -p tcp -j TPROXY --on-port 1', '2:25-31 `TPROXY` is not modelled'],
		['filter', '-A INPUT -m rateest --rateest x', '2:13-20 `rateest` is not modelled'],
		['raw', '-A PREROUTING -j CT --timeout x', '2:21-30 `--timeout` is not modelled'],
		['raw', '-A PREROUTING -p udp -j CT --helper sip', '2:37-40 `sip` is not modelled'],
		['filter', '-A INPUT -p dccp --dport 4', '2:18-25 match `dccp` is not modelled'],
		['filter', '-6 -A INPUT', '2:1-3 IPv6 is not modelled']
	])('*%s %s', (table, rule, error) =>
		expect(refused(`*${table}\n${rule}\nCOMMIT\n`)).toEqual([error])
	);
});

describe('targets and matches that remember, rewrite or map', () => {
	it.each([
		['nat', '-A PREROUTING -j NETMAP', '2:18-24 `NETMAP` needs --to'],
		[
			'nat',
			'-A PREROUTING -j NETMAP --to 10.0.0.0/x',
			'2:39-40 expected a mask (0 to 32, or 255.255.255.0), found `x`'
		],
		['mangle', '-A FORWARD -j TTL --ttl-set 256', '2:29-32 expected a number from 0 to 255'],
		[
			'mangle',
			'-A FORWARD -j TOS --set-tos 0x100',
			'2:29-34 expected a number (0 to 255) or a name (Minimize-Delay, Maximize-Throughput, Maximize-Reliability, Minimize-Cost, Normal-Service), found `0x100`'
		],
		[
			'mangle',
			'-A FORWARD -j DSCP --set-dscp-class CS8',
			'2:37-40 expected a class (CS0 to CS7, BE, AF11 to AF43, EF)'
		],
		[
			'mangle',
			'-A FORWARD -p tcp -j TCPOPTSTRIP --strip-options mss,1',
			'2:50-55 expected options by kind (2 to 255) or name (wscale, mss, sack-permitted, sack, timestamp, md5), found `1`'
		],
		[
			'filter',
			'-A FORWARD -m recent --set --rcheck',
			'2:28-36 --set and --rcheck cannot be used together'
		],
		['filter', '-A FORWARD -m recent --rcheck --reap', '2:31-37 --reap needs --seconds'],
		[
			'filter',
			'-A FORWARD -m hashlimit --hashlimit-upto 5/fortnight --hashlimit-name x',
			'2:44-53 expected second, minute, hour or day, found `fortnight`'
		],
		[
			'filter',
			'-A FORWARD -m hashlimit --hashlimit-upto 1kb/s --hashlimit-burst 10 --hashlimit-name x',
			'2:66-68 expected at least 1024b'
		],
		[
			'filter',
			'-A FORWARD -m hashlimit --hashlimit-upto 5/sec --hashlimit-mode src --hashlimit-name x',
			'2:65-68 expected modes (srcip, srcport, dstip, dstport), found `src`'
		],
		[
			'filter',
			'-A FORWARD -m quota --quota 1k',
			'2:29-31 expected a number (0 to 18446744073709551615), found `1k`'
		],
		['filter', '-A FORWARD -j SET --exist', '2:15-18 `SET` needs --add-set or --del-set'],
		[
			'filter',
			'-A FORWARD -j SET --del-set s src --timeout 5',
			'2:45-46 --timeout can stand beside --add-set only'
		],
		[
			'filter',
			'-A FORWARD -j SET --map-set s src --map-mark',
			'2:19-28 `--map-set` is not modelled'
		]
	])('*%s %s', (table, rule, error) =>
		expect(refused(`*${table}\n${rule}\nCOMMIT\n`)).toEqual([error])
	);
});

describe('what the real one’s kernel refuses', () => {
	it.each([
		[
			'filter',
			'-A FORWARD -j NETMAP --to 10.0.0.0/24',
			'2:15-21 `NETMAP` can stand in the nat table only'
		],
		['filter', '-A FORWARD -j TTL --ttl-set 5', '2:15-18 `TTL` can stand in the mangle table only'],
		['mangle', '-A FORWARD -j ECN --ecn-tcp-remove', "2:15-18 `ECN` needs `-p tcp` for TCP's bits"],
		[
			'mangle',
			'-A PREROUTING -j CLASSIFY --set-class 1:2',
			'2:18-26 `CLASSIFY` can stand in FORWARD, OUTPUT and POSTROUTING only'
		],
		[
			'filter',
			'-A FORWARD -m recent --set --seconds 5',
			'2:15-21 --seconds and --hitcount cannot stand beside --set'
		],
		[
			'filter',
			'-A FORWARD -m recent --set --name a/b',
			'2:15-21 `a/b` cannot be the name of a list'
		],
		[
			'filter',
			'-A FORWARD -m hashlimit --hashlimit-upto 1/day --hashlimit-name x',
			'2:15-24 `hashlimit` cannot reckon with so slow a rate and so large a burst'
		],
		[
			'filter',
			'-A INPUT -j DNAT --to-destination 1.2.3.4',
			"2:13-17 `DNAT` can stand in the nat table's PREROUTING and OUTPUT only"
		],
		[
			'nat',
			'-A POSTROUTING -j DNAT --to-destination 1.2.3.4',
			"2:19-23 `DNAT` can stand in the nat table's PREROUTING and OUTPUT only"
		],
		['mangle', '-A FORWARD -j REJECT', '2:15-21 `REJECT` can stand in the filter table only'],
		[
			'filter',
			'-A FORWARD -j REJECT --reject-with tcp-reset',
			'2:15-21 `tcp-reset` needs `-p tcp`'
		],
		['filter', '-A FORWARD -j CT --notrack', '2:15-17 `CT` can stand in the raw table only'],
		['filter', '-A FORWARD -j NOWHERE', '2:15-22 there is no chain or target `NOWHERE`'],
		['filter', '-A PREROUTING -j ACCEPT', '2:4-14 No chain/target/match by that name.'],
		[
			'nat',
			'-A PREROUTING -j DROP',
			'2:18-22 the nat table is not for filtering: `DROP` has no place in it'
		]
	])('*%s %s', (table, rule, error) =>
		expect(refused(`*${table}\n${rule}\nCOMMIT\n`)).toEqual([error])
	);

	it('jumps in a circle', () => {
		expect(
			refused('*filter\n:A - [0:0]\n:B - [0:0]\n-A A -j B\n-A B -j A\n-A INPUT -j A\nCOMMIT\n')
		).toEqual(['5:9-10 jumps run in a circle through chain `A`']);
	});

	it('jumps that would run in a circle, if one of them were not taken back before the end', () => {
		const text = (last: string) => `*filter\n:A - [0:0]\n-A INPUT -j A\n-A A -j A\n${last}COMMIT\n`;
		expect(refused(text(''))).toEqual(['4:9-10 jumps run in a circle through chain `A`']);
		const [table] = restored(text('-D A -j A\n')).tables;
		expect(table!.chains.map(({ name, rules }) => [name, rules.length])).toEqual([
			['A', 0],
			['INPUT', 1]
		]);
	});

	it('a chain that leads to what its hook cannot do', () => {
		expect(
			refused('*nat\n:U - [0:0]\n-A U -j SNAT --to-source 1.2.3.4\n-A OUTPUT -j U\nCOMMIT\n')
		).toEqual([
			"3:9-13 chain `OUTPUT` leads here: `SNAT` can stand in the nat table's POSTROUTING and INPUT only"
		]);
	});

	it('all that is wrong, be the text without its end', () => {
		expect(
			refused('*nat\n-A INPUT -p tcp -j CT --notrack\n-A OUTPUT -p udp -j TOS --set-tos 16\n')
		).toEqual([
			'2:20-22 `CT` can stand in the raw table only',
			'3:21-24 `TOS` can stand in the mangle table only',
			'3:37- expected `COMMIT` at the end of the table'
		]);
	});

	it('looks at each rule of a long table a few times, not with every line again', () => {
		const looks = vi.spyOn(TARGETS.get('DNAT')!, 'check');
		const rules = Array.from(
			{ length: 400 },
			(_, i) => `-A PREROUTING -p tcp --dport ${i + 1} -j DNAT --to-destination 10.0.0.2:80\n`
		);
		restored(`*nat\n${rules.join('')}COMMIT\n`);
		expect(looks.mock.calls.length).toBeGreaterThanOrEqual(rules.length);
		expect(looks.mock.calls.length).toBeLessThanOrEqual(3 * rules.length);
		looks.mockRestore();
	});
});

describe('the frame of a text', () => {
	it.each([
		['-A INPUT -j DROP\n', '1:1-17 expected a table (*filter) before this line'],
		['*filter\n-A INPUT -j DROP\n', '2:17- expected `COMMIT` at the end of the table'],
		['*filter\n*nat\nCOMMIT\n', '2:1-5 expected `COMMIT` before the next table'],
		['COMMIT\n', '1:1-7 expected a table (*filter) before `COMMIT`'],
		[
			'*fiter\nCOMMIT\n',
			'1:2-7 expected a table (filter, nat, mangle, raw, security), found `fiter`'
		],
		[
			'*filter\n:INPUT\nCOMMIT\n',
			'2:7- expected a policy (ACCEPT, DROP, or - for a chain of your own)'
		],
		['*filter\n:INPUT REJECT\nCOMMIT\n', '2:8-14 expected ACCEPT or DROP, found `REJECT`'],
		['*filter\n:INPUT ACCEPT [0]\nCOMMIT\n', '2:15-18 expected counters ([0:0]), found `[0]`'],
		['*filter\n:LOG - [0:0]\nCOMMIT\n', '2:2-5 `LOG` is the name of a target']
	])('%j', (text, error) => expect(refused(text)).toEqual([error]));

	it('every line that is wrong is named', () => {
		expect(refused('*filter\n-A INPUT -p tpc\n-A INPUT -j DROP\n-A INPUT -i\nCOMMIT\n')).toEqual([
			'2:13-16 expected a protocol (tcp, udp, icmp, all, or a number to 255), found `tpc`',
			'4:10-12 -i needs an argument'
		]);
	});
});

describe('commands', () => {
	it('say the column, and leave the ruleset as it was', () => {
		const before = restored('*filter\n-A INPUT -j ACCEPT\nCOMMIT\n');
		const line = 'iptables -A INPUT -p tcp --dport eighty -j DROP';
		const result = runIptablesCommand(before, line, environment());
		expect(result.exit).toBe(2);
		expect(result.ruleset).toBe(before);
		expect(result.stderr).toEqual([
			"iptables: expected a port (0 to 65535, or a service's name) or `:`, found `eighty` (column 34)"
		]);
	});

	it('a set that is not there', () => {
		const line = 'iptables -A INPUT -m set --match-set web src -j DROP';
		expect(runIptablesCommand(EMPTY, line, environment()).exit).toBe(2);
		expect(runIptablesCommand(EMPTY, line, environment(['web'])).exit).toBe(0);
	});
});
