/** Of a rule on IPv6 that an IPv4 packet does not match, the part that says so is the one on IPv6. */
import { expect, it } from 'vitest';
import { Journal, applyNft, emptyRuleset, evaluateChain } from '../../src/lib/engine';
import type { RuleContext, RuleStep } from '../../src/lib/engine';
import { printedRule } from '../../src/lib/lab/model/print-rule';

const TCP = {
	ip: { src: 1, dst: 2, protocol: 6, ttl: 64, id: 1, tos: 0, df: false, mf: false, offset: 0 },
	l4: { kind: 'opaque', payload: new Uint8Array([0, 1, 0, 80]) }
} as const;

/** The part of the rule at which a packet from port 1 to port 80 fails. */
function failing(rule: string): string | null {
	let count = 0;
	const result = applyNft(
		emptyRuleset,
		`table inet t {\n chain c { type nat hook prerouting priority 0;\n ${rule}\n }\n}\n`,
		{ nextHandle: () => ++count, nextRegistration: () => ++count, journal: new Journal() }
	);
	if (!result.ok) throw new Error(JSON.stringify(result.errors));
	const [table] = result.ruleset.tables;
	const steps: RuleStep[] = [];
	const context = { journal: new Journal(), packet: TCP, entry: null, now: 0 };
	evaluateChain(context as unknown as RuleContext, table!, table!.chains[0]!, steps);
	const at = steps[0]!.failedAt;
	if (at === null) return null;
	const { parts } = printedRule(table!.chains[0]!.rules[0]!, table!);
	return parts.find(({ from, to }) => at >= from && at <= to)?.text ?? '';
}

it.each([
	['ip6 saddr fe80::/10 tcp dport 80 accept', 'ip6 saddr fe80::/10'],
	['tcp dport 80 ip6 saddr != ::1 accept', 'ip6 saddr != ::1'],
	['icmpv6 type { echo-request, nd-redirect } accept', 'icmpv6 type { echo-request, nd-redirect }'],
	['meta nfproto ipv6 tcp dport 80 accept', 'meta nfproto ipv6'],
	['meta protocol ip6 tcp dport 80 accept', 'meta protocol ip6'],
	['tcp dport 80 ip6 saddr vmap { ::1 : accept }', 'ip6 saddr vmap { ::1 : accept }'],
	['tcp dport 80 ip6 daddr & ::ff == ::1 drop', 'ip6 daddr & ::ff == ::1'],
	['tcp dport 80 ct original ip6 saddr ::1 drop', 'ct original ip6 saddr ::1'],
	['meta nfproto ipv6 tcp dport 80 dnat ip6 to [::1]:8080', 'meta nfproto ipv6'],
	['tcp dport 80 dnat ip6 to [::1]:8080', null]
])('%s', (rule, part) => expect(failing(rule)).toBe(part));
