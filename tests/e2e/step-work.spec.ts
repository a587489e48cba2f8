/** What a step costs is what it changes: a colour that is handed down has all styled anew that stands below it. */
import { openLab } from './told-apart';
import { expect, test } from './site';

/** An element that has more than these below it is no sign, no line and no label. */
const FEW = 20;

test('a packet that turns round colours what shows its direction, and nothing that other things stand in', async ({
	page
}) => {
	const lab = await openLab(page, 'reverse-snat');
	const slider = lab.getByRole('slider');
	const last = Number(await slider.getAttribute('max'));
	const seen = await lab.evaluateHandle(() => ({
		accents: new Map<Element, string>(),
		recoloured: new Set<string>(),
		walked: new Set<string>()
	}));
	await slider.focus();
	for (let at = 0; at <= last; at++) {
		await lab.evaluate(
			(root, { seen, few }) => {
				for (const view of ['Network', 'Hook path'])
					for (const one of root.querySelectorAll(
						`[aria-label="${view}"], [aria-label="${view}"] *`
					)) {
						const accent = getComputedStyle(one).getPropertyValue('--accent');
						if (one.matches('.walked')) seen.walked.add(accent);
						if (one.querySelectorAll('*').length <= few) continue;
						if ((seen.accents.get(one) ?? accent) !== accent)
							seen.recoloured.add(`${view}: ${one.tagName} ${one.getAttribute('class')}`);
						seen.accents.set(one, accent);
					}
			},
			{ seen, few: FEW }
		);
		await page.keyboard.press('ArrowRight');
	}
	const found = await seen.evaluate(({ recoloured, walked, accents }) => ({
		recoloured: [...recoloured],
		colours: walked.size,
		looked: accents.size
	}));
	expect(found.colours, 'both directions were seen').toBeGreaterThanOrEqual(2);
	expect(found.looked, 'elements that others stand in').toBeGreaterThan(5);
	expect(found.recoloured).toEqual([]);
});
