/** How a packet's way can end, and where it can stop. */
import {
	CLIENT,
	FORWARD,
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

const PING = send('client/eth0', {
	ip: { src: CLIENT, dst: OUTER },
	icmp: { type: 8, code: 0, id: 7, seq: 1 }
});

export const fates: readonly State[] = [
	{
		id: 'dropped',
		name: { en: 'Dropped by a rule', zh: '被规则丢弃' },
		about: {
			en: 'A full stop at the station where it happened. The entry that was on the packet is gone with it.',
			zh: '路径止于丢弃它的那一站。挂在包上的条目也随之消失。'
		},
		scenario: () =>
			gateway(
				chain('filter', 'forward', 'filter', ['tcp dport 8080 accept', 'tcp dport 22 drop']) +
					PUBLISH,
				[segment('S', SERVER, 22)]
			),
		at: said('chain', ({ verdict }) => verdict === 'drop')
	},
	{
		id: 'policy',
		name: { en: 'Dropped by a policy', zh: '被默认策略丢弃' },
		about: {
			en: 'No rule matched: each says which part did not, and the policy decides.',
			zh: '没有一条规则匹配：每条都写明哪一部分不匹配，由默认策略裁决。'
		},
		scenario: () => gateway(FORWARD + PUBLISH, [segment('S', SERVER, 22)]),
		at: said('chain', ({ verdict }) => verdict === 'drop')
	},
	{
		id: 'rejected',
		name: { en: 'Rejected, with an answer', zh: '被拒绝，并有回应' },
		about: {
			en: 'The packet is dropped, and the host sends a RST of its own.',
			zh: '包被丢弃，主机自己发出一个 RST。'
		},
		scenario: () =>
			gateway(
				chain('filter', 'forward', 'filter', ['tcp dport 22 reject with tcp reset']) + PUBLISH,
				[segment('S', SERVER, 22)]
			),
		at: said('chain', ({ rejected }) => rejected)
	},
	{
		id: 'no-route',
		name: { en: 'No route', zh: '没有路由' },
		about: {
			en: 'The routing decision finds no way; the host drops the packet and says so to its sender.',
			zh: '路由判决找不到去路；主机丢弃这个包，并告知发送者。'
		},
		scenario: () => gateway(FORWARD + PUBLISH, [segment('S', '192.0.2.9', 443)]),
		at: (event) => event.kind === 'drop' && event.reason === 'no route'
	},
	{
		id: 'ttl',
		name: { en: 'Its time to live is over', zh: '生存时间耗尽' },
		about: {
			en: 'Between routing and FORWARD the TTL runs out: a drop outside of any chain.',
			zh: '在路由与 FORWARD 之间 TTL 耗尽：在任何链之外的丢弃。'
		},
		scenario: () =>
			gateway(FORWARD + PUBLISH, [
				send('client/eth0', {
					ip: { src: CLIENT, dst: SERVER, ttl: 1 },
					udp: { sport: 5000, dport: 33434 }
				})
			]),
		at: (event) => event.kind === 'drop' && event.reason === 'ttl exceeded'
	},
	{
		id: 'local-delivery',
		name: { en: 'Delivered to the host itself', zh: '交给主机自己' },
		about: {
			en: 'The walk goes by INPUT and ends in the host, which answers a ping.',
			zh: '路径经过 INPUT，止于主机自身；主机回应了 ping。'
		},
		scenario: () => gateway(FORWARD + PUBLISH, [PING]),
		at: is('delivered')
	},
	{
		id: 'answer',
		name: { en: 'The host’s answer on its way', zh: '主机的应答在路上' },
		about: {
			en: 'An answer begins at OUTPUT, in the reply direction of the same entry.',
			zh: '应答从 OUTPUT 开始，走的是同一条目的回复方向。'
		},
		scenario: () => gateway(FORWARD + PUBLISH, [PING]),
		at: said('conntrack', ({ direction }) => direction === 1)
	},
	{
		id: 'local-origin',
		name: { en: 'Sent by the host itself', zh: '主机自己发出的包' },
		about: {
			en: 'The walk begins in the host, at OUTPUT: PREROUTING and FORWARD are not on its way.',
			zh: '路径从主机内部的 OUTPUT 开始：PREROUTING 和 FORWARD 不在它的路上。'
		},
		scenario: () =>
			gateway(chain('nat', 'output', '-100', ['udp dport 53 dnat to 10.0.0.2']) + FORWARD, [
				datagram('gateway', OUTER, CLIENT, 5000, 53),
				reply('server/eth0', 0, { payload: 'answer' })
			]),
		at: said('nat', ({ rewrites }) => rewrites.length > 0, 'output')
	},
	{
		id: 'held',
		name: { en: 'Held inside a host', zh: '停在主机内部' },
		about: {
			en: 'A packet is stopped in FORWARD and waits; its entry is still on it.',
			zh: '一个包停在 FORWARD 里等待；它的条目还挂在身上。'
		},
		scenario: () =>
			gateway(FORWARD + PUBLISH, [
				{
					send: {
						from: 'client/eth0',
						packet: {
							ip: { src: CLIENT, dst: OUTER },
							tcp: { sport: 40000, dport: 80, flags: 'S', seq: 1000 }
						},
						hold: { on: 'gateway', hook: 'forward' }
					}
				},
				{ release: 0 }
			]),
		at: is('held')
	},
	{
		id: 'fragment-waits',
		name: { en: 'A fragment waits for the others', zh: '分片等待其余部分' },
		about: {
			en: 'Before connection tracking, at priority −400, the first piece waits.',
			zh: '在连接跟踪之前，优先级 −400 处，第一片在等待。'
		},
		scenario: () => gateway(FORWARD + PUBLISH, fragments()),
		at: said('defrag', ({ outcome }) => outcome === 'waiting')
	},
	{
		id: 'fragment-complete',
		name: { en: 'Gathered into one packet', zh: '重组为一个包' },
		about: {
			en: 'With the last piece the packet is whole, and goes on as one.',
			zh: '最后一片到达，包完整了，作为一个整体继续走。'
		},
		scenario: () => gateway(FORWARD + PUBLISH, fragments()),
		at: said('defrag', ({ outcome }) => outcome === 'complete')
	}
];

function fragments() {
	const whole = {
		ip: { src: SERVER, dst: CLIENT, id: 77 },
		udp: { sport: 5000, dport: 53 },
		payload: 'a datagram in two pieces'
	};
	return [
		send('server/eth0', { ...whole, ip: { ...whole.ip, mf: true }, cut: [0, 16] }),
		send('server/eth0', { ...whole, ip: { ...whole.ip, offset: 16 }, cut: [16, 32] })
	];
}
