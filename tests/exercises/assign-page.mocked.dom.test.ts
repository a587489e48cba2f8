import { render, screen } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { expect, test, vi } from 'vitest';
import { exercises } from '../../src/lib/exercises/site/catalogue.server';
import AssignPage from '../../src/lib/exercises/ui/circle/AssignPage.svelte';
import { circleEn } from '../../src/lib/exercises/ui/words/circle-en';
import InLanguage from './InLanguage.svelte';

const t = circleEn.assign;

vi.mock('$app/state', () => ({ page: { route: { id: '/[lang]/assign' } } }));

test('says of which exercises everybody gets the same, where variants are asked for', async () => {
	const two = [true, false].map((varies) => exercises.find((one) => one.varies === varies)!);
	render(InLanguage, { component: AssignPage, given: { exercises: two } });
	const box = (i: number) => screen.getByRole('checkbox', { name: new RegExp(two[i]!.title.en) });
	expect(box(0)).not.toHaveAccessibleName(expect.stringContaining(t.noVariants));
	expect(box(1)).toHaveAccessibleName(expect.stringContaining(t.noVariants));
	await userEvent.click(screen.getByRole('radio', { name: t.variantsNone }));
	expect(box(1)).not.toHaveAccessibleName(expect.stringContaining(t.noVariants));
});
