// Every prediction of every lesson, answered from the lesson's own data: the right choice is right, and no other is.
import { readFileSync, readdirSync } from 'node:fs';
import { cleanup, fireEvent, render, screen } from '@testing-library/svelte';
import { expect, test } from 'vitest';
import Question from '../../src/lib/course/Question.svelte';
import { checkForm } from '../../src/lib/course/build/form';
import { scan } from '../../src/lib/course/build/scan';

const lessons = ['en', 'zh'].flatMap((language) =>
	readdirSync(`content/${language}/lessons`).map((file) => `content/${language}/lessons/${file}`)
);

test.each(lessons)('%s', async (file) => {
	const { questions } = checkForm(scan(readFileSync(file, 'utf8'))).parts;
	expect(questions.length).toBeGreaterThan(0);
	for (const { id, choices } of questions) {
		expect(choices.filter(({ correct }) => correct)).toHaveLength(1);
		render(Question, { id, question: id, choices: [...choices] });
		for (const [at, { correct }] of choices.entries()) {
			await fireEvent.click(screen.getAllByRole('radio')[at]!);
			await fireEvent.click(screen.getByRole('button', { name: 'Check' }));
			expect(screen.getByRole('status'), `${id}, choice ${at + 1}`).toHaveTextContent(
				correct ? /^✓ Right\. / : /^✗ Not so\. /
			);
		}
		cleanup();
	}
});
