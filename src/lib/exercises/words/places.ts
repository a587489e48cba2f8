/** Places where packets end, in words. */
import type { Words } from '../format/words';
import { same } from '../format/words';

const REASONS: Readonly<Record<string, Words>> = {
	'no route': { en: 'there is no route to its destination', zh: '没有到其目的地的路由' },
	'forwarding is off': { en: 'forwarding is off', zh: '没有开启转发' },
	'ttl exceeded': { en: 'its TTL is used up', zh: 'TTL 耗尽' },
	'too big': { en: 'it is too big for the next link', zh: '对下一段链路来说太大' },
	'to a broadcast address': {
		en: 'a raw socket may not send to a broadcast address',
		zh: '原始套接字不许向广播地址发送'
	},
	'longer than the interface takes': {
		en: 'it is longer than the MTU of the interface it comes in by',
		zh: '它超过了收包接口的 MTU'
	},
	'martian source': {
		en: 'no packet from outside can have this source',
		zh: '源地址不可能来自外部'
	},
	'reverse path filter': { en: 'the reverse path filter', zh: '反向路径过滤' },
	'interface is down': { en: 'the interface is down', zh: '接口已关闭' },
	'queue emptied': { en: 'what waited in the host was thrown away', zh: '主机中等待的包被丢弃' },
	'bad checksum': { en: 'its checksum is wrong', zh: '校验和错误' },
	'nobody there': {
		en: 'nobody on the wire has the next hop’s address',
		zh: '线路上没有下一跳的地址'
	},
	blackhole: { en: 'the route is a black hole', zh: '黑洞路由' },
	fragment: { en: 'it is a fragment', zh: '它是一个分片' }
};

/** Why a packet can end outside of any station. */
export const DROP_REASONS: readonly string[] = Object.keys(REASONS);

/** `forward/ip filter forward` or `no route`, in words. */
export function placeWords(where: string): Words {
	const reason = Object.hasOwn(REASONS, where) ? REASONS[where] : undefined;
	return reason ?? same(`\`${where}\``);
}
