import { describe, expect, test } from 'vitest';
import { askedRules } from '$lib/lab/model/asked-rules';
import type { Inside, StationView } from '$lib/lab/model/inside';
import { RULE_COLUMNS, insideOf, isFold } from '$lib/lab/model/inside';
import { insideHistory } from '$lib/lab/model/recording';
import { gateway, record, syn } from './load';

const services = Array.from({ length: 40 }, (_, i) => i);
/** As on a host with forty services: a chain for each, one of which the packet comes to. */
const many = record(
	gateway(
		[
			'table ip n {',
			...services.map((i) => `chain s${i} { tcp dport 80 dnat to 10.0.0.2:8080; }`),
			'chain pre { type nat hook prerouting priority dstnat;',
			...services.map((i) => `ip daddr 198.18.0.${i} jump s${i}`),
			'}',
			'chain few { type filter hook forward priority 0; tcp dport 22 drop; jump late; }',
			'chain late { udp dport 53 drop; }',
			'}'
		].join('\n'),
		[syn('198.18.0.17', 80)]
	)
);
const stations = insideHistory(many, 'gateway').stations[0]!;
const asked = askedRules(many, 'gateway');

function station(inside: Inside, name: string): StationView {
	const found = Object.values(inside)
		.flat()
		.find(({ chains }) => chains.some((one) => one.name === name && !one.called));
	return found!;
}
const folded = insideOf(stations, RULE_COLUMNS, { asked, open: new Set() });

describe('a host with many chains', () => {
	test('lists the chains that packets come to, and counts the others', () => {
		const { chains, foldedChains, foldable } = station(folded, 'pre');
		expect(chains.map(({ name }) => name)).toEqual(['pre', 's17']);
		expect(foldedChains).toBe(39);
		expect(foldable).toBe(true);
	});

	test('lists the rule that matches, and folds the others on both sides of it', () => {
		const [pre] = station(folded, 'pre').chains;
		const listed = pre!.rules.map((one) =>
			isFold(one) ? `${one.index}+${one.count}` : String(one.index)
		);
		expect(listed).toEqual(['0', '1', '2+15', '17', '18+22']);
	});

	test('no rule is lost: folds and rules follow one another', () => {
		let next = 0;
		for (const one of station(folded, 'pre').chains[0]!.rules) {
			expect(one.index).toBe(next);
			next += isFold(one) ? one.count : 1;
		}
		expect(next).toBe(40);
	});

	test('shows everything when it is opened, and takes more room for it', () => {
		const closed = station(folded, 'pre');
		const opened = station(
			insideOf(stations, RULE_COLUMNS, { asked, open: new Set([closed.key]) }),
			'pre'
		);
		expect(opened.chains).toHaveLength(41);
		expect(opened.foldedChains).toBe(0);
		expect(opened.chains.flatMap(({ rules }) => rules).some(isFold)).toBe(false);
		expect(opened.foldable).toBe(true);
		expect(opened.lines).toBeGreaterThan(closed.lines + 80);
	});

	test('a short chain is never folded', () => {
		const few = station(folded, 'few');
		expect(few.foldable).toBe(false);
		expect(few.chains.map(({ name }) => name)).toEqual(['few', 'late']);
	});
});
