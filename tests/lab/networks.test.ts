import { describe, expect, test } from 'vitest';
import {
	checkChoices,
	interfacesNamed,
	networks,
	recognise,
	usualChoices
} from '../../src/lib/lab/networks';
import { observe } from '../../src/lib/scenario/observe';
import { acceptScenario } from '../../src/lib/scenario/link';
import type { Scenario } from '../../src/lib/scenario/scenario';

const all = networks.flatMap((network) =>
	(['nft', 'iptables'] as const).map((language) => [network.id, language, network] as const)
);

/** What arrived where, as `step: place source > destination`. */
function arrivals(scenario: Scenario): string[] {
	const observed = observe(scenario);
	if (!observed.ok) throw new Error(JSON.stringify(observed.errors));
	return observed.observation.steps.flatMap((step, i) =>
		(step.out ?? []).map(({ at, packet: { ip } }) => `${i}: ${at} ${ip!.src} > ${ip!.dst}`)
	);
}

describe('the ready networks', () => {
	test.each(all)('%s plays every packet it has, with its own %s rules', (_, language, network) => {
		const flows = network.flows.map(({ id }) => id);
		const choices = { ...usualChoices(network), flows };
		expect(checkChoices(choices)).toEqual({});
		const scenario = network.scenario(choices, { [language]: network.sample[language] });
		expect(acceptScenario(scenario)).toMatchObject({ ok: true });
		// Each flow sends something of its own.
		const lengths = flows.map(
			(id) => network.scenario({ ...choices, flows: [id] }, {}).steps.length
		);
		expect(lengths.every((length) => length > 0)).toBe(true);
		expect(lengths.reduce((sum, one) => sum + one, 0)).toBe(scenario.steps.length);
	});

	test.each(all)('%s: both samples do the same (%s)', (_, language, network) => {
		const choices = usualChoices(network);
		const nft = arrivals(network.scenario(choices, { nft: network.sample.nft }));
		expect(arrivals(network.scenario(choices, { [language]: network.sample[language] }))).toEqual(
			nft
		);
		expect(nft.length).toBeGreaterThan(4);
	});

	test('the gateway’s rules publish the server, hide the client, and are asked by nobody else', () => {
		const [gateway] = networks;
		const choices = usualChoices(gateway!);
		const seen = arrivals(gateway!.scenario(choices, { nft: gateway!.sample.nft }));
		expect(seen).toContain('0: internet/eth0 203.0.113.1 > 198.51.100.10');
		expect(seen).toContain('5: server/eth0 198.51.100.10 > 192.168.1.10');
		expect(seen).toContain('6: internet/eth0 203.0.113.1 > 198.51.100.10');
		// Without rules, the inner address is seen outside, and nobody behind is reached.
		const bare = arrivals(gateway!.scenario(choices, {}));
		expect(bare).toContain('0: internet/eth0 192.168.1.254 > 198.51.100.10');
		// The first packet comes by the server too: nobody on its wire knows yet where the gateway is.
		expect(bare.filter((line) => /^[5-9].*server/.test(line))).toEqual([]);
	});

	test('the balancer’s connections take turns, and each stays where it is', () => {
		const balancer = networks[2]!;
		const seen = arrivals(balancer.scenario(usualChoices(balancer), { nft: balancer.sample.nft }));
		const servers = seen.flatMap((line) => /(web\d)/.exec(line)?.[1] ?? []);
		// SYN and ACK of four connections.
		expect(servers).toEqual(['web1', 'web1', 'web2', 'web2', 'web1', 'web1', 'web2', 'web2']);
	});

	test('other names and addresses carry through', () => {
		const [gateway] = networks;
		const choices = {
			devices: { outside: 'wan0', inside: 'lan0' },
			addresses: { outside: '100.64.3.7/29', inside: '10.8.0.1/16' },
			behind: { inside: '10.8.4.4' },
			port: 2222,
			flows: ['out', 'in']
		};
		expect(checkChoices(choices)).toEqual({});
		const nft =
			'table ip nat { chain p { type nat hook prerouting priority -100; iifname "wan0" tcp dport 2222 dnat to 10.8.4.4:22; }\n chain o { type nat hook postrouting priority 100; oifname "wan0" masquerade; }\n}';
		const scenario = gateway!.scenario(choices, { nft });
		expect(acceptScenario(scenario)).toMatchObject({ ok: true });
		const seen = arrivals(scenario);
		expect(seen).toContain('0: internet/eth0 100.64.3.7 > 198.51.100.10');
		expect(seen).toContain('3: server/eth0 198.51.100.10 > 10.8.4.4');
	});

	test('choices that cannot be say which and why', () => {
		const usual = usualChoices(networks[0]!);
		const wrong = (change: Partial<typeof usual>) => checkChoices({ ...usual, ...change });
		expect(wrong({ devices: { outside: 'a b', inside: 'eth1' } })).toEqual({
			'device outside': 'name'
		});
		expect(wrong({ devices: { outside: 'eth1', inside: 'eth1' } })).toEqual({
			'device inside': 'same name'
		});
		expect(wrong({ addresses: { ...usual.addresses, outside: '203.0.113.1' } })).toEqual({
			'address outside': 'address'
		});
		expect(wrong({ addresses: { ...usual.addresses, outside: '203.0.113.1/31' } })).toEqual({
			'address outside': 'prefix'
		});
		expect(wrong({ addresses: { ...usual.addresses, outside: '192.168.1.77/16' } })).toEqual({
			'address inside': 'overlap'
		});
		expect(wrong({ behind: { inside: '10.0.0.1' } })).toEqual({ 'behind inside': 'not inside' });
		expect(wrong({ behind: { inside: '192.168.1.1' } })).toEqual({ 'behind inside': 'taken' });
		expect(wrong({ behind: { inside: 'server' } })).toEqual({ 'behind inside': 'address' });
		expect(wrong({ port: 70000 })).toEqual({ port: 'port' });
	});
});

