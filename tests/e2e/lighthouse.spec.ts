/**
 * What Lighthouse says of the home page and of a lesson, as on a phone. Times are printed, and not asserted: they are those
 * of a machine that has more to do (`npm run lighthouse` on one that is at rest tells them).
 */
import { audit, describeReport, PAGES } from '../../scripts/lighthouse.mjs';
import { FULL, expect, test } from './site';

for (const path of FULL ? PAGES : [])
	test(`Lighthouse finds nothing to mend in ${path}, and nothing in it moves`, async ({ site }) => {
		test.setTimeout(300_000);
		const [report] = await audit([site.root + path]);
		if (!report) throw new Error('there is no report');
		console.log(describeReport(path, report));
		const { scores, failed, shift } = report;
		expect(failed).toEqual([]);
		expect(scores).toMatchObject({ accessibility: 100, 'best-practices': 100, seo: 100 });
		expect(shift).toBe(0);
	});
