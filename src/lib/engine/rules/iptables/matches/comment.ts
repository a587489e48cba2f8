/** `-m comment`: says something to people, and matches everything. */
import { extension } from '../extension';
import { quoted } from '../text';

export interface CommentMatch {
	readonly text: string;
}

/** `XT_MAX_COMMENT_LEN` less the closing zero. */
const LONGEST = 255;

export const comment = extension<CommentMatch>({
	name: 'comment',
	options: [{ name: '--comment', value: 'Text' }],
	read(given) {
		given.need('--comment');
		const text = given.text('--comment') ?? '';
		if (text.length > LONGEST)
			throw given.refusal(`expected at most ${LONGEST} letters`, '--comment');
		return { text };
	},
	save: (match) => `--comment ${quoted(match.text)}`,
	list: (match) => `/* ${match.text} */`,
	statements: () => []
});
