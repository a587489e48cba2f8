/** States and windows of TCP. */
import type { Step } from '$lib/scenario/scenario';
import { FORWARD, HANDSHAKE, OUTER, PUBLISH, gateway, reply, said, segment } from '../build';
import type { State } from '../types';

const CLOSE: readonly Step[] = [
	segment('FA', OUTER, 80, { seq: 1001, ack: 5001 }),
	reply('server/eth0', 0, { tcp: { flags: 'A', seq: 5001, ack: 1002 } }),
	reply('server/eth0', 0, { tcp: { flags: 'FA', seq: 5001, ack: 1002 } }),
	segment('A', OUTER, 80, { seq: 1002, ack: 5002 })
];

export const tcp: readonly State[] = [
	{
		id: 'window',
		name: { en: 'Out of the window', zh: '落在窗口之外' },
		about: {
			en: 'A segment beyond what the other side may send: its bar lies outside of the window.',
			zh: '一个报文段超出了对方可以发送的范围：它的条形落在窗口之外。'
		},
		scenario: () =>
			gateway(FORWARD + PUBLISH, [
				...HANDSHAKE,
				segment('PA', OUTER, 80, { seq: 200_000, ack: 5001 })
			]),
		// Not the RST that the gateway answers it with.
		at: said('conntrack', ({ relation }) => relation === 'invalid', 'prerouting')
	},
	{
		id: 'fin',
		name: { en: 'One side has closed', zh: '一端已关闭' },
		about: {
			en: 'FIN_WAIT: the transition just taken is lit.',
			zh: 'FIN_WAIT：刚刚发生的转移被点亮。'
		},
		scenario: () => gateway(FORWARD + PUBLISH, [...HANDSHAKE, ...CLOSE.slice(0, 1)]),
		at: 'end'
	},
	{
		id: 'time-wait',
		name: { en: 'Both sides have closed', zh: '两端都已关闭' },
		about: {
			en: 'TIME_WAIT: the entry outlives the connection for two minutes.',
			zh: 'TIME_WAIT：条目比连接多活两分钟。'
		},
		scenario: () => gateway(FORWARD + PUBLISH, [...HANDSHAKE, ...CLOSE]),
		at: 'end'
	},
	{
		id: 'reset',
		name: { en: 'Reset', zh: '被重置' },
		about: {
			en: 'CLOSE: a RST that the tracker believes, and ten seconds left.',
			zh: 'CLOSE：跟踪器接受的 RST，只剩十秒。'
		},
		scenario: () =>
			gateway(FORWARD + PUBLISH, [
				...HANDSHAKE,
				reply('server/eth0', 0, { tcp: { flags: 'R', seq: 5001, ack: 0 } })
			]),
		at: 'end'
	},
	{
		id: 'options',
		name: { en: 'A segment with every option', zh: '带全部选项的报文段' },
		about: {
			en: 'MSS, SACK, timestamps and window scale, as fields and as bytes.',
			zh: 'MSS、SACK、时间戳和窗口扩大，既是字段也是字节。'
		},
		scenario: () =>
			gateway(FORWARD + PUBLISH, [
				segment('S', OUTER, 80, {
					options: { mss: 1460, sackOk: true, ts: [100, 0], wscale: 7 }
				})
			]),
		at: said('nat', ({ rewrites }) => rewrites.length > 0)
	}
];
