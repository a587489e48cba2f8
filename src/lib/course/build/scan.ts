/** A lesson's source, taken apart as far as the build needs: fenced blocks, headings, components; each with its line. */

/** ```` ```language name=value flag ```` … ```` ``` ````; lines count from 1. */
export interface Fence {
	/** Line of the opening fence. */
	readonly line: number;
	/** Line of the closing fence. */
	readonly end: number;
	readonly language: string;
	/** What stands after the language. */
	readonly info: string;
	readonly body: string;
}

export interface SourceHeading {
	readonly line: number;
	readonly depth: number;
	readonly text: string;
	/** From `{#id}` at the end of the line. */
	readonly id: string | undefined;
}

/** A component as it is written: its opening tag, or all of it when it closes itself. */
export interface SourceTag {
	readonly name: string;
	readonly line: number;
	/** Offsets in the text; `to` is after the closing `>`. */
	readonly from: number;
	readonly to: number;
	readonly text: string;
}

export interface Source {
	readonly text: string;
	/** The line that the text below the frontmatter begins with. */
	readonly bodyLine: number;
	readonly fences: readonly Fence[];
	readonly headings: readonly SourceHeading[];
	readonly tags: readonly SourceTag[];
	/** `import name from 'path'` in the lesson's script. */
	readonly imports: ReadonlyMap<string, string>;
	/** The text with frontmatter, script, fenced blocks and comments blanked out; of the same length. */
	readonly prose: string;
}

/** Something wrong with a lesson, and the line where. */
export interface Fault {
	readonly line: number;
	readonly message: string;
}

const blank = (text: string): string => text.replace(/[^\n]/g, ' ');

/** Takes a lesson's text apart. Never fails: what is not closed goes to the end. */
export function scan(text: string): Source {
	const frontmatter = /^---\r?\n[\s\S]*?\n---[ \t]*(\r?\n|$)/.exec(text)?.[0] ?? '';
	const { fences, rest } = scanFences(blank(frontmatter) + text.slice(frontmatter.length));
	const script = /<script[\s>][\s\S]*?<\/script>/.exec(rest)?.[0] ?? '';
	const imports = new Map(
		[...script.matchAll(/^\s*import\s+(\w+)\s+from\s+['"]([^'"]+)['"]/gm)].map(
			([, name, path]) => [name!, path!] as const
		)
	);
	const prose = rest
		.replace(/<(script|style)[\s>][\s\S]*?<\/\1>/g, blank)
		.replace(/<!--[\s\S]*?-->/g, blank);
	return {
		text,
		bodyLine: frontmatter.split('\n').length,
		fences,
		headings: scanHeadings(prose),
		tags: scanTags(text, prose),
		imports,
		prose
	};
}

/** The line of an offset, from 1. */
export function lineAt(text: string, offset: number): number {
	return text.slice(0, offset).split('\n').length;
}

function scanFences(text: string): { fences: Fence[]; rest: string } {
	const fences: Fence[] = [];
	const lines = text.split('\n');
	const rest = [...lines];
	for (let i = 0; i < lines.length; i++) {
		const open = /^ {0,3}(`{3,}|~{3,})\s*([^\s`]*)[ \t]*([^`]*)$/.exec(lines[i]!);
		if (!open) continue;
		let end = i + 1;
		while (end < lines.length && !lines[end]!.trim().startsWith(open[1]!)) end++;
		fences.push({
			line: i + 1,
			end: end + 1,
			language: open[2]!,
			info: open[3]!.trim(),
			body: lines.slice(i + 1, end).join('\n')
		});
		for (let k = i; k <= end && k < lines.length; k++) rest[k] = blank(lines[k]!);
		i = end;
	}
	return { fences, rest: rest.join('\n') };
}

function scanHeadings(prose: string): SourceHeading[] {
	return prose.split('\n').flatMap((line, index) => {
		const found = /^(#{1,6})\s+(.*?)\s*(?:\{#([\w-]+)\})?\s*$/.exec(line);
		return found
			? [{ line: index + 1, depth: found[1]!.length, text: found[2]!, id: found[3] }]
			: [];
	});
}

function scanTags(text: string, prose: string): SourceTag[] {
	// Code in prose may look like a tag; within a tag it is left alone by looking at the text itself.
	const outside = prose.replace(/(`+)(?!`)(?:(?!\n\s*\n)[\s\S])*?[^`]\1(?!`)/g, blank);
	const tags: SourceTag[] = [];
	let after = 0;
	for (const { index, 1: name } of prose.matchAll(/<([A-Z]\w*)(?=[\s/>])/g)) {
		if (index < after || outside[index] !== '<') continue;
		const to = tagEnd(text, index);
		tags.push({ name: name!, line: lineAt(text, index), from: index, to, text: text.slice(index, to) });
		after = to;
	}
	return tags;
}

/** Offset after the `>` that closes the tag that begins at `from`. */
function tagEnd(text: string, from: number): number {
	let depth = 0;
	let quote = '';
	for (let i = from + 1; i < text.length; i++) {
		const c = text[i]!;
		if (quote) {
			if (c === '\\' && depth > 0) i++;
			else if (c === quote) quote = '';
		} else if (c === '"' || c === "'" || (c === '`' && depth > 0)) quote = c;
		else if (c === '{') depth++;
		else if (c === '}') depth--;
		else if (c === '>' && depth === 0) return i + 1;
	}
	return text.length;
}
