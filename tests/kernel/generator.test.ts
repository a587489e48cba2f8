import { describe, expect, it } from 'vitest';
import { checkScenario } from '../../src/lib/scenario/scenario';
import { MAKERS } from './generator';
import type { Maker } from './generator';

/** Seeds that nobody chose by hand; printed with whatever fails. */
const SEEDS = Array.from({ length: 200 }, (_, i) => i * 7919 + 1);

describe('random scenarios', () => {
	it('are valid, and of 40 steps, or 24 where most are commands', () => {
		const short: readonly Maker[] = [MAKERS.commands, MAKERS.tables];
		for (const make of Object.values<Maker>(MAKERS))
			for (const seed of SEEDS) {
				const scenario = make(seed);
				const checked = checkScenario(JSON.parse(JSON.stringify(scenario)));
				expect(checked.ok ? [] : checked.errors, scenario.title).toEqual([]);
				expect(scenario.steps, scenario.title).toHaveLength(short.includes(make) ? 24 : 40);
			}
	});

	it('are the same for the same seed, and others for others', () => {
		for (const make of Object.values<Maker>(MAKERS)) {
			expect(make(7)).toEqual(make(7));
			expect(make(7).steps, make(7).title).not.toEqual(make(8).steps);
		}
		expect(MAKERS.networks(7)).not.toEqual(MAKERS.networks(8));
	});

	it('leave nothing out that the samples do', () => {
		const text = JSON.stringify(SEEDS.map(MAKERS.seed));
		for (const word of [
			'"advance"',
			'"release"',
			'"hold"',
			'"replyTo"',
			'"innerFrom"',
			'"innerLength"',
			'"badChecksum"',
			'"cut"',
			'"ttl":1',
			'"wscale"',
			'"sack"',
			'"protocol"',
			'"from":"gateway"',
			'conntrack -D',
			'conntrack -F',
			'nft flush',
			'iptables -I',
			'notrack',
			'NOTRACK',
			'masquerade',
			'MASQUERADE',
			'snat to',
			'dnat to',
			'redirect to',
			'REDIRECT',
			'reject',
			'REJECT',
			'nf_conntrack_tcp_loose',
			'nf_conntrack_tcp_be_liberal',
			'nf_conntrack_udp_timeout'
		]) {
			expect(text.includes(word), word).toBe(true);
		}
	});

	it('ask every part of the rules that they are about', () => {
		const text = JSON.stringify(SEEDS.map(MAKERS.parts));
		const iptables =
			'length ttl helper connbytes pkttype tos dscp ecn owner rpfilter string u32 connlabel cluster recent hashlimit quota';
		const targets = 'NETMAP TTL TOS DSCP ECN NFLOG CLASSIFY CHECKSUM TCPOPTSTRIP SET';
		const words = [
			...iptables.split(' ').map((name) => `-m ${name} `),
			...targets.split(' ').map((name) => `-j ${name} `),
			...[
				'jhash ',
				'symhash ',
				'@th,',
				'@nh,',
				'@ih,',
				'tcp option sack left ',
				'reset tcp option '
			],
			...['quota over 150 ', 'quota name ', 'limit name ', 'counter name ', ' map @who', '@few'],
			...[
				'udp dport set ',
				'tcp flags set ',
				'ip id set ',
				'icmp id set ',
				'prefix to ',
				'nft -n list table '
			]
		];
		expect(words.filter((word) => !text.includes(word))).toEqual([]);
	});

	it('give every command of every tool', () => {
		const text = JSON.stringify(SEEDS.map(MAKERS.commands));
		const words = [
			...[...'LDUGCSF'].map((letter) => `conntrack -${letter}`),
			...['-L expect', '-F expect', '-L dying', '--state ', '-o extended', '--orig-zone '],
			...'add insert replace delete'.split(' ').map((name) => `${name} rule `),
			...'add create rename flush delete'.split(' ').map((name) => `${name} chain `),
			...'add create delete get'.split(' ').map((name) => `${name} element `),
			...['reset counters', 'nft -a ', 'list ruleset', 'create table ', 'destroy table '],
			...[...'AIDRCNXEPFZSL'].map((letter) => ` -${letter} `),
			...'create add del test list save flush swap rename destroy'
				.split(' ')
				.map((name) => `ipset ${name} `),
			'sysctl -w net.netfilter.nf_conntrack_'
		];
		expect(words.filter((word) => !text.includes(word))).toEqual([]);
	});

	it('write to the same tables in both languages', () => {
		const scenarios = SEEDS.map(MAKERS.tables);
		const commands = scenarios.map(({ steps }) =>
			steps.flatMap((step) => ('run' in step ? [step.run.command] : []))
		);
		const table = /\bip (raw|mangle|nat|filter|security) /;
		const both = commands.filter(
			(of) =>
				of.some((text) => /^nft .*(add|insert) rule/.test(text) && table.test(text)) &&
				of.some((text) => /^iptables .*-[AIRD] /.test(text))
		);
		expect(both.length).toBeGreaterThan(scenarios.length / 2);
		const text = JSON.stringify(scenarios);
		const words = [
			'add chain ',
			'delete chain ',
			'rename chain ',
			'replace rule ',
			'delete table '
		];
		expect(words.filter((word) => !text.includes(word))).toEqual([]);
	});

	it('announce ports in every form, and open what was announced', () => {
		const text = JSON.stringify(SEEDS.map(MAKERS.ftp));
		const words = [
			'PORT ',
			'EPRT |1|',
			'227 ',
			'229 ',
			'"sport":20,',
			'-L expect',
			'-F expect',
			'helper'
		];
		expect(words.filter((word) => !text.includes(word))).toEqual([]);
	});

	it('put chains before, at and behind what the kernel has hooked in', () => {
		const text = JSON.stringify(SEEDS.map(MAKERS.hooks));
		const words = ['-401;', '-400;', '-201;', '-200;', '-199;', '-100;', ' 100;', '2147483647;'];
		const more = ['type route', 'notrack', 'ct zone set 1', 'delete chain ', 'nft delete table '];
		expect([...words, ...more].filter((word) => !text.includes(word))).toEqual([]);
	});
});
