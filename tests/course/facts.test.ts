// What the engine writes into a lesson, held against what the kernel did and what the real tools print.
import { describe, expect, test } from 'vitest';
import { fact, sysctlDefault } from '../../src/lib/course/build/expand';
import { eventLine, listing, listingLine } from '../../src/lib/course/facts/conntrack';
import { runInConsole } from '../../src/lib/course/facts/console';
import { dumpLine } from '../../src/lib/course/facts/packet-text';
import { play } from '../../src/lib/course/facts/play';
import { dumpLines } from '../../src/lib/course/facts/tcpdump';
import { traceLines } from '../../src/lib/course/facts/trace';
import { packetFromJson } from '../../src/lib/scenario/packet-json';
import { lessonScenario, recorded } from './lesson-lab';

const library = { scenario: lessonScenario };

describe('a fact', () => {
	test.each([
		['of="reverse-snat" step="0" get="out[0].packet.ip.dst"', '10.0.0.2'],
		['of="reverse-snat" step="1" get="out[-1].packet.tcp.sport"', '80'],
		['of="reverse-snat" step=0 get=entry.reply.src', '10.0.0.2'],
		['of="reverse-snat" step={1} get="relation"', 'ESTABLISHED'],
		['of="reverse-snat" step="1" get="rewrites[0].hook"', 'POSTROUTING'],
		['of="reverse-snat" step="-1" get="count"', '0'],
		['of="states" step="2" get="entry.state"', 'ESTABLISHED']
	])('%s is %s', (attributes, value) => {
		expect(fact(attributes, library)).toBe(value);
	});

	test('of a sysctl is the default that this kernel had', () => {
		// The lesson on states was recorded on the kernel: its entry began with the kernel's own timeout.
		const first = recorded('states').steps[0]!.hosts!.gateway!.events[0]!;
		expect(first).toContain(`tcp 6 ${sysctlDefault('tcp_timeout_syn_sent')} SYN_SENT`);
		expect(() => sysctlDefault('tcp_timeout_syn')).toThrow(
			'no sysctl nf_conntrack_tcp_timeout_syn'
		);
	});
});

