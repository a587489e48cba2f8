/** What is said of wrong input, in Chinese. */
import { enumeration } from './enumeration';
import { fill } from './fill';
import { formsOf } from './form-of';

/** Characters above which a message stays as it is: it quotes more than anybody reads. */
const LONGEST = 1000;
const CHINESE = /[\u4e00-\u9fff]/;
/** A place or a command, and what is said of it. */
const FRAME = /^([\w.[\]/-]+): ([^]+)$/;

/** A message as it is thrown, told in Chinese; what is not in the catalogue, such as a tool's own words, as it stands. */
export function inChinese(message: string): string {
	if (message.length > LONGEST) return message;
	return whole(message) ?? inPart(message);
}

/** All of it, names left as they are; `null` where something in it cannot be told. */
export function whole(message: string): string | null {
	const [, place, said] = FRAME.exec(message) ?? [];
	const told = said === undefined ? null : formed(said, 'narrow');
	if (told !== null) return `${place}：${told}`;
	return formed(message, 'narrow') ?? list(message) ?? formed(message, 'wide');
}

function formed(message: string, width: 'narrow' | 'wide'): string | null {
	for (const { chinese, holes } of formsOf(message, width)) {
		const values = holes.map(({ value, told }) => (told ? part(value) : value));
		if (values.every((value) => value !== null)) return fill(chinese, values);
	}
	return null;
}

/** What stands in a hole: something to be told, a list, or what is written so in rules and files. */
function part(text: string): string | null {
	const isName = !/\s/.test(text.replace(/`[^`]*`|^"([^"\\]|\\.)*"$/g, ''));
	return whole(text) ?? (isName ? text : null);
}

const BETWEEN: Readonly<Record<string, string>> = {
	', ': '{}、{}',
	' or ': '{} 或 {}',
	' and ': '{} 和 {}',
	' | ': '{} 或 {}',
	' . ': '{} . {}'
};

function list(text: string): string | null {
	const { parts, between } = enumeration(text);
	if (parts.length < 2) return null;
	return parts.slice(1).reduce<string | null>((line, one, i) => {
		const told = one === '…' ? '……' : part(one);
		if (line === null || told === null) return null;
		return one === '…' ? line + told : fill(BETWEEN[between[i]!]!, [line, told]);
	}, part(parts[0]!));
}

/** What of it can be told, around what cannot. A frame that says nothing itself stays with what it stands around. */
function inPart(message: string): string {
	for (const width of ['narrow', 'wide'] as const)
		for (const { chinese, holes } of formsOf(message, width)) {
			const line = fill(
				chinese,
				holes.map(({ value, told }) => (told ? inChinese(value) : value))
			);
			return CHINESE.test(line) ? line : message;
		}
	return message;
}
