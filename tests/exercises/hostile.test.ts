import { describe, expect, test } from 'vitest';
import { deflateSync, strToU8 } from 'fflate';
import {
	assignmentFragment,
	assignmentFromAnything,
	assignmentFromFragment,
	assignmentText,
	readAssignment
} from '../../src/lib/exercises/circle/assignment';
import { safeJson } from '../../src/lib/exercises/circle/hostile';
import { markFile } from '../../src/lib/exercises/circle/mark';
import type { Mark } from '../../src/lib/exercises/circle/mark';
import { readSubmission } from '../../src/lib/exercises/circle/submission';
import { Random } from '../../src/lib/exercises/variants/random';
import { MOST_PACKED, MOST_UNPACKED } from '../../src/lib/scenario/packed';
import { toBase64url } from '../../src/lib/scenario/base64url';
import { SIX, ada, assignment, bao, submissionOf, templates } from './circle-kit';

const full = Boolean(process.env.TEST_FULL);
const seed = Number(process.env.SEED ?? Date.now() % 1e9);

/** A text with some characters changed, cut, doubled or moved. */
function mutate(text: string, random: Random, alphabet: string): string {
	let out = text;
	for (let n = 0; n <= random.below(4); n++) {
		const at = random.below(out.length + 1);
		const length = random.below(12);
		const letter = alphabet[random.below(alphabet.length)]!;
		switch (random.below(6)) {
			case 0:
				out = out.slice(0, at) + letter + out.slice(at + 1);
				break;
			case 1:
				out = out.slice(0, at) + out.slice(at + length);
				break;
			case 2:
				out = out.slice(0, at) + out.slice(at, at + length).repeat(2) + out.slice(at + length);
				break;
			case 3:
				out = out.slice(0, at);
				break;
			case 4:
				out = out.slice(0, at) + letter.repeat(1 + random.below(50)) + out.slice(at);
				break;
			default:
				out = out.slice(at) + out.slice(0, at);
		}
	}
	return out;
}

describe('links', () => {
	const fragment = assignmentFragment(assignment)!;

	test('bring back what was put in, within 8 kB', () => {
		expect(assignmentFromFragment(fragment)).toEqual({ ok: true, assignment });
		expect(assignmentFromAnything(`https://x.org/en/do/#${fragment}`).ok).toBe(true);
		expect(assignmentFromAnything(` ${assignmentText(assignment)}\n`)).toEqual({
			ok: true,
			assignment
		});
		const most = Array.from({ length: 40 }, (_, i) => `${'long-name-'.repeat(7)}${i}`);
		const largest = assignmentFragment({ ...assignment, exercises: most });
		expect(largest!.length).toBeLessThanOrEqual(MOST_PACKED);
	});

	test(`${full ? 100_000 : 1000} mutated ones give an assignment or a refusal, never an exception`, () => {
		const random = new Random(`links ${seed}`);
		const letters = 'abcXYZ019-_=#%&"{}<\u0000\u202e汉';
		let refused = 0;
		for (let i = 0; i < (full ? 100_000 : 1000); i++) {
			const text = mutate(fragment, random, letters);
			const read = assignmentFromFragment(text);
			if (read.ok) expect(assignmentText(read.assignment).length).toBeLessThan(MOST_UNPACKED);
			else refused++;
		}
		expect(refused, `seed ${seed}`).toBeGreaterThan(0);
	}, 600_000);

	test('nothing longer than 8 kB is looked at, and no more than 64 KiB comes out', () => {
		expect(assignmentFromFragment(`a=${'A'.repeat(MOST_PACKED)}`)).toEqual({
			ok: false,
			why: 'long'
		});
		// A bomb: small in the link, 5 MB unpacked.
		const bomb = `a=${toBase64url(deflateSync(strToU8(' '.repeat(5_000_000)), { level: 9 }))}`;
		expect(bomb.length).toBeLessThan(MOST_PACKED);
		expect(assignmentFromFragment(bomb)).toEqual({ ok: false, why: 'long' });
	});

	test('what is nearly an assignment is none', () => {
		const spoilt = (change: object): unknown =>
			readAssignment(JSON.stringify({ ...assignment, ...change }));
		for (const change of [
			{ exercises: [] },
			{ exercises: ['../../etc/passwd'] },
			{ exercises: ['two-syns-race', 'two-syns-race'] },
			{ exercises: Array.from({ length: 41 }, (_, i) => `x${i}`) },
			{ attempts: -1 },
			{ attempts: 1e9 },
			{ attempts: 1.5 },
			{ variants: 'all' },
			{ id: '<b>' },
			{ title: 'x'.repeat(121) },
			{ due: 'tomorrow' },
			{ more: 1 },
			{ version: 2 }
		])
			expect(spoilt(change), JSON.stringify(change)).toEqual({ ok: false, why: 'form' });
	});
});

