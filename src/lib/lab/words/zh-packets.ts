/** 数据包的叫法。 */
import type { Packet } from '$lib/engine';
import { icmpOf, tcpName } from './facts';

const ICMP_NAMES: Readonly<Record<string, string>> = {
	'0': '回显应答',
	'3': '目的不可达',
	'3/0': '网络不可达',
	'3/1': '主机不可达',
	'3/2': '协议不可达',
	'3/3': '端口不可达',
	'3/4': '需要分片',
	'3/13': '管理禁止',
	'5': '重定向',
	'8': '回显请求',
	'11': '超时',
	'12': '参数问题',
	'13': '时间戳请求',
	'14': '时间戳应答'
};

export function icmpName([type, code]: readonly [type: number, code: number]): string {
	return ICMP_NAMES[`${type}/${code}`] ?? ICMP_NAMES[type] ?? `ICMP 类型 ${type}`;
}

/** 数据包的简称：`SYN,ACK`、`UDP`、`端口不可达`。 */
export function packetName(packet: Packet): string {
	const icmp = icmpOf(packet);
	if (icmp) return icmpName(icmp);
	if (packet.ip.mf || packet.ip.offset > 0) return '分片';
	const { protocol } = packet.ip;
	return tcpName(packet) ?? (protocol === 17 ? 'UDP' : `协议 ${protocol}`);
}

export function the(packet: Packet): string {
	const name = packetName(packet);
	if (packet.l4.kind === 'tcp') return `一个 TCP 报文段（${name}）`;
	if (packet.l4.kind === 'udp') return '一个 UDP 数据报';
	if (packet.l4.kind === 'icmp')
		return name.startsWith('ICMP') ? `一个 ${name} 报文` : `一个 ICMP ${name}报文`;
	if (name === '分片') return '一个分片';
	return name.startsWith('协议') ? `一个${name} 的数据包` : `一个残缺的 ${name} 包`;
}
