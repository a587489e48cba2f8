/** What is said of a text that is wrong, and where. */
import { describe, expect, it } from 'vitest';
import {
	applyNft,
	emptyRuleset,
	formatRuleTextError,
	printRuleset,
	runNftCommand
} from '../../../../src/lib/engine/rules';
import { environment } from './environment';

/** What is said of a rule on line 3, behind two tabs. */
function ofRule(rule: string, chain = 'type filter hook forward priority filter'): string[] {
	const text = `table ip t {\n\tchain c { ${chain};\n\t\t${rule}\n\t}\n}\n`;
	const result = applyNft(emptyRuleset, text, environment());
	return result.ok ? [] : result.errors.map(formatRuleTextError);
}

function ofText(text: string): string[] {
	const result = applyNft(emptyRuleset, text, environment());
	return result.ok ? [] : result.errors.map(formatRuleTextError);
}

describe('what is no nft', () => {
	it.each([
		[
			'tcp dport eighty drop',
			'line 3, column 13: `eighty` is not a port: expected a number 0-65535, a service name, a range, a set or a map'
		],
		[
			'tcp dport 70000 drop',
			'line 3, column 13: `70000` is too large for a port: expected a number 0-65535, a service name, a range, a set or a map'
		],
		['tcp dport 90-80', 'line 3, column 13: the range is empty: it ends before it begins'],
		[
			'ip saddr 10.0.0.256 drop',
			'line 3, column 12: `10.0.0.256` is not an IPv4 address: expected an address such as 10.0.0.1, a range, a set or a map'
		],
		[
			'ct state new,foo accept',
			'line 3, column 16: `foo` is not a connection tracking state: expected new, established, related, invalid or untracked'
		],
		[
			'tcp dprt 80',
			'line 3, column 7: `dprt` cannot stand here, perhaps `dport` is meant: expected'
		],
		['tpc dport 80', 'line 3, column 3: `tpc` cannot stand here, perhaps `tcp` is meant: expected'],
		['tcp dport 80 80', 'line 3, column 16: `80` cannot stand here: expected a match'],
		['limit rate 10', 'line 3, column 16: the line ends too early: expected `bytes`'],
		['log prefix "abc', 'line 3, column 14: the string is not closed: a `"` is missing'],
		['tcp dport 80,443', 'line 3, column 13: values of this kind cannot be joined with commas'],
		['accept drop', 'line 3, column 10: nothing can follow a statement that ends the rule'],
		['ip saddr @web drop', 'line 3, column 12: there is no set or map `web` in this table'],
		['jump web', 'line 3, column 8: there is no chain `web` in table `ip t`'],
		['jump c', 'line 3, column 8: `c` is a base chain'],
		['counter name x', 'line 3, column 16: there is no counter `x` in this table'],
		['ip saddr $lan', 'line 3, column 12: unknown variable `$lan`'],
		[
			'udp dport 53 tcp dport 80',
			'line 3, column 16: conflicting protocols: the rule is about udp already, not tcp'
		],
		[
			'masquerade',
			'line 3, column 3: `masquerade` belongs in a chain of type nat, and `c` is of type filter'
		]
	])('%s', (rule, said) => {
		const errors = ofRule(rule);
		expect(errors).toHaveLength(1);
		expect(errors[0]!.startsWith(said), errors[0]).toBe(true);
	});

	it('nat where it does not belong', () => {
		const pre = 'type nat hook prerouting priority dstnat';
		expect(ofRule('masquerade', pre)).toEqual([
			'line 3, column 3: `masquerade` is possible at postrouting only, and `c` is hooked into prerouting'
		]);
		expect(ofRule('dnat to 10.0.0.1:80', pre)).toEqual([
			'line 3, column 20: a port can be translated only after a match on the transport protocol, such as `tcp dport 80` or `meta l4proto tcp`'
		]);
	});

	it('maps of ranges to translate to', () => {
		const post = 'type nat hook postrouting priority srcnat';
		const snat = (to: string): string[] => ofRule(`snat ip prefix to ${to}`, post);
		expect(snat('ip saddr map { 10.0.0.1 : 192.0.2.0/24, 10.0.0.2 : 192.0.2.1 }')).toEqual([
			'line 3, column 72: this map gives ranges: expected a range or a prefix'
		]);
		expect(snat('ip saddr . tcp dport map { 10.0.0.1 . 80 : 192.0.2.1 . 80 }')).toEqual([
			'line 3, column 3: translation to a prefix and a port is not modelled'
		]);
		expect(ofRule('meta mark set ip saddr map { 10.0.0.1 : 1-5 }')).toEqual([
			'line 3, column 43: a range as map data of this type is not modelled'
		]);
		expect(ofText('table ip t {\n\tmap m { type ipv4_addr : interval counter; }\n}\n')).toEqual([
			'line 2, column 36: `interval data` is not modelled'
		]);
		const map = 'map m { type ipv4_addr : ipv4_addr; elements = { 10.0.0.1 : 10.0.1.0/24 }; }';
		expect(ofText(`table ip t {\n\t${map}\n}\n`)).toEqual([
			'line 2, column 62: this map gives single values: for ranges and prefixes its type is `KEY : interval DATA`'
		]);
	});

	it('a block that is not closed', () => {
		expect(ofText('table ip t {\n\tchain c {\n\t\taccept\n\t}\n')[0]).toMatch(
			/^line 5, column 1: the text ends too early: expected .*`chain`.* or `}`$/
		);
	});

	it('a brace where nft wants a line to end', () => {
		expect(ofText('table ip t { chain c { accept } }')).toEqual([
			'line 1, column 31: before `}` nft wants a new line or `;`'
		]);
	});

	it('says everything that is wrong, not the first thing only', () => {
		const text = [
			'table ip t {',
			'  chain c {',
			'    tcp dport eighty',
			'    accept',
			'    ip saddr 1.2.3',
			'  }',
			'}'
		].join('\n');
		expect(ofText(text).map((line) => line.split(': ')[0])).toEqual([
			'line 3, column 15',
			'line 5, column 14'
		]);
	});
});

