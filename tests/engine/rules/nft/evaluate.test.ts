/** How a chain is asked: what is noted of it, and that what it changes can be taken back. */
import { describe, expect, it } from 'vitest';
import { ConntrackTable } from '../../../../src/lib/engine/conntrack/table';
import { Journal } from '../../../../src/lib/engine/journal';
import { applyNft, emptyRuleset, evaluateChain } from '../../../../src/lib/engine/rules';
import type { RuleContext, RuleStep, Ruleset, Verdict } from '../../../../src/lib/engine/rules';
import type { Packet } from '../../../../src/lib/engine/packet';
import { environment } from './environment';

function ruleset(...chains: string[]): Ruleset {
	const result = applyNft(emptyRuleset, `table ip t {\n${chains.join('\n')}\n}\n`, environment());
	if (!result.ok) throw new Error(JSON.stringify(result.errors));
	return result.ruleset;
}

function udp(dport: number, sport = 5000): Packet {
	return {
		ip: {
			src: 0x0a000001,
			dst: 0x0a000002,
			protocol: 17,
			ttl: 64,
			id: 1,
			tos: 0,
			df: false,
			mf: false,
			offset: 0
		},
		l4: { kind: 'udp', sport, dport, payload: new Uint8Array(2), checksum: 'good' }
	};
}

/** A packet at the forward hook of a host that knows nothing of connections. */
function context(packet: Packet, more: Partial<RuleContext> = {}): RuleContext {
	const refuse = (): never => {
		throw new Error('not asked for');
	};
	return {
		journal: new Journal(),
		ruleset: emptyRuleset,
		hook: 'forward',
		packet,
		now: 0,
		random: () => 0,
		symmetricHash: () => 0,
		inName: 'eth0',
		outName: 'eth1',
		inIndex: 1,
		outIndex: 2,
		mark: 0,
		priority: 0,
		entry: null,
		template: null,
		sender: null,
		blocks: [],
		id: 1,
		connections: new ConntrackTable(new Journal()),
		relation: 'untracked',
		direction: 0,
		addressType: () => 'unicast',
		routeOut: () => null,
		pathMss: refuse,
		setMark: refuse,
		setPriority: refuse,
		setEntryMark: refuse,
		setEntryEvents: refuse,
		setEntryLabels: refuse,
		notrack: refuse,
		setZone: refuse,
		attachTemplate: refuse,
		setHelper: refuse,
		setPayload: refuse,
		setPacket: refuse,
		makeWritable: refuse,
		setTrace: refuse,
		nat: refuse,
		reject: refuse,
		log: () => undefined,
		ipset: () => null,
		changeIpset: refuse,
		...more
	};
}

function said(verdict: Verdict | null): string {
	return verdict === null
		? '-'
		: 'chain' in verdict
			? `${verdict.kind} ${verdict.chain}`
			: verdict.kind;
}

function asked(rules: Ruleset, ctx: RuleContext, name = 'c'): { verdict: string; steps: string[] } {
	const table = rules.tables[0]!;
	const record: RuleStep[] = [];
	const chain = table.chains.find((one) => one.name === name)!;
	const verdict = said(evaluateChain(ctx, table, chain, record));
	const steps = record.map(
		(step) =>
			`${step.chain} ${step.rule} ${step.failedAt === null ? said(step.verdict) : `stops at ${step.failedAt}`}`
	);
	return { verdict, steps };
}

const BASE = 'type filter hook forward priority 0; policy accept;';

describe('the record of a walk', () => {
	it('has each rule asked, where it stopped, and the policy', () => {
		const rules = ruleset(
			` chain c { ${BASE}`,
			'  tcp dport 80 drop',
			'  udp dport 53 ip ttl 1 drop',
			'  udp dport 53 counter',
			' }'
		);
		// The first statement of each is the match on the protocol, which nft puts there itself.
		expect(asked(rules, context(udp(53)))).toEqual({
			verdict: 'accept',
			steps: ['c 0 stops at 0', 'c 1 stops at 2', 'c 2 -', 'c -1 accept']
		});
	});

	it('follows jumps, gotos and returns', () => {
		const rules = ruleset(
			' chain inner { udp sport 1 return',
			'  udp sport 2 drop',
			' }',
			' chain outer { udp sport 3 goto inner',
			'  jump inner',
			'  udp sport 4 accept',
			' }',
			` chain c { type filter hook forward priority 0; policy drop;`,
			'  jump outer',
			'  udp sport 5 return',
			'  udp sport 3 accept',
			' }'
		);
		const from = (sport: number) => asked(rules, context(udp(53, sport)));
		expect(from(1)).toEqual({
			verdict: 'drop',
			steps: [
				'c 0 jump outer',
				'outer 0 stops at 1',
				'outer 1 jump inner',
				'inner 0 return',
				'outer 2 stops at 1',
				'c 1 stops at 1',
				'c 2 stops at 1',
				'c -1 drop'
			]
		});
		expect(from(2).steps.at(-1)).toBe('inner 1 drop');
		// The chain gone to ends for the one that jumped here, not for the one that went.
		expect(from(3)).toEqual({
			verdict: 'accept',
			steps: [
				'c 0 jump outer',
				'outer 0 goto inner',
				'inner 0 stops at 1',
				'inner 1 stops at 1',
				'c 1 stops at 1',
				'c 2 accept'
			]
		});
		expect(from(4).steps.at(-1)).toBe('outer 2 accept');
		expect(from(5).steps.slice(-2)).toEqual(['c 1 return', 'c -1 drop']);
	});

	it('is not needed for the verdict', () => {
		const rules = ruleset(` chain c { ${BASE}`, '  udp dport 53 drop', ' }');
		const table = rules.tables[0]!;
		const ask = (dport: number) =>
			evaluateChain(context(udp(dport)), table, table.chains[0]!, null);
		expect([ask(53).kind, ask(54).kind]).toEqual(['drop', 'accept']);
	});
});

