/** What happens to a random network while packets pass: rules, routes, addresses, links, sysctls and entries. */
import { conntrackCommand } from './generator-gateway';
import { iptablesCommand } from './generator-iptables';
import { asOf, besideIptables, masked } from './generator-networks-hosts';
import type { Rules } from './generator-networks-hosts';
import { ALONE, NOBODY, at, nextAbove, wholeNet, withLength } from './generator-networks-place';
import type { Net, Places, Router } from './generator-networks-place';
import { nftCommand } from './generator-nft';
import type { Command, Flow } from './generator-theme';
import type { Random } from './random';

const KNOBS = [
	'udp_timeout=2',
	'udp_timeout=30',
	'udp_timeout_stream=5',
	'icmp_timeout=2',
	'generic_timeout=2',
	'tcp_loose=0',
	'tcp_loose=1',
	'tcp_be_liberal=1',
	'tcp_max_retrans=1',
	'tcp_ignore_invalid_rst=1',
	'tcp_timeout_established=5',
	'tcp_timeout_syn_recv=2',
	'tcp_timeout_fin_wait=2',
	'tcp_timeout_close=2',
	'tcp_timeout_time_wait=2',
	'tcp_timeout_unacknowledged=5',
	'checksum=0',
	'acct=1',
	'events=0',
	'events=1'
];

const WHOLE_TABLES = [
	'nft delete table ip nat',
	'nft flush table ip nat',
	'nft flush table ip filter',
	'nft delete table ip extra',
	'nft flush ruleset',
	'nft add table ip late { chain post { type nat hook postrouting priority 110; oifname "ext" masquerade; }; }',
	'nft add table ip late { chain pre { type nat hook prerouting priority -90; tcp dport 443 redirect to :80; }; }',
	'nft delete table ip late'
];

/** A change to the rules of a router; `null` where it has none to change. */
function ruleChange(random: Random, router: Router, above: Net, rules: Rules): string {
	const own = asOf(router, above);
	const iptables = () => own(iptablesCommand(random));
	const nft = () => own(random.chance(0.8) ? nftCommand(random) : random.pick(WHOLE_TABLES));
	switch (rules) {
		case 'nft':
			return nft();
		case 'iptables':
			return iptables();
		case 'both':
			return random.chance(0.5)
				? iptables()
				: besideIptables(nft()).replace('flush ruleset', 'list ruleset');
		default:
			return random.pick(WHOLE_TABLES);
	}
}

function routeChange(random: Random, places: Places, i: number): string {
	const { routers, nets } = places;
	const { inner } = routers[i]!;
	const up = nextAbove(places, i);
	const down = at(inner, 2);
	const goal = random.pick([
		`${at(nets.at(-1)!, 10)}/32`,
		`${at(nets[0]!, 2)}/32`,
		`${NOBODY}/32`,
		wholeNet(masked(nets[0]!)),
		'192.0.2.0/24'
	]);
	return random.weighted([
		[3, `ip route replace default via ${up}`],
		[2, 'ip route del default'],
		[2, `ip route add ${goal} via ${random.pick([up, down])}`],
		[1, `ip route replace ${goal} via ${random.pick([up, down])}`],
		[2, `ip route del ${goal}`],
		[2, `ip route add ${random.pick(['blackhole', 'unreachable', 'prohibit'])} ${goal}`]
	]);
}

/** An address that somebody sends by goes only where that is a wire host: it would go on sending. */
function addressChange(random: Random, { ends, nets }: Places, { outer }: Router): string {
	const above = ends.filter(({ net }) => net === outer);
	const free = outer === nets.at(-1) && above.length === 1 && !above[0]!.linux;
	return random.weighted([
		[free ? 4 : 0, `ip addr del ${withLength(outer, 2)} dev ext`],
		[free ? 6 : 0, `ip addr add ${withLength(outer, 2)} dev ext`],
		[free ? 2 : 0, `ip addr add ${withLength(outer, 3)} dev ext`],
		[1, `ip addr del ${ALONE}/32 dev ext`],
		[1, `ip addr add ${ALONE}/32 dev ext`]
	]);
}

/** Changes to a network, one after the other. */
export function networkChanges(
	places: Places,
	rules: readonly Rules[]
): (random: Random) => Command {
	const { routers, nets } = places;
	const down: Command[] = [];
	const link = (random: Random, { name: on, dmz }: Router): Command => {
		const at = random.below(down.length);
		if (down.length > 0 && random.chance(0.8)) return down.splice(at, 1)[0]!;
		const device = random.pick(['ext', 'ext', 'int', ...(dmz ? ['dmz'] : [])]);
		down.push({ on, command: `ip link set ${device} up` });
		return { on, command: `ip link set ${device} down` };
	};
	return (random) => {
		const i = random.below(routers.length);
		const router = routers[i]!;
		const on = router.name;
		return random.weighted<() => Command>([
			[8, () => ({ on, command: ruleChange(random, router, nets.at(-1)!, rules[i]!) })],
			[3, () => ({ on, command: `sysctl -w net.netfilter.nf_conntrack_${random.pick(KNOBS)}` })],
			[
				2,
				() => {
					const name = random.pick(['ip_forward', 'conf.all.rp_filter', 'conf.ext.rp_filter']);
					return { on, command: `sysctl -w net.ipv4.${name}=${random.below(2)}` };
				}
			],
			[3, () => ({ on, command: routeChange(random, places, i) })],
			[2, () => ({ on, command: addressChange(random, places, router) })],
			[down.length > 0 ? 5 : 1, () => link(random, router)]
		])();
	};
}

/** A `conntrack` command about what there is, or about one flow. */
export function networkCommand(
	places: Places
): (random: Random, flows: readonly Flow[]) => Command {
	const { routers, ends, nets } = places;
	const names = [...routers, ...ends.filter(({ linux }) => linux)].map(({ name }) => name);
	return (random, flows) => {
		const on = random.pick(names);
		const router = random.pick(routers);
		const known = flows.filter(({ ports }) => ports);
		if (known.length === 0 || random.chance(0.5))
			return { on, command: asOf(router, nets.at(-1)!)(conntrackCommand(random)) };
		const { route, ports, connection } = random.pick(known);
		const { sport, dport } = ports!;
		const which = `-p ${connection ? 'tcp' : 'udp'} -s ${route.src} -d ${route.dst} --sport ${sport} --dport ${dport}`;
		const what = random.weighted([
			[3, '-D'],
			[1, '-L'],
			[1, '-U -m 7'],
			[1, '-U -t 4'],
			[1, '-U -u ASSURED']
		]);
		const [command, ...rest] = what.split(' ');
		return { on, command: ['conntrack', command, which, ...rest].join(' ') };
	};
}
