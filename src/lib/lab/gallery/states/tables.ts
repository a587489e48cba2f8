/** What the table can look like, and what makes it change. */
import type { Step } from '$lib/scenario/scenario';
import {
	CLIENT,
	FORWARD,
	HANDSHAKE,
	OUTER,
	PUBLISH,
	SERVER,
	chain,
	datagram,
	gateway,
	is,
	reply,
	said,
	segment,
	send
} from '../build';
import type { State } from '../types';

const held = (packet: Extract<Step, { send: unknown }>): Step => ({
	send: { ...packet.send, hold: { on: 'gateway', hook: 'forward' } }
});

const SYN = segment('S', OUTER, 80) as Extract<Step, { send: unknown }>;
const QUERY = datagram('client/eth0', CLIENT, SERVER, 5000, 53) as typeof SYN;

export const tables: readonly State[] = [
	{
		id: 'racing',
		name: { en: 'Two first packets at once', zh: '两个首包同时在路上' },
		about: {
			en: 'Two packets of one flow stand in the host, each with an entry of its own on it.',
			zh: '同一条流的两个包都在主机里，各自挂着自己的条目。'
		},
		scenario: () =>
			gateway(FORWARD + PUBLISH, [held(SYN), held(SYN), { release: 1 }, { release: 0 }]),
		at: is('held')
	},
	{
		id: 'race-lost',
		name: { en: 'The race is lost: TCP', zh: '赛跑输了：TCP' },
		about: {
			en: 'The second entry cannot enter the table: insert failed, and the packet is dropped.',
			zh: '第二个条目进不了表：插入失败，包被丢弃。'
		},
		scenario: () =>
			gateway(FORWARD + PUBLISH, [held(SYN), held(SYN), { release: 1 }, { release: 0 }]),
		at: said('confirm', ({ outcome }) => outcome === 'insert_failed')
	},
	{
		id: 'race-merged',
		name: { en: 'The race is lost: UDP', zh: '赛跑输了：UDP' },
		about: {
			en: 'For UDP the loser’s packet goes on with the winner’s entry.',
			zh: '对 UDP，输家的包改用赢家的条目继续走。'
		},
		scenario: () => gateway(PUBLISH, [held(QUERY), held(QUERY), { release: 1 }, { release: 0 }]),
		at: said('confirm', ({ outcome }) => outcome === 'merged' || outcome === 'beside')
	},
	{
		id: 'full',
		name: { en: 'The table is full', zh: '表满了' },
		about: {
			en: 'Two entries are all that fit: the third flow’s packet is dropped by connection tracking itself.',
			zh: '只容得下两个条目：第三条流的包被连接跟踪自己丢弃。'
		},
		scenario: () =>
			gateway(
				PUBLISH,
				[5001, 5002, 5003].flatMap((sport) => [
					datagram('client/eth0', CLIENT, SERVER, sport, 53),
					// Assured entries are not thrown out to make room.
					datagram('server/eth0', SERVER, CLIENT, 53, sport),
					{ advance: 3 },
					datagram('client/eth0', CLIENT, SERVER, sport, 53)
				]),
				{ sysctl: { 'net.netfilter.nf_conntrack_max': 2 } }
			),
		at: said('conntrack', ({ dropped }) => dropped)
	},
	{
		id: 'many-kinds',
		name: { en: 'Entries of every protocol', zh: '各种协议的条目' },
		about: {
			en: 'TCP, UDP, ICMP and an unknown protocol side by side, with marks and statuses.',
			zh: 'TCP、UDP、ICMP 和一种未知协议并列，带着 mark 和状态标志。'
		},
		scenario: () =>
			gateway(
				PUBLISH +
					chain('filter', 'forward', 'filter', ['udp dport 53 ct mark set 7', 'counter accept']),
				[
					...HANDSHAKE,
					datagram('client/eth0', CLIENT, SERVER, 5000, 53),
					datagram('server/eth0', SERVER, CLIENT, 53, 5000),
					send('client/eth0', {
						ip: { src: CLIENT, dst: SERVER },
						icmp: { type: 8, code: 0, id: 9, seq: 1 }
					}),
					send('client/eth0', {
						ip: { src: CLIENT, dst: SERVER, protocol: 47 },
						payload: { hex: '00000800' }
					})
				]
			),
		at: 'end'
	},
	{
		id: 'time',
		name: { en: 'Time passes, entries go', zh: '时间流逝，条目消失' },
		about: {
			en: 'After 31 seconds the UDP entry has gone: it is shown as gone in this step.',
			zh: '31 秒后 UDP 条目消失：在这一步里显示为已消失。'
		},
		scenario: () =>
			gateway(PUBLISH, [
				datagram('client/eth0', CLIENT, SERVER, 5000, 53),
				datagram('client/eth0', CLIENT, SERVER, 5001, 53),
				{ advance: 31 }
			]),
		at: 'end'
	},
	{
		id: 'command',
		name: { en: 'A command changes the table', zh: '命令改动了表' },
		about: {
			en: '`conntrack -D` on the host: the command, what it printed, and the entry that went.',
			zh: '主机上的 `conntrack -D`：命令、它的输出，以及消失的条目。'
		},
		scenario: () =>
			gateway(PUBLISH, [...HANDSHAKE, { run: { on: 'gateway', command: 'conntrack -D -p tcp' } }]),
		at: 'end'
	},
	{
		id: 'expectation',
		name: { en: 'An expected connection', zh: '期望中的连接' },
		about: {
			en: 'FTP’s helper has read the port that the client named: the table expects a flow that is not there yet.',
			zh: 'FTP 助手读到了客户端报出的端口：表中有一个期望，对应的流尚未出现。'
		},
		scenario: () => ftp(false),
		at: 'end'
	},
	{
		id: 'expected',
		name: { en: 'The expected connection comes', zh: '期望中的连接来了' },
		about: {
			en: 'The server calls back: a new flow, RELATED, whose master is the control connection.',
			zh: '服务器回连：一条新的流，关系为 RELATED，主连接是控制连接。'
		},
		scenario: () => ftp(true),
		at: said('conntrack', ({ relation, created }) => created && relation === 'related')
	}
];

/** Active FTP: the client names a port; with `data`, the server calls it. */
function ftp(data: boolean) {
	const rules = `table ip h {
	ct helper ftp-standard {
		type "ftp" protocol tcp
	}
	chain pre {
		type filter hook prerouting priority filter; policy accept;
		tcp dport 21 ct helper set "ftp-standard"
	}
}
`;
	const login = segment('PA', SERVER, 21, { seq: 1001, ack: 5001 }) as typeof SYN;
	return gateway(rules, [
		segment('S', SERVER, 21),
		reply('server/eth0', 0, { tcp: { flags: 'SA', seq: 5000, ack: 1001 } }),
		segment('A', SERVER, 21, { seq: 1001, ack: 5001 }),
		// The helper reads on where a line has ended.
		{ send: { ...login.send, packet: { ...login.send.packet, payload: 'USER ftp\r\n' } } },
		send('client/eth0', {
			ip: { src: CLIENT, dst: SERVER },
			tcp: { sport: 40000, dport: 21, flags: 'PA', seq: 1011, ack: 5001 },
			payload: 'PORT 198,51,100,10,156,65\r\n'
		}),
		...(data
			? [
					send('server/eth0', {
						ip: { src: SERVER, dst: CLIENT },
						tcp: { sport: 20, dport: 40001, flags: 'S', seq: 9000 }
					})
				]
			: [])
	]);
}
