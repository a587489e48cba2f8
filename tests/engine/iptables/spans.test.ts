/** Places in the text: of each rule, and of each word for highlighting. */
import { describe, expect, it } from 'vitest';
import { tokenizeIptables } from '../../../src/lib/engine/rules/iptables';
import { restored } from './helpers';

const TEXT = `# a comment
*filter
:INPUT DROP [0:0]
:WEB - [0:0]
[3:4] -A INPUT -p tcp -m multiport --dports 80,443 -j WEB
-A WEB ! -s 10.0.0.0/8 -m comment --comment "not ours" -j REJECT --reject-with tcp-reset -p tcp
COMMIT
`;

const words = (text: string): string[] =>
	tokenizeIptables(text).map(({ from, to, role }) => `${role} ${text.slice(from, to)}`);

describe('a rule’s place', () => {
	it('is from its command to its last word', () => {
		const [table] = restored(TEXT).tables;
		const places = table!.chains.flatMap((chain) => chain.rules.map((rule) => rule.source));
		expect(places).toEqual([
			{ line: 5, column: 7, endLine: 5, endColumn: 58 },
			{ line: 6, column: 1, endLine: 6, endColumn: 96 }
		]);
	});
});

describe('words', () => {
	it('are told apart', () => {
		expect(words(TEXT)).toEqual([
			'comment # a comment',
			'table filter',
			'chain INPUT',
			'policy DROP',
			'counters [0:0]',
			'chain WEB',
			'policy -',
			'counters [0:0]',
			'counters [3:4]',
			...['command -A', 'chain INPUT', 'option -p', 'name tcp', 'option -m', 'match multiport'],
			...['option --dports', 'number 80,443', 'option -j', 'chain WEB'],
			...['command -A', 'chain WEB', 'operator !', 'option -s', 'address 10.0.0.0/8'],
			...['option -m', 'match comment', 'option --comment', 'string "not ours"'],
			...['option -j', 'target REJECT', 'option --reject-with', 'string tcp-reset'],
			...['option -p', 'name tcp'],
			'commit COMMIT'
		]);
	});

	it('the one where a line goes wrong is marked', () => {
		expect(words('*filter\n-A INPUT -p tcp --dport eighty -j DROP')).toEqual([
			'table filter',
			...['command -A', 'chain INPUT', 'option -p', 'name tcp', 'option --dport'],
			...['invalid eighty', 'option -j', 'name DROP']
		]);
	});

	it('glued together are told apart all the same', () => {
		expect(words('-A INPUT --jump=DROP')).toEqual([
			'command -A',
			'chain INPUT',
			'option --jump',
			'target DROP'
		]);
	});
});
