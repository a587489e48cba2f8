/** A long afternoon at a gateway: what the Lab's speed is measured and tested with. */
import type { Scenario, Step } from '$lib/scenario/scenario';

export const RULES = `table ip nat {
	chain prerouting {
		type nat hook prerouting priority dstnat; policy accept;
		iifname "ext" ip daddr 198.51.100.1 tcp dport 80 dnat to 10.0.0.2:8080
	}
	chain postrouting {
		type nat hook postrouting priority srcnat; policy accept;
		oifname "ext" masquerade
	}
}
table ip filter {
	chain forward {
		type filter hook forward priority filter; policy drop;
		ct state established,related accept
		ct state invalid drop
		iifname "int" accept
		ct status dnat accept
	}
}`;

/** What flow `i` sends: a connection that comes in, one that goes out, a datagram that is dropped, or some time. */
function stepsOf(i: number): Step[] {
	const far = `203.0.${113 + (i >> 15)}.${1 + ((i >> 7) & 127)}`;
	const port = 1024 + (i % 60000);
	const tcp = (
		from: string,
		src: string,
		dst: string,
		sport: number,
		dport: number,
		flags: string,
		seq: number,
		ack = 0
	): Step => ({
		send: { from, packet: { ip: { src, dst }, tcp: { sport, dport, flags, seq, ack } } }
	});
	switch (i % 8) {
		case 7:
			return [{ advance: 1 }];
		case 6:
			return [
				{
					send: {
						from: 'internet/eth0',
						packet: { ip: { src: far, dst: '198.51.100.1' }, udp: { sport: port, dport: 53 } }
					}
				},
				{
					send: {
						from: 'internet/eth0',
						packet: { ip: { src: far, dst: '10.0.0.2' }, udp: { sport: port, dport: 53 } }
					}
				}
			];
		case 1:
		case 3:
			return [
				tcp('server/eth0', '10.0.0.2', far, port, 443, 'S', 1000),
				tcp('internet/eth0', far, '198.51.100.1', 443, port, 'SA', 9000, 1001),
				tcp('server/eth0', '10.0.0.2', far, port, 443, 'A', 1001, 9001)
			];
		default:
			return [
				tcp('internet/eth0', far, '198.51.100.1', port, 80, 'S', 1000),
				tcp('server/eth0', '10.0.0.2', far, 8080, port, 'SA', 9000, 1001),
				tcp('internet/eth0', far, '198.51.100.1', port, 80, 'A', 1001, 9001)
			];
	}
}

/** A scenario of about so many flows; each makes some 53 events. */
export function longScenario(flows: number): Scenario {
	return {
		version: 1,
		title: 'A long afternoon',
		hosts: {
			internet: {
				kind: 'wire',
				interfaces: { eth0: { address: '198.51.100.254/24', via: '198.51.100.1' } }
			},
			gateway: {
				kind: 'linux',
				interfaces: { ext: { address: '198.51.100.1/24' }, int: { address: '10.0.0.1/24' } },
				routes: [{ to: 'default', via: '198.51.100.254' }],
				sysctl: { 'net.ipv4.ip_forward': 1, 'net.netfilter.nf_conntrack_max': 1000000 },
				nft: RULES.split('\n')
			},
			server: { kind: 'wire', interfaces: { eth0: { address: '10.0.0.2/24', via: '10.0.0.1' } } }
		},
		links: [
			['internet/eth0', 'gateway/ext'],
			['server/eth0', 'gateway/int']
		],
		steps: Array.from({ length: flows }, (_, i) => stepsOf(i)).flat()
	};
}