describe('names that JavaScript has for something else', () => {
	/** All places of a JSON value into which an own field can be put. */
	function places(json: unknown, path: (string | number)[] = []): (string | number)[][] {
		if (typeof json !== 'object' || json === null) return [];
		const inner = Object.entries(json).flatMap(([key, value]) =>
			places(value, [...path, Array.isArray(json) ? Number(key) : key])
		);
		return Array.isArray(json) ? inner : [path, ...inner];
	}
	/** The text with `"name": {"polluted": true, …}` at a place. */
	function withName(json: unknown, path: (string | number)[], name: string): string {
		const copy = JSON.parse(JSON.stringify(json)) as Record<string | number, unknown>;
		let at: Record<string | number, unknown> = copy;
		for (const key of path) at = at[key] as typeof at;
		at['\u0001mark'] = { polluted: true, solved: true, acts: [] };
		return JSON.stringify(copy).replace('"\\u0001mark"', JSON.stringify(name));
	}
	const names = ['__proto__', 'constructor', 'prototype'];

	test('at every place of an assignment and of a submission change nothing', () => {
		const file = JSON.parse(submissionOf(ada, SIX)) as unknown;
		let tried = 0;
		for (const name of names) {
			for (const path of places(assignment)) {
				expect(readAssignment(withName(assignment, path, name)).ok).toBe(false);
				tried++;
			}
			for (const path of places(file)) {
				const text = withName(file, path, name);
				expect(Object.hasOwn(JSON.parse(text) as object, 'polluted')).toBe(false);
				expect(readSubmission(text), `${name} at ${path.join('.')}`).toEqual({
					ok: false,
					why: 'form'
				});
				tried++;
			}
		}
		expect(tried).toBeGreaterThan(60);
		expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
	});

	test('are refused however deep and however they are written', () => {
		expect(safeJson('{"a":[{"\\u005f_proto__":1}]}', 100)).toEqual({ ok: false, why: 'names' });
		expect(safeJson(`${'['.repeat(5000)}${']'.repeat(5000)}`, 20_000)).toMatchObject({ ok: false });
	});
});

test(`${full ? 10_000 : 300} mutated submissions: one bad file never stops the rest`, () => {
	const random = new Random(`submissions ${seed}`);
	const good = submissionOf(ada, SIX);
	const letters = '{}[]",:0129.eE+-truefalsn\\u0000 \n<>&\u202e汉';
	const files: [string, string][] = [];
	for (let i = 0; i < (full ? 10_000 : 300); i++)
		files.push([`${i}.json`, mutate(good, random, letters)]);
	files.push(['last.json', submissionOf(bao, SIX)]);
	let refused = 0;
	let last: Mark | null = null;
	for (const [name, text] of files) {
		last = markFile(name, text, assignment, templates);
		if (!last.ok) refused++;
		else expect(last.solved).toBeLessThanOrEqual(6);
	}
	expect(refused, `seed ${seed}`).toBeGreaterThan(0);
	expect(last).toMatchObject({ ok: true, solved: 6 });
}, 600_000);

test('work that would never end is bounded, and the same everywhere', () => {
	const heavy = (nft: string): Mark => {
		const file = JSON.parse(submissionOf(ada, [])) as {
			work: Record<string, { acts: unknown[] }>;
		};
		file.work['dnat-to-nobody']!.acts = [{ do: 'try', answer: { changes: { gateway: { nft } } } }];
		return markFile('x.json', JSON.stringify(file), assignment, templates);
	};
	const jumps = Array.from({ length: 14 }, (_, i) => {
		const body = i < 13 ? `jump c${i + 1}; `.repeat(30) : 'counter';
		return `chain c${i} { ${body} }`;
	}).reverse();
	const base = 'chain f { type filter hook prerouting priority 0; jump c0; }';
	expect(heavy(`table ip a { ${jumps.join('\n')} ${base} }`)).toMatchObject({ solved: 0 });
	expect(heavy('x'.repeat(20_000))).toMatchObject({ solved: 0, remarks: ['broken acts'] });
	expect(heavy('{'.repeat(16_000))).toMatchObject({ solved: 0 });
	expect(heavy(`table ip a { ${'set s { type ipv4_addr; } '.repeat(500)} }`)).toMatchObject({
		solved: 0
	});
}, 60_000);
