import { expect, test } from 'vitest';
import { policyLine } from '$lib/lab/model/ruleset-lines';

const nft = `table ip nat {
	chain forward {
		type nat hook prerouting priority dstnat; policy accept;
	}
}
table inet filter {
	chain input { type filter hook input priority 0; policy drop; }
	chain forward {
		type filter hook forward priority 0;
		policy drop;
		tcp dport 22 accept
	}
	chain helper {
		accept
	}
}`.split('\n');

const iptables = `*nat
:FORWARD ACCEPT [0:0]
COMMIT
*filter
:INPUT DROP [0:0]
:FORWARD DROP [0:0]
:DOCKER - [0:0]
-A FORWARD -j DOCKER
COMMIT`.split('\n');

test.each([
	['filter', 'forward', 10],
	['filter', 'input', 7],
	['nat', 'forward', 3],
	['filter', 'helper', -1],
	['raw', 'forward', -1]
])('nft: the policy of %s %s stands in line %i', (table, chain, line) => {
	expect(policyLine(nft, 'nft', { table, chain })).toBe(line);
});

test.each([
	['filter', 'FORWARD', 6],
	['filter', 'INPUT', 5],
	['filter', 'DOCKER', -1],
	['filter', 'OUTPUT', -1]
])('iptables: the policy of %s %s stands in line %i', (table, chain, line) => {
	expect(policyLine(iptables, 'iptables', { table, chain })).toBe(line);
});
