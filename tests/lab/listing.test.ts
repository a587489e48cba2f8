import { readFileSync, readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import { listedCount, listedLines } from '$lib/lab/model/listing';
import { momentAt } from '$lib/lab/model/moment';
import { observe } from '$lib/scenario/observe';
import { record, scenario } from './load';

const folder = 'tests/kernel/scenarios';

for (const file of readdirSync(folder).filter((name) => name.endsWith('.json')))
	test(`lists what conntrack -L does at the end of each step: ${file}`, () => {
		const given = scenario(JSON.parse(readFileSync(`${folder}/${file}`, 'utf8')));
		const recording = record(given);
		const observed = observe(given);
		if (!observed.ok) throw new Error(JSON.stringify(observed.errors));
		// One expectation for all of them: there are thousands.
		const [listed, asked]: [unknown[], unknown[]] = [[], []];
		given.steps.forEach((_, step) => {
			const last = recording.stops.findLastIndex((stop) => stop.step === step);
			if (last < 0) return;
			for (const [host, { table }] of Object.entries(observed.observation.steps[step]!.hosts!)) {
				const shown = momentAt(recording, last + 1, host).table;
				const beside = recording.index.hosts.get(host)?.beside;
				const [lines, count] = [listedLines(shown).sort(), listedCount(shown, beside)];
				listed.push({ step, host, lines, count });
				asked.push({ step, host, lines: table, count: table.length });
			}
		});
		expect(listed).toEqual(asked);
	});
