/** What axe, with all its rules for WCAG 2.2 AA and for good practice, finds on a page as it is now. */
import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';

/**
 * Each rule that is broken, and where: on the page, or in what a selector names. (What a popover lies over for a moment
 * is no smaller target for that; axe takes it for one.)
 */
export async function axeFaults(page: Page, within?: string): Promise<string[]> {
	return faults(page, { rules: { 'target-size': { enabled: true } } }, within);
}

/** The same of colours alone: what a second theme can break. */
export async function axeColourFaults(page: Page): Promise<string[]> {
	return faults(page, { runOnly: ['color-contrast', 'link-in-text-block'] });
}

async function faults(
	page: Page,
	options: Parameters<AxeBuilder['options']>[0],
	within?: string
): Promise<string[]> {
	const axe = new AxeBuilder({ page }).options(options);
	if (within) axe.include(within);
	const { violations } = await axe.analyze();
	return violations.flatMap(({ id, nodes }) =>
		nodes.map(({ target }) => `${id}: ${target.join(' ')}`)
	);
}
