import { readFileSync, readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { csvText } from '$lib/lab/model/csv';
import { tellingAt } from '$lib/lab/model/telling';
import { transcriptCsv, transcriptRow, transcriptText } from '$lib/lab/model/transcript';
import { labWords, pieces, plain } from '$lib/lab/words';
import { transcriptWords } from '$lib/lab/words/transcript';
import { gateway, lessonScenario, record, scenario, syn } from './load';

const en = labWords('en');
const zh = labWords('zh');

describe('every event has a plain sentence in both languages', () => {
	const folder = 'tests/kernel/scenarios';
	/** One scenario of each kind of thing that can happen; fuzzed ones repeat them. */
	const names = readdirSync(folder).filter((file) => !/^(found|seed|.*fuzz)-/.test(file));
	/** English that has not been translated: two words that are no literal. */
	const ENGLISH = /[a-z]{2,} [a-z]{2,}/;

	/** What is wrong with how a step is told, if anything. */
	function wrong(english: string, chinese: string): string[] {
		const faults: string[] = [];
		const must = (is: boolean, what: string, text: string) => {
			if (!is) faults.push(`${what}: ${text}`);
		};
		must(/^[A-Za-z0-9].*\.$/s.test(plain(english)), 'no sentence', english);
		must(/\p{Script=Han}.*。$/su.test(plain(chinese)), 'no sentence', chinese);
		for (const sentence of [english, chinese]) {
			must(!/undefined|null|NaN|\[object/.test(sentence), 'a hole', sentence);
			// Backticks come in pairs, or what is literal and what is not would change places.
			must(sentence.split('`').length % 2 === 1, 'an odd backtick', sentence);
		}
		for (const { text, literal } of pieces(chinese))
			must(literal || !ENGLISH.test(text), 'not translated', text);
		return faults;
	}

	test.each(names)('%s', (name) => {
		const recording = record(scenario(JSON.parse(readFileSync(`${folder}/${name}`, 'utf8'))));
		const told = recording.stops.map((_, i) => tellingAt(recording, i + 1));
		expect(told.flatMap((one) => wrong(en.sentence(one), zh.sentence(one)))).toEqual([]);
	});

	test('a helper that expects a connection says which, and what it rewrote', () => {
		const file = JSON.parse(readFileSync(`${folder}/ftp-active-masquerade.json`, 'utf8'));
		const recording = record(scenario(file));
		const text = transcriptText(recording, recording.stops.length, en);
		expect(text).toContain(
			'The helper ftp has read in the data that another connection is to come, and expects it: 198.51.100.10 → 198.51.100.1:5001. The address in the data is rewritten'
		);
		expect(text).toContain('This connection was foretold by a helper: RELATED.');
		expect(text).toContain('sequence numbers are shifted');
	});

	test('a packet that a helper drops does not vanish in silence', () => {
		const file = JSON.parse(readFileSync(`${folder}/ftp-other.json`, 'utf8'));
		const recording = record(scenario(file));
		expect(transcriptText(recording, recording.stops.length, en)).toMatch(
			/The helper of entry #\d+ cannot follow what the packet says, and drops it\./
		);
	});

	test('an ICMP id that was rewritten is named', () => {
		const file = JSON.parse(readFileSync(`${folder}/icmp-id-clash.json`, 'utf8'));
		const recording = record(scenario(file));
		const text = transcriptText(recording, recording.stops.length, en);
		expect(text).toMatch(/So does its id: 9 becomes \d+\./);
		expect(text).toMatch(/Its id is turned back, too: \d+ becomes 9\./);
	});

	test('a state that an answer changes in the same step is told', () => {
		const recording = record(gateway('', [syn('198.51.100.1', 22)]));
		expect(transcriptText(recording, 99, en)).toContain('state goes from SYN_SENT to CLOSE');
	});
});

describe('rows', () => {
	const recording = record(lessonScenario('reverse-snat'));
	const rows = recording.stops.map((_, i) => transcriptRow(recording, i + 1, en));

	test('a rewriting has its place, and the packet before and after', () => {
		const row = rows.find(({ sentence }) => sentence.includes('gives the reply its source back'))!;
		expect(row).toMatchObject({
			step: 2,
			seconds: 0,
			place: { host: 'gateway', hook: 'postrouting', station: 'NAT' },
			direction: 1,
			before: 'SYN,ACK 10.0.0.2:8080 → 198.51.100.10:40000 TTL 63',
			after: 'SYN,ACK 198.51.100.1:80 → 198.51.100.10:40000 TTL 63'
		});
	});

	test.each([
		['en', 'NAT chains', 'confirm'],
		['zh', 'NAT 链', '确认']
	] as const)('stations are named as on the hook path: %s', (language, chains, confirm) => {
		const words = labWords(language);
		const named = recording.stops.map(
			(_, i) => transcriptRow(recording, i + 1, words).place.station
		);
		expect(named).toContain(chains);
		expect(named).toContain(confirm);
	});

	test('forwarding shows in the TTL', () => {
		const row = rows.find(({ sentence }) => sentence.includes('The packet is forwarded'))!;
		expect(row.before).toContain('TTL 64');
		expect(row.after).toContain('TTL 63');
	});

	test('time is the world’s', () => {
		const later = record(gateway('', [syn('10.0.0.2', 80), { advance: 7 }, syn('10.0.0.2', 81)]));
		const times = later.stops.map((_, i) => transcriptRow(later, i + 1, en).seconds);
		expect(times[0]).toBe(0);
		expect(times.at(-1)).toBe(7);
	});

	test('no further than it may be told', () => {
		const text = transcriptText(recording, 3, en);
		expect(text).toContain('3. ');
		expect(text).not.toContain('4. ');
	});
});

describe('CSV', () => {
	test.each(['=1+1', '+1', '-1', '@SUM(A1)', '\tx', '\rx'])('%j is no formula', (text) => {
		const [cell] = csvText([[text]]).split('\r\n');
		expect(cell!.replace(/^"/, '')).toMatch(/^'/);
	});

	test('commas, quotes and line ends stay in their cell', () => {
		expect(csvText([['a,b', 'say "x"', 'two\nlines', 'plain', -3]])).toBe(
			'"a,b","say ""x""","two\nlines",plain,-3\r\n'
		);
	});

	test.each(['en', 'zh'] as const)('a walk as a table with names of columns: %s', (language) => {
		const recording = record(lessonScenario('reverse-snat'));
		const words = labWords(language);
		const csv = transcriptCsv(
			recording,
			recording.stops.length,
			words,
			transcriptWords(language).csv
		);
		const lines = csv.trimEnd().split('\r\n');
		expect(lines).toHaveLength(recording.stops.length + 1);
		expect(lines[0]!.split(',')).toHaveLength(10);
		expect(lines[5]).toContain('10.0.0.2:8080');
	});
});