describe('what a packet changes', () => {
	it('can be taken back and done again: counters, sets, limits, generators', () => {
		const rules = ruleset(
			' set seen { type inet_service; flags dynamic;',
			' }',
			` chain c { ${BASE}`,
			'  add @seen { udp dport } counter',
			'  numgen inc mod 3 vmap { 2 : drop }',
			'  limit rate 1/hour burst 2 packets accept',
			'  counter drop',
			' }'
		);
		const table = rules.tables[0]!;
		const journal = new Journal();
		journal.record(true);
		const verdicts = (): string[] =>
			[1, 2, 3, 4].map((dport) => {
				const ctx = context(udp(dport), { journal });
				return said(evaluateChain(ctx, table, table.chains[0]!, null));
			});
		const first = verdicts();
		expect(first).toEqual(['accept', 'accept', 'drop', 'drop']);
		expect(table.sets[0]!.elements.list).toHaveLength(4);
		const changes = journal.take();
		for (const change of [...changes].reverse()) change.undo();
		expect(table.sets[0]!.elements.list).toHaveLength(0);
		expect(verdicts()).toEqual(first);
		for (const change of journal.take().reverse()) change.undo();
		for (const change of changes) change.redo();
		expect(table.sets[0]!.elements.list).toHaveLength(4);
	});

	it('uses the tokens of a limit, which come back with time', () => {
		const rules = ruleset(` chain c { ${BASE}`, '  limit rate 2/second burst 2 packets drop', ' }');
		const table = rules.tables[0]!;
		const at = (now: number): string =>
			said(evaluateChain(context(udp(1), { now }), table, table.chains[0]!, null));
		expect([at(0), at(0), at(0), at(499), at(500), at(500), at(999), at(1000)]).toEqual([
			'drop',
			'drop',
			'accept',
			'accept',
			'drop',
			'accept',
			'accept',
			'drop'
		]);
		expect([at(60_000), at(60_000), at(60_000)]).toEqual(['drop', 'drop', 'accept']);
	});

	it('forgets elements of a set when their time is over', () => {
		const rules = ruleset(
			' set s { type inet_service; flags dynamic,timeout; timeout 10s;',
			' }',
			` chain c { ${BASE}`,
			'  udp dport @s drop',
			'  udp sport 1 add @s { udp dport }',
			' }'
		);
		const table = rules.tables[0]!;
		const at = (now: number, sport: number): string =>
			said(evaluateChain(context(udp(7, sport), { now }), table, table.chains[0]!, null));
		expect([at(0, 1), at(9_999, 2), at(10_000, 2), at(10_000, 2)]).toEqual([
			'accept',
			'drop',
			'accept',
			'accept'
		]);
	});
});

describe('where a rule stands', () => {
	it('is kept with it, to the last character', () => {
		const text = [
			'table ip t {',
			'  chain c {',
			'    tcp dport { 80,',
			'      443 } accept # web',
			'    drop; counter',
			'  }',
			'}',
			'add rule ip t c log'
		].join('\n');
		const result = applyNft(emptyRuleset, text, environment());
		if (!result.ok) throw new Error(JSON.stringify(result.errors));
		expect(result.ruleset.tables[0]!.chains[0]!.rules.map((rule) => rule.source)).toEqual([
			{ line: 3, column: 5, endLine: 4, endColumn: 19 },
			{ line: 5, column: 5, endLine: 5, endColumn: 9 },
			{ line: 5, column: 11, endLine: 5, endColumn: 18 },
			{ line: 8, column: 17, endLine: 8, endColumn: 20 }
		]);
	});
});