// Lines as conntrack 1.4.7, nft 1.0.6 and tcpdump 4.99 printed them on Linux 6.18.
describe('laid out as the tool does:', () => {
	test('entries', () => {
		expect(
			listingLine(
				'udp 17 29 src=198.51.100.10 dst=198.51.100.1 sport=58287 dport=53 [UNREPLIED] src=10.0.0.2 dst=198.51.100.10 sport=53 dport=58287'
			)
		).toBe(
			'udp      17 29 src=198.51.100.10 dst=198.51.100.1 sport=58287 dport=53 [UNREPLIED] src=10.0.0.2 dst=198.51.100.10 sport=53 dport=58287 mark=0 use=1'
		);
		expect(listingLine('icmp 1 30 src=1.1.1.1 dst=2.2.2.2 mark=7 zone=3')).toBe(
			'icmp     1 30 src=1.1.1.1 dst=2.2.2.2 mark=7 zone=3 use=1'
		);
		expect(listingLine('tcp 6 30 CLOSE src=1.1.1.1 zone=3 helper=ftp')).toBe(
			'tcp      6 30 CLOSE src=1.1.1.1 mark=0 zone=3 helper=ftp use=1'
		);
	});

	test.each([
		['[NEW] tcp 6 120 SYN_SENT src=1.1.1.1', '    [NEW] tcp      6 120 SYN_SENT src=1.1.1.1'],
		['[UPDATE] tcp 6 60 SYN_RECV src=1.1.1.1', ' [UPDATE] tcp      6 60 SYN_RECV src=1.1.1.1'],
		['[DESTROY] udp 17 src=1.1.1.1', '[DESTROY] udp      17 src=1.1.1.1']
	])('the event %s', (line, printed) => {
		expect(eventLine(line)).toBe(printed);
	});

	test('a table, entry by entry as the kernel had it', () => {
		const table = recorded('reverse-snat').steps[0]!.hosts!.gateway!.table;
		const squeezed = listing(play(lessonScenario('reverse-snat'), 0)).map((line) =>
			line.replace(/ (mark=0|use=1)/g, '').replace(/\s+/g, ' ')
		);
		const plain = (line: string) => line.replace(/^(\w+ \d+) \d+/, '$1');
		expect(squeezed.map(plain)).toEqual(table.map(plain));
	});

	test('packets', () => {
		const tcp = packetFromJson({
			ip: { src: '198.51.100.1', dst: '198.51.100.10' },
			tcp: {
				sport: 80,
				dport: 44966,
				flags: 'SA',
				seq: 911911973,
				ack: 3301701171,
				window: 65160,
				optionBytes: '020405b40402080a4da6f40ec31a59a80103030a'
			}
		});
		expect(dumpLine(tcp)).toMatch(
			/^IP 198\.51\.100\.1\.80 > 198\.51\.100\.10\.44966: Flags \[S\.\], seq 911911973, ack 3301701171, win 65160, options \[mss 1460,sackOK,TS val \d+ ecr \d+,nop,wscale 10\], length 0$/
		);
		const unreachable = packetFromJson({
			ip: { src: '198.51.100.1', dst: '198.51.100.10' },
			icmp: {
				type: 3,
				code: 3,
				inner: {
					ip: { src: '198.51.100.10', dst: '198.51.100.1' },
					udp: { sport: 58287, dport: 53 },
					payload: 'hi\n'
				}
			}
		});
		expect(dumpLine(unreachable)).toBe(
			'IP 198.51.100.1 > 198.51.100.10: ICMP 198.51.100.1 udp port 53 unreachable, length 39'
		);
		const tooBig = packetFromJson({
			ip: { src: '203.0.113.9', dst: '192.168.1.10' },
			icmp: {
				type: 3,
				code: 4,
				mtu: 600,
				innerLength: 548,
				inner: {
					ip: { src: '192.168.1.10', dst: '198.51.100.80', df: true },
					tcp: { sport: 40000, dport: 443, flags: 'A', seq: 1, ack: 1 },
					payload: 'x'.repeat(688)
				}
			}
		});
		expect(dumpLine(tooBig)).toBe(
			'IP 203.0.113.9 > 192.168.1.10: ICMP 198.51.100.80 unreachable - need to frag (mtu 600), length 556'
		);
	});

	test('a trace, with the lines of the real one for a DNATed SYN and its answer', () => {
		const { steps } = play(lessonScenario('reverse-snat'), 1);
		const lines = (step: number) =>
			traceLines(steps[step]!.events, 'gateway', false).map((line) =>
				line.replace(/^trace id \w{8} /, '')
			);
		expect(lines(0)).toEqual([
			'ip nat prerouting rule iifname "ext" tcp dport 80 counter dnat to 10.0.0.2:8080 (verdict accept)',
			'ip filter forward rule ct status dnat accept (verdict accept)',
			'ip nat postrouting policy accept'
		]);
		expect(lines(1)).toEqual([
			'ip filter forward rule ct state established,related accept (verdict accept)'
		]);
		const [packet] = traceLines(steps[0]!.events, 'gateway');
		expect(packet).toMatch(
			/^trace id \w{8} ip nat prerouting packet: iif "ext" ip saddr 198\.51\.100\.10 ip daddr 198\.51\.100\.1 ip dscp cs0 ip ecn not-ect ip ttl 64 ip id 0 ip length 48 tcp sport 40000 tcp dport 80 tcp flags == syn tcp window 64240$/
		);
	});

	test('commands, with what they write to standard error, and what they change', () => {
		const played = play(lessonScenario('reverse-snat'), 0);
		expect(runInConsole(played, 'conntrack -D -p tcp').lines).toHaveLength(2);
		expect(runInConsole(played, 'conntrack -L').lines).toEqual([
			'conntrack v1.4.7 (conntrack-tools): 0 flow entries have been shown.'
		]);
		expect(runInConsole(played, 'nft list chain ip nat prerouting').lines[2]).toBe(
			'\t\ttype nat hook prerouting priority dstnat; policy accept;'
		);
		runInConsole(played, 'nft flush ruleset');
		expect(runInConsole(played, 'nft list ruleset').lines.join('')).toBe('');
	});
});

test('a capture has the packets of both sides as they were on each wire', () => {
	const { steps } = play(lessonScenario('reverse-snat'), 1);
	const at = (place: string) =>
		dumpLines(
			steps.flatMap(({ events }) => events),
			place
		).map((line) => line.split(': ')[0]);
	expect(at('gateway/ext')).toEqual([
		'IP 198.51.100.10.40000 > 198.51.100.1.80',
		'IP 198.51.100.1.80 > 198.51.100.10.40000'
	]);
	expect(at('gateway/int')).toEqual([
		'IP 198.51.100.10.40000 > 10.0.0.2.8080',
		'IP 10.0.0.2.8080 > 198.51.100.10.40000'
	]);
});
