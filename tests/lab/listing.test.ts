import { readFileSync, readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import { listedCount, listedLines } from '$lib/lab/model/listing';
import { momentAt } from '$lib/lab/model/moment';
import { observe } from '$lib/scenario/observe';
import { record, scenario } from './load';

const folder = 'tests/kernel/scenarios';

for (const file of readdirSync(folder).filter((name) => name.endsWith('.json')))
	test(`lists what conntrack -L does at the end of each step: ${file}`, () => {
		expect.hasAssertions();
		const given = scenario(JSON.parse(readFileSync(`${folder}/${file}`, 'utf8')));
		const recording = record(given);
		const observed = observe(given);
		if (!observed.ok) throw new Error(JSON.stringify(observed.errors));
		given.steps.forEach((_, step) => {
			const last = recording.stops.findLastIndex((stop) => stop.step === step);
			if (last < 0) return;
			for (const [host, { table }] of Object.entries(observed.observation.steps[step]!.hosts!)) {
				const shown = momentAt(recording, last + 1, host).table;
				const beside = recording.index.hosts.get(host)?.beside;
				expect(listedLines(shown).sort(), `step ${step}, ${host}`).toEqual(table);
				expect(listedCount(shown, beside), `step ${step}, ${host}`).toBe(table.length);
			}
		});
	});
