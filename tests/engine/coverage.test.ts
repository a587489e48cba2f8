/** docs/coverage.md names every recorded scenario that was written by hand, and no other. */
import { readFileSync, readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const KERNEL = new URL('../kernel/', import.meta.url);

function files(folder: string): Set<string> {
	return new Set(
		readdirSync(new URL(folder, KERNEL))
			.filter((file) => file.endsWith('.json'))
			.map((file) => file.slice(0, -'.json'.length))
	);
}

/** Names in the second column of the page's tables. */
function namesOnPage(): string[] {
	const page = readFileSync(new URL('../../docs/coverage.md', import.meta.url), 'utf8');
	return page
		.split('\n')
		.filter((line) => line.startsWith('|') && line.includes('`'))
		.flatMap((line) => [
			...line.slice(line.lastIndexOf('| ', line.length - 3)).matchAll(/`([^`]+)`/g)
		])
		.map(([, name]) => name!);
}

const GENERATED = /^(seed|fuzz|ipt-fuzz|found)-\d+$/;

describe('the page on what is held against the kernel', () => {
	const named = new Set(namesOnPage());
	const scenarios = files('scenarios/');
	const observations = files('observations/');

	it('names scenarios that exist and are recorded', () => {
		expect(named.size).toBeGreaterThan(100);
		expect([...named].filter((name) => !scenarios.has(name) || !observations.has(name))).toEqual(
			[]
		);
	});

	it('names every recorded scenario that no generator made', () => {
		const written = [...observations].filter((name) => !GENERATED.test(name));
		expect(written.filter((name) => !named.has(name))).toEqual([]);
	});

	it('leaves no scenario without a record', () => {
		expect([...scenarios].filter((name) => !observations.has(name))).toEqual([]);
	});

	it('shows everything by a scenario at least', () => {
		const page = readFileSync(new URL('../../docs/coverage.md', import.meta.url), 'utf8');
		const rows = page.split('\n').filter((line) => /^\| (?!what|---)/.test(line));
		expect(rows.filter((row) => !/`[^`]+`\s*(, `[^`]+`\s*)*\|$/.test(row))).toEqual([]);
	});
});
