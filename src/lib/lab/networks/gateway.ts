import { bare, neighbour } from './addresses';
import { Steps } from './steps';
import type { ReadyNetwork } from './types';

const INTERNET = '198.51.100.10';

/** A gateway with a network behind it: a client that goes out, a server that is to be reached. */
export const gateway: ReadyNetwork = {
	id: 'gateway',
	name: { en: 'A gateway', zh: '网关' },
	about: {
		en: 'A router with the Internet on one side. Behind it, on one wire, stand a client that goes out and a server that is to be reached from outside. The rules are those of the gateway.',
		zh: '一台路由器，一侧是互联网；另一侧的同一条线路上有一个要上网的客户端和一个要让外面访问的服务器。规则放在网关上。'
	},
	host: 'gateway',
	ports: [
		{
			id: 'outside',
			name: { en: 'Outside', zh: '外侧' },
			device: 'eth0',
			address: '203.0.113.1/24'
		},
		{
			id: 'inside',
			name: { en: 'Inside', zh: '内侧' },
			device: 'eth1',
			address: '192.168.1.1/24',
			behind: { name: { en: 'The server behind it', zh: '后面的服务器' }, address: '192.168.1.10' }
		}
	],
	port: 80,
	flows: [
		{
			id: 'out',
			name: {
				en: 'The client opens a TCP connection to the Internet, port 443',
				zh: '客户端向互联网的 443 端口建立 TCP 连接'
			},
			usual: true
		},
		{
			id: 'dns',
			name: {
				en: 'The client asks a name server, UDP port 53, and is answered',
				zh: '客户端向 UDP 53 端口查询域名并得到应答'
			},
			usual: true
		},
		{
			id: 'in',
			name: {
				en: 'Somebody outside opens a connection to the gateway’s port',
				zh: '外面有人向网关的端口建立连接'
			},
			usual: true
		},
		{
			id: 'hairpin',
			name: {
				en: 'The client does the same from inside (hairpin)',
				zh: '客户端从内侧这样做（发夹）'
			},
			usual: false
		},
		{
			id: 'straight',
			name: {
				en: 'Somebody outside sends straight to the server’s own address',
				zh: '外面有人直接发往服务器自己的地址'
			},
			usual: false
		},
		{
			id: 'self',
			name: {
				en: 'The client calls the gateway itself, TCP port 22',
				zh: '客户端访问网关本机的 TCP 22 端口'
			},
			usual: false
		},
		{
			id: 'stray',
			name: {
				en: 'A SYN/ACK from outside that belongs to nothing',
				zh: '外面来的 SYN/ACK，不属于任何连接'
			},
			usual: false
		},
		{
			id: 'ping',
			name: { en: 'The client pings a host outside', zh: '客户端 ping 外面的主机' },
			usual: false
		}
	],
	sample: {
		nft: `table ip nat {
	chain prerouting {
		type nat hook prerouting priority dstnat; policy accept;
		iifname "eth0" tcp dport 80 dnat to 192.168.1.10:8080
	}
	chain postrouting {
		type nat hook postrouting priority srcnat; policy accept;
		oifname "eth0" masquerade
	}
}
table inet filter {
	chain forward {
		type filter hook forward priority filter; policy drop;
		ct state established,related accept
		ct state invalid drop
		ct status dnat accept
		iifname "eth1" accept
	}
}
`,
		iptables: `*nat
:PREROUTING ACCEPT [0:0]
:POSTROUTING ACCEPT [0:0]
-A PREROUTING -i eth0 -p tcp -m tcp --dport 80 -j DNAT --to-destination 192.168.1.10:8080
-A POSTROUTING -o eth0 -j MASQUERADE
COMMIT
*filter
:INPUT ACCEPT [0:0]
:FORWARD DROP [0:0]
:OUTPUT ACCEPT [0:0]
-A FORWARD -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT
-A FORWARD -m conntrack --ctstate INVALID -j DROP
-A FORWARD -m conntrack --ctstate DNAT -j ACCEPT
-A FORWARD -i eth1 -j ACCEPT
COMMIT
`
	},
	scenario(choices, rules) {
		const { devices, port, flows } = choices;
		const [out, inside] = [choices.addresses.outside!, choices.addresses.inside!];
		const behind = choices.behind.inside!;
		const length = inside.split('/')[1]!;
		const hop = neighbour(out, []);
		const client = neighbour(inside, [behind]);
		const steps = new Steps();
		const sends = (id: string) => flows.includes(id);
		const [near, far, server] = ['client/eth0', 'internet/eth0', 'server/eth0'];
		if (sends('out'))
			steps.handshake(near, far, { src: client, dst: INTERNET, sport: 40001, dport: 443 });
		if (sends('dns'))
			steps.exchange(near, far, { src: client, dst: INTERNET, sport: 40002, dport: 53 });
		if (sends('in'))
			steps.handshake(far, server, { src: INTERNET, dst: bare(out), sport: 50001, dport: port });
		if (sends('hairpin'))
			steps.handshake(near, server, { src: client, dst: bare(out), sport: 40003, dport: port });
		if (sends('straight'))
			steps.handshake(far, server, { src: INTERNET, dst: behind, sport: 50002, dport: port });
		if (sends('self'))
			steps.send(near, {
				ip: { src: client, dst: bare(inside) },
				tcp: { sport: 40004, dport: 22, flags: 'S', seq: 1000 }
			});
		if (sends('stray'))
			steps.send(far, {
				ip: { src: INTERNET, dst: bare(out) },
				tcp: { sport: 443, dport: 40009, flags: 'SA', seq: 7000, ack: 1001 }
			});
		if (sends('ping')) steps.ping(near, far, client, INTERNET, 7);
		return {
			version: 1,
			hosts: {
				internet: {
					kind: 'wire',
					interfaces: {
						eth0: {
							address: [`${INTERNET}/24`, `${hop}/${out.split('/')[1]}`],
							via: bare(out)
						}
					}
				},
				gateway: {
					kind: 'linux',
					interfaces: {
						[devices.outside!]: { address: out },
						[devices.inside!]: { address: inside }
					},
					routes: [{ to: 'default', via: hop }],
					sysctl: { 'net.ipv4.ip_forward': 1 },
					...rules
				},
				client: {
					kind: 'wire',
					interfaces: { eth0: { address: `${client}/${length}`, via: bare(inside) } }
				},
				server: {
					kind: 'wire',
					interfaces: { eth0: { address: `${behind}/${length}`, via: bare(inside) } }
				}
			},
			links: [
				['internet/eth0', `gateway/${devices.outside}`],
				[`gateway/${devices.inside}`, 'client/eth0', 'server/eth0']
			],
			steps: steps.list
		};
	}
};
