import { describe, expect, it } from 'vitest';
import { checkScenario } from '../../src/lib/scenario/scenario';
import { generate } from './generator';

/** Seeds that nobody chose by hand; printed with whatever fails. */
const SEEDS = Array.from({ length: 200 }, (_, i) => i * 7919 + 1);

describe('random scenarios', () => {
	it('are valid, and of 40 steps', () => {
		for (const seed of SEEDS) {
			const scenario = generate(seed);
			const checked = checkScenario(JSON.parse(JSON.stringify(scenario)));
			expect(checked.ok ? [] : checked.errors, `seed ${seed}`).toEqual([]);
			expect(scenario.steps, `seed ${seed}`).toHaveLength(40);
		}
	});

	it('are the same for the same seed, and others for others', () => {
		expect(generate(7)).toEqual(generate(7));
		expect(generate(7).steps).not.toEqual(generate(8).steps);
	});

	it('leave nothing out that the samples do', () => {
		const text = JSON.stringify(SEEDS.map(generate));
		for (const word of [
			'"advance"',
			'"release"',
			'"hold"',
			'"replyTo"',
			'"innerFrom"',
			'"innerLength"',
			'"badChecksum"',
			'"cut"',
			'"ttl":1',
			'"wscale"',
			'"sack"',
			'"protocol"',
			'"from":"gateway"',
			'conntrack -D',
			'conntrack -F',
			'nft flush',
			'iptables -I',
			'notrack',
			'NOTRACK',
			'masquerade',
			'MASQUERADE',
			'snat to',
			'dnat to',
			'redirect to',
			'REDIRECT',
			'reject',
			'REJECT',
			'nf_conntrack_tcp_loose',
			'nf_conntrack_tcp_be_liberal',
			'nf_conntrack_udp_timeout'
		]) {
			expect(text.includes(word), word).toBe(true);
		}
	});
});
