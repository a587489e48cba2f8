/**
 * Words of a text, for the index and for what is looked up in it. Latin words in small letters, also the parts of
 * `nf_conntrack_max`; Chinese by Intl.Segmenter, and by pairs of characters besides, because a browser may split a text
 * otherwise than the machine that built the index.
 */
export function tokens(text: string): string[] {
	const found: string[] = [];
	for (const [run] of text.toLowerCase().matchAll(/[\p{Script=Han}]+|[\p{L}\p{N}_.:/-]+/gu)) {
		if (/\p{Script=Han}/u.test(run)) found.push(...hanTokens(run));
		else found.push(...latinTokens(run));
	}
	return found;
}

function latinTokens(run: string): string[] {
	const word = run.replace(/^[_.:/-]+|[_.:/-]+$/g, '');
	if (word === '') return [];
	const parts = word.split(/[_.:/-]+/);
	return parts.length > 1 ? [word, ...parts] : [word];
}

function hanTokens(run: string): string[] {
	const words = [...new Intl.Segmenter('zh', { granularity: 'word' }).segment(run)].map(
		({ segment }) => segment
	);
	const characters = [...run];
	const pairs = characters.slice(1).map((character, index) => characters[index]! + character);
	return [...new Set([...words, ...pairs])];
}
