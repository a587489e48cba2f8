// Each claim about behaviour in the lesson "Localhost is different", held against the engine.
import { describe, expect, test } from 'vitest';
import type { LabStep } from './lesson-lab';
import { lessonScenario, natRules, rewrites, varied, walk } from './lesson-lab';

const hooks = ({ events }: LabStep) =>
	events.flatMap((event) =>
		event.kind === 'hook' && event.host === 'gateway' ? [event.hook] : []
	);
const outputs = ({ events }: LabStep) =>
	events.flatMap((event) => (event.kind === 'out' ? [event.interface] : []));

describe('the gateway asks itself', () => {
	const steps = walk(lessonScenario('localhost'));

	test('the visitor is translated by the rule', () => {
		expect(natRules(steps[0]!, 'prerouting')).toBe('by a rule');
		expect(steps[0]!.out).toEqual(['server/eth0 198.51.100.10:40000 > 10.0.0.2:80']);
	});

	test('the gateway’s own SYN goes out by lo and comes in again', () => {
		expect(hooks(steps[2]!).slice(0, 4)).toEqual(['output', 'postrouting', 'prerouting', 'input']);
		expect(outputs(steps[2]!)[0]).toBe('lo');
	});

	test('the destination is decided at OUTPUT, without a rule, and not again at PREROUTING', () => {
		expect(natRules(steps[2]!, 'output')).not.toBe('by a rule');
		expect(natRules(steps[2]!, 'prerouting')).toBe('already decided');
		expect(rewrites(steps[2]!)).toEqual([]);
	});

	test('it is refused: the gateway answers with a RST', () => {
		const answered = steps[2]!.events.find(
			(event) => event.kind === 'begin' && event.origin === 'answer'
		);
		expect(answered).toMatchObject({ packet: { l4: { kind: 'tcp', sport: 80 } } });
	});
});

describe('a rule at OUTPUT', () => {
	const steps = walk(lessonScenario('localhost-output'));

	test('the SYN is translated there and routed anew; its source stays', () => {
		expect(rewrites(steps[0]!)).toEqual(['output dst: 198.51.100.1 > 10.0.0.2']);
		const routes = steps[0]!.events.flatMap((event) =>
			event.kind === 'route' ? [`${event.out} ${event.again ? 'again' : 'first'}`] : []
		);
		expect(routes).toEqual(['lo first', 'int again']);
		expect(steps[0]!.out).toEqual(['server/eth0 198.51.100.1:40001 > 10.0.0.2:80']);
	});

	test('the reply gets its source back at INPUT, and is delivered', () => {
		expect(rewrites(steps[1]!)[0]).toBe('input src: 10.0.0.2 > 198.51.100.1');
		expect(steps[1]!.events.some((event) => event.kind === 'delivered')).toBe(true);
	});

	test('a packet to localhost is translated, and dropped when it is routed anew', () => {
		expect(natRules(steps[2]!, 'output')).toBe('by a rule');
		expect(steps[2]!.out).toEqual([]);
		expect(steps[2]!.events).toContainEqual(
			expect.objectContaining({ kind: 'drop', host: 'gateway', reason: 'martian source' })
		);
	});

	/** The gateway's own SYNs with other rules: to the public address, and to localhost. */
	const own = (rules: string) => {
		const scenario = lessonScenario('localhost-output');
		const gateway = { nft: `table ip nat { ${rules} }` };
		return walk(varied(scenario, { gateway, steps: [scenario.steps[0], scenario.steps[2]] }));
	};

	test('a masquerade at POSTROUTING gives it the address of the way out', () => {
		const [syn] = own(
			`chain output { type nat hook output priority -100; ip daddr 198.51.100.1 tcp dport 80 dnat to 10.0.0.2; };
			chain postrouting { type nat hook postrouting priority srcnat; oifname "int" ip saddr 198.51.100.1 masquerade; };`
		);
		expect(syn!.out).toEqual(['server/eth0 10.0.0.1:40001 > 10.0.0.2:80']);
	});

	test('DNAT to a 127 address at OUTPUT is delivered by lo', () => {
		for (const step of own(
			'chain output { type nat hook output priority -100; tcp dport 80 dnat to 127.0.0.1:8080; };'
		)) {
			expect(outputs(step)[0]).toBe('lo');
			expect(step.events.find((event) => event.kind === 'delivered')).toMatchObject({
				packet: { l4: { kind: 'tcp', dport: 8080 } }
			});
			expect(step.events.some((event) => event.kind === 'drop')).toBe(false);
		}
	});
});
