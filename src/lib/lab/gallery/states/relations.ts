/** What a packet can be to the table. */
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
	reply,
	said,
	segment,
	send
} from '../build';
import type { State } from '../types';

const SYN = segment('S', OUTER, 80);

export const relations: readonly State[] = [
	{
		id: 'empty',
		name: { en: 'Before anything happens', zh: '一切发生之前' },
		about: {
			en: 'No packet, no entry: every view says so, and nothing is lit.',
			zh: '没有包，没有条目：每个视图都这样说，什么也没有点亮。'
		},
		scenario: () => gateway(FORWARD + PUBLISH, [SYN]),
		at: 'start'
	},
	{
		id: 'new',
		name: { en: 'New: the entry is on its packet', zh: 'NEW：条目还挂在包上' },
		about: {
			en: 'The entry is made, and not in the table yet: it stands apart, on the packet.',
			zh: '条目已经创建，但还不在表里：它单独列出，挂在包上。'
		},
		scenario: () => gateway(FORWARD + PUBLISH, [SYN]),
		at: said('conntrack', ({ created }) => created)
	},
	{
		id: 'confirmed',
		name: { en: 'Confirmed: the entry enters the table', zh: '确认：条目进入表中' },
		about: {
			en: 'At the end of POSTROUTING the entry is in the table, UNREPLIED.',
			zh: '在 POSTROUTING 的末尾，条目进入表中，标着 UNREPLIED。'
		},
		scenario: () => gateway(FORWARD + PUBLISH, [SYN]),
		at: said('confirm', ({ outcome }) => outcome === 'inserted')
	},
	{
		id: 'established',
		name: { en: 'Established: the reply is turned back', zh: 'ESTABLISHED：回复被改回' },
		about: {
			en: 'A reply at POSTROUTING: no rule is asked, the entry gives its source back. Old and new value stand side by side.',
			zh: '回复在 POSTROUTING：没有询问任何规则，条目把源地址改了回去。新旧两个值并列。'
		},
		scenario: () => gateway(FORWARD + PUBLISH, [...HANDSHAKE]),
		at: said(
			'nat',
			({ rewrites }) => rewrites.some(({ field, after }) => field === 'src' && after === OUTER),
			'postrouting'
		)
	},
	{
		id: 'related',
		name: { en: 'Related: an error about a flow', zh: 'RELATED：关于某条流的差错报文' },
		about: {
			en: 'An ICMP error is RELATED to the flow it quotes, and the quoted packet is translated too.',
			zh: 'ICMP 差错报文与它引用的流是 RELATED 关系，被引用的包也一起被转换。'
		},
		scenario: () =>
			gateway(FORWARD + PUBLISH, [
				SYN,
				send('server/eth0', { icmp: { type: 3, code: 1, innerFrom: 0 } })
			]),
		at: said('conntrack', ({ relation }) => relation === 'related')
	},
	{
		id: 'quoted',
		name: { en: 'The quoted packet is rewritten', zh: '被引用的包被改写' },
		about: {
			en: 'Fields of the packet inside the error have old and new values, marked as quoted.',
			zh: '差错报文里的包，其字段有新旧两个值，并标明是引用的。'
		},
		scenario: () =>
			gateway(FORWARD + PUBLISH, [
				SYN,
				send('server/eth0', { icmp: { type: 3, code: 1, innerFrom: 0 } })
			]),
		at: said('nat', ({ rewrites }) => rewrites.some(({ field }) => field === 'quoted'))
	},
	{
		id: 'invalid',
		name: { en: 'Invalid: the packet has no entry', zh: 'INVALID：包没有条目' },
		about: {
			en: 'A segment far outside of the window is INVALID, with the reason. It belongs to no entry, and is not translated.',
			zh: '远在窗口之外的报文段是 INVALID，并写明原因。它不属于任何条目，也不会被转换。'
		},
		scenario: () =>
			gateway(FORWARD + PUBLISH, [
				...HANDSHAKE,
				reply('server/eth0', 0, { tcp: { flags: 'A', seq: 905_001, ack: 1001 } })
			]),
		at: said('conntrack', ({ relation }) => relation === 'invalid')
	},
	{
		id: 'invalid-checksum',
		name: { en: 'Invalid: a bad checksum', zh: 'INVALID：校验和错误' },
		about: {
			en: 'A packet whose checksum is wrong: INVALID, with that as the reason.',
			zh: '校验和错误的包：INVALID，原因就写着这一点。'
		},
		scenario: () =>
			gateway(FORWARD + PUBLISH, [
				send('client/eth0', {
					ip: { src: CLIENT, dst: OUTER },
					tcp: { sport: 40000, dport: 80, flags: 'S', seq: 1000 },
					badChecksum: true
				})
			]),
		at: said('conntrack', ({ relation }) => relation === 'invalid')
	},
	{
		id: 'untracked',
		name: { en: 'Untracked: taken out by a rule', zh: 'UNTRACKED：被规则排除在跟踪之外' },
		about: {
			en: 'After notrack, connection tracking and NAT pass the packet over, and say why.',
			zh: 'notrack 之后，连接跟踪和 NAT 都跳过这个包，并说明原因。'
		},
		scenario: () =>
			gateway(
				chain('filter', 'prerouting', 'raw', ['udp dport 53 notrack']) +
					chain('nat', 'postrouting', 'srcnat', ['oifname "ext" masquerade']),
				[datagram('server/eth0', SERVER, CLIENT, 5000, 53)]
			),
		at: (event) =>
			event.kind === 'station' &&
			event.outcome.kind === 'passed over' &&
			event.outcome.reason === 'untracked' &&
			event.station.hook === 'prerouting'
	}
];
