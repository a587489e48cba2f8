/** Links as they come: broken by chance at every layer. None may throw, hang, or be believed without its checks. */
import { readFileSync, readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import { MOST_PACKED, pack, unpack } from '../../src/lib/scenario/packed';
import { scenarioFromLink, scenarioToLink } from '../../src/lib/scenario/link';
import { checkScenario } from '../../src/lib/scenario/scenario';
import type { Scenario } from '../../src/lib/scenario/scenario';
import { buildWorld } from '../../src/lib/scenario/build';

const LINKS = process.env.TEST_FULL ? 100_000 : 1_000;
const seed = Number(process.env.SEED ?? Math.floor(Math.random() * 2 ** 32)) >>> 0;

/** A number below `below` (mulberry32). */
function chance(start: number): (below: number) => number {
	let state = start;
	return (below) => {
		state = (state + 0x6d2b79f5) | 0;
		let z = Math.imul(state ^ (state >>> 15), 1 | state);
		z = (z + Math.imul(z ^ (z >>> 7), 61 | z)) ^ z;
		return ((z ^ (z >>> 14)) >>> 0) % below;
	};
}

const folder = 'content/scenarios';
const scenarios = readdirSync(folder).map((file) => {
	const scenario = JSON.parse(readFileSync(`${folder}/${file}`, 'utf8')) as Scenario;
	const text = JSON.stringify(scenario);
	return { scenario, text, packed: pack(text) };
});

type Roll = (below: number) => number;
const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
const SCRAPS = [
	...[
		'',
		'0',
		'-1',
		'1e99',
		'99999999999',
		'null',
		'true',
		'[]',
		'{}',
		'"',
		'\\',
		',',
		'}',
		']',
		'[',
		'{'
	],
	...[
		'"__proto__":{"x":1},',
		'"constructor":{},',
		'"10.0.0.0/0"',
		'"nft":"table ip t { chain c {"',
		'\u0000'
	],
	...[
		'"iptables":"*nat\\n-A',
		'"replyTo":0',
		'"release":0',
		'"run":{"on":"gateway","command":"nft -f"}'
	]
];

/** Changes a few places of a text: letters swapped, cut out, doubled, scraps put in. */
function mutate(text: string, roll: Roll, scraps: readonly string[]): string {
	let result = text;
	for (let times = 1 + roll(4); times > 0; times--) {
		const at = roll(result.length + 1);
		const to = Math.min(result.length, at + roll(12));
		const piece = result.slice(at, to);
		switch (roll(5)) {
			case 0:
				result = result.slice(0, at) + result.slice(to);
				break;
			case 1:
				result = result.slice(0, at) + piece + result.slice(at);
				break;
			case 2:
				result = result.slice(0, at) + scraps[roll(scraps.length)] + result.slice(at);
				break;
			case 3:
				result = result.slice(0, at) + scraps[roll(scraps.length)] + result.slice(at + 1);
				break;
			default: {
				const other = roll(result.length + 1);
				result = result.slice(0, at) + result.slice(other, other + roll(200)) + result.slice(to);
			}
		}
	}
	return result;
}

/** Gives one value somewhere in a JSON value another one. */
function disturb(json: unknown, roll: Roll): unknown {
	const copy = structuredClone(json);
	const places: [Record<string, unknown>, string][] = [];
	const visit = (value: unknown): void => {
		if (typeof value !== 'object' || value === null) return;
		for (const key of Object.keys(value)) {
			places.push([value as Record<string, unknown>, key]);
			visit((value as Record<string, unknown>)[key]);
		}
	};
	visit(copy);
	const VALUES = [
		0,
		-1,
		255,
		65535,
		2 ** 31,
		1.5,
		'',
		'gateway',
		'client/eth0',
		'10.0.0.0/8',
		null,
		[],
		{},
		true
	];
	for (let times = 1 + roll(3); times > 0; times--) {
		const [at, key] = places[roll(places.length)]!;
		if (roll(6) === 0) delete at[key];
		else if (roll(4) === 0) {
			const [from, name] = places[roll(places.length)]!;
			at[key] = structuredClone(from[name]);
		} else at[key] = VALUES[roll(VALUES.length)];
	}
	return copy;
}

test(`${LINKS} links broken by chance, SEED=${seed}`, { timeout: 3_600_000 }, () => {
	let opened = 0;
	const refused = { form: 0, broken: 0, long: 0, content: 0 };
	for (let i = 0; i < LINKS; i++) {
		const roll = chance((seed + Math.imul(i, 0x9e3779b9)) | 0);
		const { scenario, text, packed } = scenarios[roll(scenarios.length)]!;
		const kind = roll(3);
		const link =
			kind === 0
				? mutate(packed, roll, [...LETTERS, '%', '=', '+', '/', ' '])
				: kind === 1
					? pack(mutate(text, roll, SCRAPS))
					: pack(JSON.stringify(disturb(scenario, roll)));
		const where = `SEED=${seed}, link ${i}: ${link}`;
		const unpacked = unpack(link);
		const read = (() => {
			try {
				return scenarioFromLink(link);
			} catch (fault) {
				throw new Error(`thrown at ${where}`, { cause: fault });
			}
		})();
		if (!unpacked.ok) {
			refused[unpacked.why]++;
			expect(read.ok, where).toBe(false);
			continue;
		}
		if (!read.ok) {
			refused.content++;
			expect(read.errors.length, where).toBeGreaterThan(0);
			for (const { path, message } of read.errors) expect(path && message, where).not.toBe('');
			continue;
		}
		opened++;
		// What is let in is a scenario, can be built, and goes into a link again.
		expect(checkScenario(JSON.parse(unpacked.text)).ok, where).toBe(true);
		expect(buildWorld(read.scenario).ok, where).toBe(true);
		const again = scenarioToLink(read.scenario);
		if (again.ok) expect(scenarioFromLink(again.packed), where).toEqual(read);
		else expect(again.size, where).toBeGreaterThan(MOST_PACKED / 2);
	}
	expect(({} as Record<string, unknown>).x).toBeUndefined();
	// Chance has come everywhere.
	const told = JSON.stringify({ opened, ...refused });
	for (const found of [opened, refused.form, refused.broken, refused.content])
		expect(found, told).toBeGreaterThan(0);
});