describe('what is nft but not modelled', () => {
	it.each([
		['synproxy mss 1460 wscale 7', 'line 3, column 3: `synproxy` is not modelled'],
		['counter queue num 1', 'line 3, column 11: `queue` is not modelled'],
		['ip saddr 1.1.1.1 meta cgroup 0', 'line 3, column 25: `meta cgroup` is not modelled'],
		['tcp option mptcp subtype 1', 'line 3, column 20: `tcp option … subtype` is not modelled'],
		[
			'tcp option timestamp tsval set 4',
			'line 3, column 3: `tcp option timestamp tsval set` is not modelled'
		],
		[
			'tcp option maxseg { exists }',
			'line 3, column 21: a comparison of whether a TCP option is there is not modelled'
		],
		[
			'tcp option maxseg vmap { exists : drop }',
			'line 3, column 3: the presence of a TCP option here is not modelled'
		],
		[
			'tcp option maxseg size set ip length',
			'line 3, column 30: a segment size that is neither a number nor `rt mtu` is not modelled'
		],
		[
			'meta mark set rt mtu',
			'line 3, column 17: a TCP option or `rt mtu` as a value is not modelled'
		],
		['rt classid 1', 'line 3, column 3: `rt` is not modelled'],
		['exthdr hbh exists', 'line 3, column 3: `exthdr` is not modelled'],
		['meta mark 1 frag id 5', 'line 3, column 15: `frag` is not modelled'],
		[
			'meta mark set jhash ip dscp mod 2',
			'line 3, column 23: a hash of what has not whole bytes, or is chance, is not modelled'
		],
		['@th,4,4 { 1, 2 }', 'line 3, column 11: a raw payload that cuts bytes here is not modelled'],
		['flow add @f', 'line 3, column 3: `flow` is not modelled']
	])('%s', (rule, said) => expect(ofRule(rule)).toEqual([said]));

	it('tables of other families, and files that include others', () => {
		expect(ofText('table arp t {\n}')).toEqual(['line 1, column 7: `family arp` is not modelled']);
		expect(ofText('table bridge t {\n}')).toEqual([
			'line 1, column 7: `family bridge` is not modelled'
		]);
		expect(ofText('include "x.nft"')).toEqual(['line 1, column 1: `include` is not modelled']);
	});

	it('JSON', () => {
		const result = runNftCommand(emptyRuleset, '-j list ruleset', environment());
		expect(result.exit).toBe(1);
		expect(result.stderr).toEqual(['nft: option `-j` is not modelled']);
	});
});

describe('one error, and nothing is applied', () => {
	it('leaves ruleset, sets and counters as they were', () => {
		const env = environment();
		const before = applyNft(
			emptyRuleset,
			'table ip t {\n set s { type ipv4_addr; elements = { 1.1.1.1 }\n }\n counter c { packets 1 bytes 2\n }\n chain x { accept\n }\n}',
			env
		);
		if (!before.ok) throw new Error('refused');
		const text = printRuleset(before.ruleset);
		const after = applyNft(
			before.ruleset,
			'add element ip t s { 2.2.2.2 }\nreset counters\nflush chain ip t x\nadd rule ip t nope accept',
			env
		);
		expect(after).toMatchObject({
			ok: false,
			errors: [{ line: 4, column: 15, endColumn: 19 }]
		});
		expect(printRuleset(before.ruleset)).toBe(text);
	});
});
