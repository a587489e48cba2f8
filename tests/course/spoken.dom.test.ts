/** What a lesson's question and repair say to somebody who listens: what is asked, what was chosen, how it went. */
import { readFileSync } from 'node:fs';
import { virtual } from '@guidepup/virtual-screen-reader';
import { render, screen, waitFor } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { afterEach, expect, test, vi } from 'vitest';
import SpokenLesson from './SpokenLesson.svelte';

vi.setConfig({ testTimeout: 180_000 });

const json = (path: string) =>
	JSON.parse(readFileSync(`content/${path}.json`, 'utf8')) as Record<string, unknown>;
const repair = {
	file: json('exercises/close-the-way-through'),
	scenario: json('scenarios/five-hooks')
};
/** The server's SSH port is closed where packets go through. */
const MENDED = `table inet filter {
  chain forward {
    type filter hook forward priority 0;
    ip daddr 10.0.0.2 tcp dport 22 drop
  }
}`;

const SAID = {
	en: {
		question: 'Who turns the source back?',
		choices: [
			{ text: 'A rule', why: 'No rule is asked.' },
			{ text: 'The entry', correct: true, why: 'It remembers.' }
		],
		wrong: /Not so\. No rule is asked\./,
		right: /Right\. It remembers\./,
		check: 'Check',
		begin: 'Begin',
		editor: /gateway.*nft/,
		unsolved: /Not solved yet\./,
		solved: /Solved\./
	},
	zh: {
		question: '谁把源地址换回来？',
		choices: [
			{ text: '一条规则', why: '没有问任何规则。' },
			{ text: '条目', correct: true, why: '它记得。' }
		],
		wrong: /并非如此。\s*没有问任何规则。/,
		right: /对。\s*它记得。/,
		check: '检查',
		begin: '开始',
		editor: /gateway.*nft/,
		unsolved: /还没有解出。/,
		solved: /解出来了。/
	}
} as const;

afterEach(async () => {
	await virtual.stop();
});

for (const lang of ['en', 'zh'] as const)
	test(`the question and the repair are asked and answered in words: ${lang}`, async () => {
		const said = SAID[lang];
		const user = userEvent.setup();
		const { container } = render(SpokenLesson, {
			lang,
			question: said.question,
			choices: said.choices.map((choice) => ({ ...choice })),
			repair
		});
		await virtual.start({ container });
		/** What live regions said while something was done. */
		const during = async (act: () => Promise<unknown>): Promise<string[]> => {
			const before = (await virtual.spokenPhraseLog()).length;
			await act();
			await new Promise((done) => setTimeout(done, 50));
			return (await virtual.spokenPhraseLog())
				.slice(before)
				.filter((phrase) => /^(polite|assertive): /.test(phrase));
		};

		// Somebody who comes to the choices by Tab hears what is asked.
		const group = screen.getByRole('group', {
			name: new RegExp(said.question.replace('?', '\\?'))
		});
		expect(group).toBeInTheDocument();
		await user.tab();
		expect((await virtual.spokenPhraseLog()).join('\n')).toMatch(
			new RegExp(`radio, ${said.choices[0]!.text}`)
		);

		const check = screen.getAllByRole('button', { name: said.check })[0]!;
		await user.keyboard(' ');
		await user.tab();
		expect(check).toHaveFocus();
		const wrong = await during(() => user.keyboard('{Enter}'));
		expect(wrong.join(' ')).toMatch(said.wrong);
		expect(wrong.filter((phrase) => phrase.startsWith('assertive'))).toEqual([]);
		expect(check).toHaveFocus();
		await user.tab({ shift: true });
		await user.keyboard('{ArrowDown}');
		await user.tab();
		expect((await during(() => user.keyboard('{Enter}'))).join(' ')).toMatch(said.right);

		// The repair: who begins stands where the work is, by its name.
		await user.click(screen.getByRole('button', { name: said.begin }));
		const editor = await waitFor(
			() => screen.getByRole<HTMLTextAreaElement>('textbox', { name: said.editor }),
			{ timeout: 60_000 }
		);
		expect(document.activeElement).toHaveAccessibleName();
		const mark = screen.getAllByRole('button', { name: said.check }).at(-1)!;
		mark.focus();
		const unsolved = await during(() => user.keyboard('{Enter}'));
		expect(unsolved.join(' ')).toMatch(said.unsolved);
		expect(mark).toHaveFocus();
		await user.clear(editor);
		await user.click(editor);
		await user.paste(MENDED);
		mark.focus();
		const solved = await during(() => user.keyboard('{Enter}'));
		expect(solved.join(' ')).toMatch(said.solved);
		expect(solved.join(' ')).not.toMatch(said.unsolved);
		expect(mark).toHaveFocus();
	});