describe('a pasted text', () => {
	const { nft, iptables } = networks[0]!.sample;

	test('is recognised', () => {
		expect(recognise('', null).languages).toEqual([]);
		expect(recognise('# nothing\n\n', null).languages).toEqual([]);
		expect(recognise(nft, null).languages).toEqual(['nft']);
		expect(recognise(`#!/usr/sbin/nft -f\nflush ruleset\n${nft}`, null).languages).toEqual(['nft']);
		expect(recognise('add table ip t\nadd chain ip t c', null).languages).toEqual(['nft']);
		expect(recognise(iptables, null).languages).toEqual(['iptables']);
		expect(recognise(iptables.replaceAll('\n', '\r\n'), null).texts.iptables).not.toContain('\r');
		expect(
			recognise('create web hash:ip,port\nadd web 198.51.100.1,tcp:80', null).languages
		).toEqual(['ipset']);
		expect(recognise(nft, 'iptables').languages).toEqual(['iptables']);
	});

	test('sets and iptables rules in one go are told apart, and lines keep their numbers', () => {
		const both = `create web hash:ip family inet\nadd web 198.51.100.10\n${iptables}`;
		const { languages, texts } = recognise(both, null);
		expect(languages).toEqual(['iptables', 'ipset']);
		expect(texts.ipset!.trim().split('\n')).toHaveLength(2);
		expect(texts.iptables!.split('\n').slice(0, 3)).toEqual(['', '', '*nat']);
		expect(texts.iptables!.split('\n')).toHaveLength(both.split('\n').length);
	});

	test('what looks like rules and is not read is named', () => {
		expect(recognise('iptables -t nat -A POSTROUTING -j MASQUERADE', null).instead).toBe(
			'iptables commands'
		);
		expect(
			recognise('Chain INPUT (policy ACCEPT)\ntarget prot opt source destination', null).instead
		).toBe('iptables -L');
	});

	test('the interfaces that it names are found', () => {
		expect(interfacesNamed(nft)).toEqual(['eth0', 'eth1']);
		expect(interfacesNamed(iptables)).toEqual(['eth0', 'eth1']);
		expect(
			interfacesNamed(
				'iifname { "a0", b1 } oif != "c2" accept\n# iifname "no"\niifname "veth*" drop'
			)
		).toEqual(['a0', 'b1', 'c2']);
		expect(
			interfacesNamed('-A FORWARD ! -o br-lan -i wg0 -j ACCEPT\n-A X -i veth+ -j DROP')
		).toEqual(['br-lan', 'wg0']);
		// Firewalld's check of the way back names none; a variable stands for what it was defined as.
		expect(interfacesNamed('fib saddr . mark . iif oif missing drop')).toEqual([]);
		expect(
			interfacesNamed(
				'define WAN = wan0\ndefine LANS = { lan0, lan1 }\noifname $WAN iif $LANS accept'
			)
		).toEqual(['wan0', 'lan0', 'lan1']);
	});
});
