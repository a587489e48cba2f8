/** Random iptables rulesets for the generator, and random changes to them. */
import type { Random } from './random';

const PORTS = [22, 53, 80, 443, 8080];

function toPort(random: Random): string {
	const where = random.pick(['', '-d 198.51.100.1/32 ', '-i ext ', '-d 198.51.100.1/32 -i ext ']);
	const protocol = random.pick(['tcp', 'udp']);
	return `${where}-p ${protocol} -m ${protocol} --dport ${random.pick(PORTS)}`;
}

export function preroutingRule(random: Random): string {
	return random.weighted<() => string>([
		[3, () => `${toPort(random)} -j DNAT --to-destination 10.0.0.${random.pick([2, 3])}`],
		[
			3,
			() =>
				`${toPort(random)} -j DNAT --to-destination 10.0.0.${random.pick([2, 3])}:${random.pick(PORTS)}`
		],
		[1, () => '-d 198.51.100.2/32 -j DNAT --to-destination 10.0.0.3'],
		[2, () => `${toPort(random)} -j REDIRECT --to-ports 9000`],
		[1, () => `${toPort(random)} -j DNAT --to-destination 10.0.0.2:9100-9999`],
		[1, () => '-i ext -p tcp -m multiport --dports 80,443 -j WEB'],
		[1, () => `${toPort(random)} -j RETURN`]
	])();
}

export function postroutingRule(random: Random): string {
	return random.weighted([
		[3, '-o ext -j MASQUERADE'],
		[1, '-o int -j MASQUERADE'],
		[2, '-s 10.0.0.0/24 ! -o int -j MASQUERADE'],
		[2, '-s 10.0.0.0/24 -o ext -j SNAT --to-source 198.51.100.2'],
		[1, '-o ext -p tcp -j SNAT --to-source 198.51.100.1:2000-2999'],
		[1, '-o ext -p udp -j MASQUERADE --to-ports 3000-3999'],
		[1, '-o ext -p tcp -j MASQUERADE --to-ports 3000'],
		[1, '-s 10.0.0.3/32 -j ACCEPT']
	]);
}

export function filterRule(random: Random): string {
	return random.weighted([
		[4, '-m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT'],
		[3, '-m conntrack --ctstate INVALID -j DROP'],
		[2, '-m conntrack --ctstate DNAT -j ACCEPT'],
		[1, '-m conntrack --ctstate SNAT -j ACCEPT'],
		[2, '-i int -j ACCEPT'],
		[2, '-p tcp -m multiport --dports 80,443,8080 -j ACCEPT'],
		[2, '-p tcp -m tcp --tcp-flags FIN,SYN,RST,ACK SYN -j ACCEPT'],
		[1, '-p tcp -m conntrack --ctstate NEW -m tcp ! --tcp-flags FIN,SYN,RST,ACK SYN -j DROP'],
		[2, '-p udp -m udp --dport 53 -j ACCEPT'],
		[2, '-p icmp -j ACCEPT'],
		[1, '-p icmp -m icmp --icmp-type 8 -j ACCEPT'],
		[1, '-m connmark --mark 0x7 -j ACCEPT'],
		[1, '-m mark --mark 0x9 -j DROP'],
		[1, '-p tcp -m tcp --dport 22 -j REJECT --reject-with tcp-reset'],
		[1, '-j REJECT --reject-with icmp-port-unreachable'],
		[1, '-s 198.51.100.11/32 -j REJECT --reject-with icmp-host-prohibited'],
		[1, '-m conntrack --ctdir REPLY -j ACCEPT'],
		[1, '-m conntrack --ctorigdst 198.51.100.1/32 -j ACCEPT'],
		[1, '-m conntrack --ctstatus ASSURED -j ACCEPT'],
		[
			1,
			'-m state --state NEW -m udp -p udp --sport 5001 -j DROP'.replace(
				/-m udp -p udp/,
				'-p udp -m udp'
			)
		],
		[1, '-m addrtype --dst-type LOCAL -j ACCEPT'],
		[1, '-m iprange --src-range 10.0.0.3-10.0.0.9 -j DROP'],
		[1, '-j MORE']
	]);
}

