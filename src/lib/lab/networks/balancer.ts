import { bare, neighbour } from './addresses';
import { Steps } from './steps';
import type { ReadyNetwork } from './types';

const INTERNET = '198.51.100.10';
const OTHER = '198.51.100.20';

/** A router that hands connections out to two servers. */
export const balancer: ReadyNetwork = {
	id: 'balancer',
	name: { en: 'A load balancer', zh: '负载均衡器' },
	about: {
		en: 'A router in front of two servers that do the same. Several connections come in one after the other; each has to stay with the server it was given. The rules are those of the balancer.',
		zh: '一台路由器后面有两台一样的服务器。几个连接先后进来，每个都必须一直留在分给它的那台服务器上。规则放在均衡器上。'
	},
	host: 'balancer',
	ports: [
		{
			id: 'outside',
			name: { en: 'Outside', zh: '外侧' },
			device: 'eth0',
			address: '203.0.113.10/24'
		},
		{
			id: 'inside',
			name: { en: 'First server’s side', zh: '第一台服务器一侧' },
			device: 'eth1',
			address: '10.0.1.1/24',
			behind: { name: { en: 'The first server', zh: '第一台服务器' }, address: '10.0.1.11' }
		},
		{
			id: 'second',
			name: { en: 'Second server’s side', zh: '第二台服务器一侧' },
			device: 'eth2',
			address: '10.0.2.1/24',
			behind: { name: { en: 'The second server', zh: '第二台服务器' }, address: '10.0.2.11' }
		}
	],
	port: 80,
	flows: [
		{
			id: 'in',
			name: {
				en: 'A client opens three connections, one after the other',
				zh: '一个客户端先后建立三个连接'
			},
			usual: true
		},
		{
			id: 'other',
			name: { en: 'Another client opens a connection', zh: '另一个客户端建立连接' },
			usual: true
		},
		{
			id: 'again',
			name: {
				en: 'After two minutes the first client opens one more',
				zh: '两分钟后第一个客户端再建立一个连接'
			},
			usual: false
		},
		{
			id: 'udp',
			name: {
				en: 'The client sends a datagram to the same port, UDP',
				zh: '客户端向同一端口发一个 UDP 数据报'
			},
			usual: false
		},
		{
			id: 'out',
			name: {
				en: 'The first server opens a connection to the Internet, port 443',
				zh: '第一台服务器向互联网的 443 端口建立连接'
			},
			usual: false
		},
		{
			id: 'ping',
			name: { en: 'The client pings the balancer', zh: '客户端 ping 均衡器' },
			usual: false
		}
	],
	sample: {
		nft: `table ip nat {
	chain prerouting {
		type nat hook prerouting priority dstnat; policy accept;
		iifname "eth0" tcp dport 80 dnat to numgen inc mod 2 map { 0 : 10.0.1.11, 1 : 10.0.2.11 }
	}
	chain postrouting {
		type nat hook postrouting priority srcnat; policy accept;
		oifname "eth0" masquerade
	}
}
table ip filter {
	chain forward {
		type filter hook forward priority filter; policy drop;
		ct state established,related accept
		iifname "eth0" ip daddr { 10.0.1.11, 10.0.2.11 } tcp dport 80 accept
		iifname { "eth1", "eth2" } accept
	}
}
`,
		iptables: `*nat
:PREROUTING ACCEPT [0:0]
:POSTROUTING ACCEPT [0:0]
-A PREROUTING -i eth0 -p tcp -m tcp --dport 80 -m statistic --mode nth --every 2 --packet 0 -j DNAT --to-destination 10.0.1.11
-A PREROUTING -i eth0 -p tcp -m tcp --dport 80 -j DNAT --to-destination 10.0.2.11
-A POSTROUTING -o eth0 -j MASQUERADE
COMMIT
*filter
:INPUT ACCEPT [0:0]
:FORWARD DROP [0:0]
:OUTPUT ACCEPT [0:0]
-A FORWARD -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT
-A FORWARD -i eth0 -p tcp -m tcp --dport 80 -j ACCEPT
-A FORWARD ! -i eth0 -j ACCEPT
COMMIT
`
	},
	scenario(choices, rules) {
		const { devices, port, flows } = choices;
		const [out, inside] = [choices.addresses.outside!, choices.addresses.inside!];
		const behind = choices.behind.inside!;
		const hop = neighbour(out, []);
		const [other, second] = [choices.addresses.second!, choices.behind.second!];
		const steps = new Steps();
		const sends = (id: string) => flows.includes(id);
		const [far, one, two] = ['clients/eth0', 'web1/eth0', 'web2/eth0'];
		/** Whichever server it comes to answers; the other one has nothing to answer. */
		const opens = (src: string, sport: number): void => {
			const syn = steps.send(far, {
				ip: { src, dst: bare(out) },
				tcp: { sport, dport: port, flags: 'S', seq: 1000 }
			});
			for (const web of [one, two]) {
				const synAck = steps.reply(web, syn, { tcp: { flags: 'SA', seq: 5000, ack: 1001 } });
				steps.reply(far, synAck, { tcp: { flags: 'A', seq: 1001, ack: 5001 } });
			}
		};
		if (sends('in')) for (const sport of [50001, 50002, 50003]) opens(INTERNET, sport);
		if (sends('other')) opens(OTHER, 50001);
		if (sends('again')) {
			steps.list.push({ advance: 120 });
			opens(INTERNET, 50004);
		}
		if (sends('udp'))
			steps.exchange(far, one, { src: INTERNET, dst: bare(out), sport: 50005, dport: port });
		if (sends('out'))
			steps.handshake(one, far, { src: behind, dst: INTERNET, sport: 40001, dport: 443 });
		if (sends('ping')) steps.ping(far, null, INTERNET, bare(out), 7);
		return {
			version: 1,
			hosts: {
				clients: {
					kind: 'wire',
					interfaces: {
						eth0: {
							address: [`${INTERNET}/24`, `${OTHER}/24`, `${hop}/${out.split('/')[1]}`],
							via: bare(out)
						}
					}
				},
				balancer: {
					kind: 'linux',
					interfaces: {
						[devices.outside!]: { address: out },
						[devices.inside!]: { address: inside },
						[devices.second!]: { address: other }
					},
					routes: [{ to: 'default', via: hop }],
					sysctl: { 'net.ipv4.ip_forward': 1 },
					...rules
				},
				web1: {
					kind: 'wire',
					interfaces: { eth0: { address: `${behind}/${inside.split('/')[1]}`, via: bare(inside) } }
				},
				web2: {
					kind: 'wire',
					interfaces: { eth0: { address: `${second}/${other.split('/')[1]}`, via: bare(other) } }
				}
			},
			links: [
				['clients/eth0', `balancer/${devices.outside}`],
				[`balancer/${devices.inside}`, 'web1/eth0'],
				[`balancer/${devices.second}`, 'web2/eth0']
			],
			steps: steps.list
		};
	}
};
