/** `sysctl` in a scenario that somebody else wrote: it costs no more than it says, and sets what it names and nothing else. */
import { describe, expect, test } from 'vitest';
import { observe } from '../../src/lib/scenario/observe';
import { checkScenario } from '../../src/lib/scenario/scenario';

/** What commands on a gateway print, one after the other, and what then arrives of a packet that is to be forwarded. */
function run(commands: readonly string[], inside = 'int') {
	const checked = checkScenario({
		version: 1,
		hosts: {
			client: {
				kind: 'wire',
				interfaces: { eth0: { address: '198.51.100.10/24', via: '198.51.100.1' } }
			},
			gateway: {
				kind: 'linux',
				interfaces: { [inside]: { address: '198.51.100.1/24' }, out: { address: '10.0.0.1/24' } }
			},
			server: { kind: 'wire', interfaces: { eth0: { address: '10.0.0.2/24' } } }
		},
		links: [
			['client/eth0', `gateway/${inside}`],
			['server/eth0', 'gateway/out']
		],
		steps: [
			...commands.map((command) => ({ run: { on: 'gateway', command } })),
			{
				send: {
					from: 'client/eth0',
					packet: {
						ip: { src: '198.51.100.10', dst: '10.0.0.2' },
						udp: { sport: 40000, dport: 53 }
					}
				}
			}
		]
	});
	if (!checked.ok) throw new Error(JSON.stringify(checked.errors));
	const observed = observe(checked.scenario);
	if (!observed.ok) throw new Error(JSON.stringify(observed.errors));
	const steps = [...observed.observation.steps];
	return { sent: steps.pop()!, steps };
}

describe('the pattern of -a', () => {
	test('chooses by plain text, at the beginning and at the end', () => {
		const [some, none] = run(['sysctl -a --pattern udp_timeout$', 'sysctl -a -r ^udp']).steps;
		expect(some!.stdout).toEqual(['net.netfilter.nf_conntrack_udp_timeout = 30']);
		expect(none!.stdout).toEqual([]);
	});

	test.each(['(a+)+$', '(', '([a-z._]+)+!'])('%s is refused, and not tried', (pattern) => {
		const [step] = run([`sysctl -a --pattern '${pattern}'`]).steps;
		expect([step!.exit, step!.stdout]).toEqual([1, []]);
	});
});

describe('names that every object has', () => {
	test.each(['constructor', 'toString', '__proto__', 'hasOwnProperty'])(
		'%s is no setting',
		(name) => {
			const { steps } = run([
				`sysctl ${name}`,
				`sysctl net.ipv4.conf.int.${name}`,
				`sysctl -w net.ipv4.conf.int.${name}=1`,
				`sysctl --${name}`
			]);
			for (const step of steps) expect([step.exit, step.stdout]).toEqual([1, []]);
		}
	);

	test.each(['constructor', 'toString', 'valueOf'])(
		'an interface called %s forwards when it is told to',
		(name) => {
			expect(run([], name).sent.out).toEqual([]);
			expect(run(['sysctl -w net.ipv4.ip_forward=1'], name).sent.out).toHaveLength(1);
		}
	);
});
