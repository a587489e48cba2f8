/** A command's output in the observation's form. */

/** The runner's own table, which no scenario knows of. */
const HIDDEN = /^table ip __lab(?: \{[^]*?^\}| ?)(?:$\n?)/gm;

/** Tidies a line of an entry: runs of blanks as one, without what is not compared. */
function tidyLine(line: string): string {
	const plain = line.trim().replace(/\s+/g, ' ');
	if (!/ src=\S+ dst=\S+/.test(plain)) return plain;
	return plain
		.replace(/(^| )(?:mark=0|use=\d+|portid=\d+)(?= |$)/g, '')
		.replace(/\s+/g, ' ')
		.trim();
}

const isEntry = (line: string) => /^\S+ \d+ .*\bsrc=\S+ dst=/.test(line);

/** `conntrack -S`: the processors' lines as one sum. */
function sumStatistics(lines: readonly string[]): string[] {
	const sums = new Map<string, number>();
	for (const line of lines) {
		for (const [, key, value] of line.matchAll(/(\w+)=(\d+)/g)) {
			if (key !== 'cpu') sums.set(key!, (sums.get(key!) ?? 0) + Number(value));
		}
	}
	return [[...sums].map(([key, value]) => `${key}=${value}`).join(' ')];
}

/** What `command` printed: tidied lines without empty ones, lines of entries sorted. */
export function tidyOutput(command: string, stdout: string): string[] {
	const lines = stdout.replace(HIDDEN, '').split('\n').map(tidyLine).filter(Boolean);
	if (/^conntrack (?:-S|--stats)\b/.test(command)) return sumStatistics(lines);
	return lines.length > 0 && lines.every(isEntry) ? lines.sort() : lines;
}
