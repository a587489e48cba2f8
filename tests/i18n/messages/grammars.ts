/** What the grammars say: their rules' names, which errors list as expected, and what their own code throws. */
import { readFileSync } from 'node:fs';
import type { Found } from './flow';

/** A rule with a name of its own: `Port "a port" = …`. */
const NAMED = /^\w+ "((?:[^"\\]|\\.)+)"/;
/** `invalid('…')`, `error('…')`: a message; `refuse('…')`: what is not modelled. */
const THROWN = /\b(invalid|error|refuse)\(('[^)]*)\)/g;

/** `'meta ' + key + ' set'` → `meta {} set` */
const withHoles = (source: string): string =>
	source
		.split(' + ')
		.map((piece) => /^'(.*)'$/.exec(piece)?.[1] ?? '{}')
		.join('');

export function grammarTexts(): { messages: Found[]; parts: Found[]; refused: Found[] } {
	const messages: Found[] = [];
	const parts: Found[] = [];
	const refused: Found[] = [];
	for (const name of ['nft', 'iptables']) {
		const file = `src/lib/engine/rules/${name}/${name}.peggy`;
		readFileSync(file, 'utf8')
			.split('\n')
			.forEach((line, i) => {
				const at = `${file}:${i + 1}`;
				const named = NAMED.exec(line)?.[1];
				if (named) parts.push({ text: named, at });
				for (const [, how, source] of line.matchAll(THROWN))
					(how === 'refuse' ? refused : messages).push({ text: withHoles(source!), at });
			});
	}
	return { messages, parts, refused };
}
