/** The engine against what Linux did: every recorded scenario, field by field. */
import { readFileSync, readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { compareObservations } from '../../src/lib/scenario/compare';
import type { Observation } from '../../src/lib/scenario/observation';
import { observe } from '../../src/lib/scenario/observe';
import { parseScenario } from '../../src/lib/scenario/scenario';

const SCENARIOS = new URL('../kernel/scenarios/', import.meta.url);
const OBSERVATIONS = new URL('../kernel/observations/', import.meta.url);

describe('equal to the kernel', () => {
	const names = readdirSync(OBSERVATIONS).filter((file) => file.endsWith('.json'));

	it('has recorded observations to be held against', () => {
		expect(names.length).toBeGreaterThanOrEqual(45);
	});

	it.each(names)('%s', (file) => {
		const parsed = parseScenario(readFileSync(new URL(file, SCENARIOS), 'utf8'));
		if (!parsed.ok) throw new Error(JSON.stringify(parsed.errors));
		const observed = observe(parsed.scenario);
		if (!observed.ok) throw new Error(JSON.stringify(observed.errors));
		const recorded = JSON.parse(readFileSync(new URL(file, OBSERVATIONS), 'utf8')) as Observation;
		expect(compareObservations(recorded, observed.observation, parsed.scenario)).toEqual([]);
	});
});
