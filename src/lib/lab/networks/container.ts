import { bare, neighbour } from './addresses';
import { Steps } from './steps';
import type { ReadyNetwork } from './types';

const INTERNET = '198.51.100.10';

/** A host with a container on a bridge, as Docker sets one up: published ports, and the host's own packets. */
export const container: ReadyNetwork = {
	id: 'container',
	name: { en: 'A host with a container', zh: '带容器的主机' },
	about: {
		en: 'A server with the Internet on one side and a container on its bridge, as Docker sets it up. Besides what passes through, the host sends packets of its own. The rules are those of the host.',
		zh: '一台服务器，一侧是互联网，网桥上有一个容器，就像 Docker 布置的那样。除了经过它的包，主机自己也发包。规则放在主机上。'
	},
	host: 'host',
	ports: [
		{
			id: 'outside',
			name: { en: 'Outside', zh: '外侧' },
			device: 'eth0',
			address: '203.0.113.5/24'
		},
		{
			id: 'inside',
			name: { en: 'Bridge', zh: '网桥' },
			device: 'docker0',
			address: '172.17.0.1/16',
			behind: { name: { en: 'The container', zh: '容器' }, address: '172.17.0.2' }
		}
	],
	port: 8080,
	flows: [
		{
			id: 'in',
			name: {
				en: 'Somebody outside opens a connection to the host’s port',
				zh: '外面有人向主机的端口建立连接'
			},
			usual: true
		},
		{
			id: 'out',
			name: {
				en: 'The container opens a TCP connection to the Internet, port 443',
				zh: '容器向互联网的 443 端口建立 TCP 连接'
			},
			usual: true
		},
		{
			id: 'own',
			name: {
				en: 'The host calls its own port, by its outside address',
				zh: '主机用自己的外侧地址访问自己的端口'
			},
			usual: true
		},
		{
			id: 'hairpin',
			name: {
				en: 'The container calls the host’s port (hairpin)',
				zh: '容器访问主机的端口（发夹）'
			},
			usual: false
		},
		{
			id: 'local',
			name: {
				en: 'The host itself asks a name server, UDP port 53',
				zh: '主机自己向 UDP 53 端口查询域名'
			},
			usual: false
		},
		{
			id: 'straight',
			name: {
				en: 'Somebody outside sends straight to the container’s own address',
				zh: '外面有人直接发往容器自己的地址'
			},
			usual: false
		},
		{
			id: 'ssh',
			name: {
				en: 'Somebody outside calls TCP port 22 of the host',
				zh: '外面有人访问主机的 TCP 22 端口'
			},
			usual: false
		}
	],
	sample: {
		nft: `table ip nat {
	chain DOCKER {
		iifname "docker0" return
		iifname != "docker0" tcp dport 8080 dnat to 172.17.0.2:80
	}
	chain PREROUTING {
		type nat hook prerouting priority dstnat; policy accept;
		fib daddr type local jump DOCKER
	}
	chain OUTPUT {
		type nat hook output priority -100; policy accept;
		ip daddr != 127.0.0.0/8 fib daddr type local jump DOCKER
	}
	chain POSTROUTING {
		type nat hook postrouting priority srcnat; policy accept;
		oifname != "docker0" ip saddr 172.17.0.0/16 masquerade
	}
}
table ip filter {
	chain FORWARD {
		type filter hook forward priority filter; policy drop;
		oifname "docker0" ct state related,established accept
		oifname "docker0" iifname != "docker0" ip daddr 172.17.0.2 tcp dport 80 accept
		iifname "docker0" accept
	}
}
`,
		iptables: `*nat
:PREROUTING ACCEPT [0:0]
:INPUT ACCEPT [0:0]
:OUTPUT ACCEPT [0:0]
:POSTROUTING ACCEPT [0:0]
:DOCKER - [0:0]
-A PREROUTING -m addrtype --dst-type LOCAL -j DOCKER
-A OUTPUT ! -d 127.0.0.0/8 -m addrtype --dst-type LOCAL -j DOCKER
-A POSTROUTING -s 172.17.0.0/16 ! -o docker0 -j MASQUERADE
-A DOCKER -i docker0 -j RETURN
-A DOCKER ! -i docker0 -p tcp -m tcp --dport 8080 -j DNAT --to-destination 172.17.0.2:80
COMMIT
*filter
:INPUT ACCEPT [0:0]
:FORWARD DROP [0:0]
:OUTPUT ACCEPT [0:0]
:DOCKER - [0:0]
-A FORWARD -o docker0 -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT
-A FORWARD -o docker0 -j DOCKER
-A FORWARD -i docker0 ! -o docker0 -j ACCEPT
-A DOCKER -d 172.17.0.2/32 ! -i docker0 -o docker0 -p tcp -m tcp --dport 80 -j ACCEPT
COMMIT
`
	},
	scenario(choices, rules) {
		const { devices, port, flows } = choices;
		const [out, inside] = [choices.addresses.outside!, choices.addresses.inside!];
		const behind = choices.behind.inside!;
		const hop = neighbour(out, []);
		const steps = new Steps();
		const sends = (id: string) => flows.includes(id);
		const [box, far] = ['container/eth0', 'internet/eth0'];
		if (sends('in'))
			steps.handshake(far, box, { src: INTERNET, dst: bare(out), sport: 50001, dport: port });
		if (sends('out'))
			steps.handshake(box, far, { src: behind, dst: INTERNET, sport: 40001, dport: 443 });
		if (sends('own')) {
			const syn = steps.send('host', {
				ip: { src: bare(out), dst: bare(out) },
				tcp: { sport: 40002, dport: port, flags: 'S', seq: 1000 }
			});
			steps.reply(box, syn, { tcp: { flags: 'SA', seq: 5000, ack: 1001 } });
		}
		if (sends('hairpin'))
			steps.handshake(box, box, { src: behind, dst: bare(out), sport: 40003, dport: port });
		if (sends('local'))
			steps.exchange('host', far, { src: bare(out), dst: INTERNET, sport: 40004, dport: 53 });
		if (sends('straight'))
			steps.handshake(far, box, { src: INTERNET, dst: behind, sport: 50002, dport: 80 });
		if (sends('ssh'))
			steps.send(far, {
				ip: { src: INTERNET, dst: bare(out) },
				tcp: { sport: 50003, dport: 22, flags: 'S', seq: 1000 }
			});
		return {
			version: 1,
			hosts: {
				internet: {
					kind: 'wire',
					interfaces: {
						eth0: { address: [`${INTERNET}/24`, `${hop}/${out.split('/')[1]}`], via: bare(out) }
					}
				},
				host: {
					kind: 'linux',
					interfaces: {
						[devices.outside!]: { address: out },
						[devices.inside!]: { address: inside }
					},
					routes: [{ to: 'default', via: hop }],
					sysctl: { 'net.ipv4.ip_forward': 1 },
					...rules
				},
				container: {
					kind: 'wire',
					interfaces: { eth0: { address: `${behind}/${inside.split('/')[1]}`, via: bare(inside) } }
				}
			},
			links: [
				['internet/eth0', `host/${devices.outside}`],
				[`host/${devices.inside}`, 'container/eth0']
			],
			steps: steps.list
		};
	}
};
