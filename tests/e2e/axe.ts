/** What axe, with all its rules for WCAG 2.2 AA and for good practice, finds on a page as it is now. */
import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';

/**
 * Each rule that is broken, and where: on the page, or in what a selector names. (What a popover lies over for a moment
 * is no smaller target for that; axe takes it for one.)
 */
export async function axeFaults(page: Page, within?: string): Promise<string[]> {
	// Within the page itself: there are no frames to be gone through, and what is put together in a page of its own, and
	// what is told of all that is well, take longer than the looking.
	const axe = new AxeBuilder({ page }).setLegacyMode();
	if (within) axe.include(within);
	const { violations } = await axe
		.options({ resultTypes: ['violations'], rules: { 'target-size': { enabled: true } } })
		.analyze();
	return violations.flatMap(({ id, nodes }) =>
		nodes.map(({ target }) => `${id}: ${target.join(' ')}`)
	);
}