export function rawRule(random: Random): string {
	return random.pick([
		'-s 198.51.100.11/32 -p udp -j CT --notrack',
		'-p udp -m udp --dport 53 -j NOTRACK',
		'-p tcp -m tcp --sport 8080 -j CT --notrack',
		'-p udp -m udp --dport 9 -j CT --zone 1'
	]);
}

export function mangleRule(random: Random): string {
	return random.pick([
		'-s 198.51.100.11/32 -j CONNMARK --set-xmark 0x7/0xffffffff',
		'-m conntrack --ctstate NEW -j CONNMARK --set-xmark 0x7/0xffffffff',
		'-p udp -m udp --dport 8080 -j MARK --set-xmark 0x9/0xffffffff',
		'-j CONNMARK --restore-mark --nfmask 0xffffffff --ctmask 0xffffffff'
	]);
}

/** A whole ruleset, as iptables-save prints one. */
export function iptablesRuleset(random: Random): string[] {
	const append = (chain: string, rules: readonly string[]) =>
		rules.map((rule) => `-A ${chain} ${rule}`);
	return [
		'*raw',
		':PREROUTING ACCEPT [0:0]',
		':OUTPUT ACCEPT [0:0]',
		...append('PREROUTING', random.chance(0.4) ? [rawRule(random)] : []),
		'COMMIT',
		'*mangle',
		':PREROUTING ACCEPT [0:0]',
		':INPUT ACCEPT [0:0]',
		':FORWARD ACCEPT [0:0]',
		':OUTPUT ACCEPT [0:0]',
		':POSTROUTING ACCEPT [0:0]',
		...append('PREROUTING', random.chance(0.5) ? [mangleRule(random)] : []),
		'COMMIT',
		'*nat',
		':PREROUTING ACCEPT [0:0]',
		':INPUT ACCEPT [0:0]',
		':OUTPUT ACCEPT [0:0]',
		':POSTROUTING ACCEPT [0:0]',
		':WEB - [0:0]',
		...append(
			'PREROUTING',
			random.upTo(3, () => preroutingRule(random))
		),
		...append(
			'OUTPUT',
			random.chance(0.4) ? ['-p udp -m udp --dport 53 -j DNAT --to-destination 10.0.0.2:5353'] : []
		),
		...append(
			'POSTROUTING',
			random.upTo(2, () => postroutingRule(random))
		),
		'-A WEB -p tcp -m tcp --dport 443 -j DNAT --to-destination 10.0.0.2:8443',
		'-A WEB -p tcp -j DNAT --to-destination 10.0.0.3:8080',
		'COMMIT',
		'*filter',
		':INPUT ACCEPT [0:0]',
		`:FORWARD ${random.pick(['ACCEPT', 'DROP'])} [0:0]`,
		':OUTPUT ACCEPT [0:0]',
		':MORE - [0:0]',
		...append(
			'INPUT',
			random.upTo(2, () => filterRule(random))
		),
		...append(
			'FORWARD',
			random.upTo(5, () => filterRule(random))
		),
		'-A MORE -p udp -m udp --dport 53 -j RETURN',
		'-A MORE -s 10.0.0.3/32 -j DROP',
		'COMMIT'
	];
}

/** A command that changes or lists such a ruleset. */
export function iptablesCommand(random: Random): string {
	return random.weighted<() => string>([
		[3, () => `iptables -A FORWARD ${filterRule(random)}`],
		[3, () => `iptables -I FORWARD ${filterRule(random)}`],
		[1, () => 'iptables -F FORWARD'],
		[1, () => `iptables -P FORWARD ${random.pick(['ACCEPT', 'DROP'])}`],
		[1, () => 'iptables -D FORWARD 1'],
		[2, () => `iptables -t nat -A PREROUTING ${preroutingRule(random)}`],
		[2, () => `iptables -t nat -I POSTROUTING ${postroutingRule(random)}`],
		[1, () => 'iptables -t nat -F PREROUTING'],
		[1, () => `iptables -t raw -A PREROUTING ${rawRule(random)}`],
		[1, () => 'iptables -t nat -S'],
		[1, () => 'iptables -S FORWARD'],
		[1, () => 'iptables-save -t filter']
	])();
}
