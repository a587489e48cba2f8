/** NAT of each kind. */
import type { Scenario, Step } from '$lib/scenario/scenario';
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
	said,
	segment
} from '../build';
import type { State } from '../types';

const rewritten = (end: 'src' | 'dst' | 'sport' | 'dport', hook: string) =>
	said('nat', ({ rewrites }) => rewrites.some(({ field }) => field === end), hook);

const snat = (rule: string): string => chain('nat', 'postrouting', 'srcnat', [rule]);
const dnat = (rule: string): string => chain('nat', 'prerouting', 'dstnat', [rule]);

const OUT: Step = datagram('server/eth0', SERVER, CLIENT, 5000, 53);

/** Client and server on one wire; the client calls the server by the gateway's outer address. */
function hairpin(): Scenario {
	const scenario = gateway(
		dnat('ip daddr 198.51.100.1 tcp dport 80 dnat to 10.0.0.2') +
			snat('ip saddr 10.0.0.0/24 ip daddr 10.0.0.2 masquerade'),
		[
			{
				send: {
					from: 'neighbour/eth0',
					packet: {
						ip: { src: '10.0.0.3', dst: OUTER },
						tcp: { sport: 40000, dport: 80, flags: 'S', seq: 1000 }
					}
				}
			},
			{
				send: {
					from: 'server/eth0',
					replyTo: 0,
					packet: { tcp: { flags: 'SA', seq: 5000, ack: 1001 } }
				}
			}
		]
	);
	return {
		...scenario,
		hosts: {
			...scenario.hosts,
			neighbour: {
				kind: 'wire',
				interfaces: { eth0: { address: '10.0.0.3/24', via: '10.0.0.1' } }
			}
		},
		links: [
			['client/eth0', 'gateway/ext'],
			['server/eth0', 'neighbour/eth0', 'gateway/int']
		]
	};
}

export const translations: readonly State[] = [
	{
		id: 'dnat',
		name: { en: 'DNAT', zh: 'DNAT' },
		about: {
			en: 'Destination and port are rewritten at PREROUTING; the reply tuple no longer mirrors the original one.',
			zh: '目的地址和端口在 PREROUTING 被改写；回复元组不再是原始元组的镜像。'
		},
		scenario: () => gateway(FORWARD + PUBLISH, [segment('S', OUTER, 80)]),
		at: rewritten('dst', 'prerouting')
	},
	{
		id: 'nat-rules',
		name: { en: 'A NAT rule decides', zh: 'NAT 规则作出决定' },
		about: {
			en: 'The NAT chain is asked: the reply tuple changes, the packet does not yet.',
			zh: 'NAT 链被询问：回复元组变了，包还没有变。'
		},
		scenario: () => gateway(FORWARD + PUBLISH, [segment('S', OUTER, 80)]),
		at: said('nat-rules', ({ decided }) => decided === 'by a rule')
	},
	{
		id: 'not-asked',
		name: { en: 'NAT chains are not asked again', zh: 'NAT 链不再被询问' },
		about: {
			en: 'For the third packet the chain stands there, pale, with the reason.',
			zh: '对第三个包，链还在那里，颜色变淡，并写着原因。'
		},
		scenario: () => gateway(FORWARD + PUBLISH, [...HANDSHAKE]),
		at: 'end'
	},
	{
		id: 'snat',
		name: { en: 'SNAT to a range', zh: 'SNAT 到一个范围' },
		about: {
			en: 'Source address and port come from the range that the rule names.',
			zh: '源地址和端口取自规则所写的范围。'
		},
		scenario: () =>
			gateway(snat('oifname "ext" meta l4proto udp snat to 198.51.100.1:6000-6009'), [OUT]),
		at: rewritten('src', 'postrouting')
	},
	{
		id: 'masquerade',
		name: { en: 'Masquerade', zh: 'masquerade' },
		about: {
			en: 'The source becomes the address of the interface that it leaves by.',
			zh: '源地址变成出接口的地址。'
		},
		scenario: () => gateway(snat('oifname "ext" masquerade'), [OUT]),
		at: rewritten('src', 'postrouting')
	},
	{
		id: 'redirect',
		name: { en: 'Redirect', zh: 'redirect' },
		about: {
			en: 'The destination becomes the host itself; the way goes to INPUT.',
			zh: '目的地址变成主机自己；路径转向 INPUT。'
		},
		scenario: () =>
			gateway(dnat('tcp dport 80 redirect to :3128'), [segment('S', '203.0.113.5', 80)]),
		at: rewritten('dst', 'prerouting')
	},
	{
		id: 'both',
		name: { en: 'DNAT and SNAT in one flow', zh: '同一条流里的 DNAT 和 SNAT' },
		about: {
			en: 'Both ends are translated: the reply tuple has nothing left of the original one.',
			zh: '两端都被转换：回复元组里没有留下原始元组的任何东西。'
		},
		scenario: () => gateway(PUBLISH + snat('oifname "int" masquerade'), [segment('S', OUTER, 80)]),
		at: rewritten('src', 'postrouting')
	},
	{
		id: 'port-clash',
		name: { en: 'A port that is taken', zh: '端口已被占用' },
		about: {
			en: 'Two hosts behind one address use the same port: the second gets another one.',
			zh: '同一地址后面的两台主机用了同一个端口：第二台得到另一个端口。'
		},
		scenario: () =>
			gateway(snat('oifname "ext" masquerade'), [
				OUT,
				datagram('server/eth0', '10.0.0.3', CLIENT, 5000, 53)
			]),
		at: rewritten('sport', 'postrouting')
	},
	{
		id: 'null-binding',
		name: { en: 'NAT that changes nothing', zh: '什么也不改的 NAT' },
		about: {
			en: 'A NAT chain is asked and no rule matches: the ends stay as they are, and that is written down too.',
			zh: 'NAT 链被询问，没有规则匹配：两端保持原样，这也被记了下来。'
		},
		scenario: () => gateway(FORWARD + PUBLISH, [OUT]),
		at: said('nat-rules', ({ decided }) => decided === 'no rule')
	},
	{
		id: 'hairpin',
		name: {
			en: 'Hairpin: back out of the interface it came in by',
			zh: '发夹：从进来的接口再出去'
		},
		about: {
			en: 'The client stands beside the server and calls it by the outer address: both ends are translated, and the packet turns round.',
			zh: '客户端就在服务器旁边，却用外侧地址访问它：两端都被转换，包掉头回去。'
		},
		scenario: hairpin,
		at: rewritten('src', 'postrouting')
	}
];
