/** What somebody has pasted: nft, iptables-save, ipset, or the last two in one go. */

export type PastedLanguage = 'nft' | 'iptables' | 'ipset';

export interface Pasted {
	/** In which language it is read, `ipset` beside another one included; empty: nothing was pasted. */
	readonly languages: readonly PastedLanguage[];
	/** The text of each: lines that belong to the other are empty there, so that every line keeps its number. */
	readonly texts: Readonly<Partial<Record<PastedLanguage, string>>>;
	/** What it is instead, when it is something that is not read here. */
	readonly instead: 'iptables commands' | 'iptables -L' | 'nft commands' | null;
}

const SET = /^\s*(ipset\s+)?(create|-N)\s+(-(?:exist|!)\s+)?\S+\s+(hash|bitmap|list):/;
const ELEMENT = /^\s*(?:ipset\s+)?(?:add|-A|-!\s+add)\s+(\S+)\s/;
const TABLE = /^\s*\*(raw|mangle|nat|filter|security)\s*$/;
const COMMAND = /^\s*(sudo\s+)?(\/\S+\/)?ip6?tables(-nft|-legacy)?\s+-/;
const NFT_COMMAND =
	/^\s*(sudo\s+)?(\/\S+\/)?nft\s+(-\S+\s+)*(add|insert|create|replace|delete|flush)\s/;
const LISTED = /^Chain \S+ \(policy |^Chain \S+ \(\d+ references\)/;

const meant = (line: string): boolean => line.trim() !== '' && !/^\s*#/.test(line);

/** The names of the sets that a text creates. */
function setsOf(lines: readonly string[]): Set<string> {
	const names = lines.flatMap((line) =>
		SET.test(line) ? (/(?:create|-N)\s+(?:-(?:exist|!)\s+)?(\S+)/.exec(line)?.[1] ?? []) : []
	);
	return new Set(names);
}

/** @param chosen the language to read it in, if it is not to be recognised */
export function recognise(text: string, chosen: PastedLanguage | null): Pasted {
	const lines = text.replaceAll('\r\n', '\n').split('\n');
	if (!lines.some(meant)) return { languages: [], texts: {}, instead: null };
	if (chosen) return { languages: [chosen], texts: { [chosen]: lines.join('\n') }, instead: null };
	const sets = setsOf(lines);
	const ofSets = (line: string): boolean =>
		SET.test(line) || sets.has(ELEMENT.exec(line)?.[1] ?? '');
	const restore = lines.some((line) => TABLE.test(line));
	if (!restore && lines.some((line) => COMMAND.test(line)))
		return { languages: [], texts: {}, instead: 'iptables commands' };
	if (!restore && lines.some((line) => LISTED.test(line)))
		return { languages: [], texts: {}, instead: 'iptables -L' };
	if (!restore && lines.some((line) => NFT_COMMAND.test(line)))
		return { languages: [], texts: {}, instead: 'nft commands' };
	const main: PastedLanguage = restore ? 'iptables' : 'nft';
	const only = (mine: (line: string) => boolean): string =>
		lines.map((line) => (mine(line) ? line : '')).join('\n');
	const rest = lines.some((line) => meant(line) && !ofSets(line));
	const languages: PastedLanguage[] = [
		...(rest ? [main] : []),
		...(sets.size > 0 ? ['ipset' as const] : [])
	];
	return {
		languages,
		texts: {
			...(rest ? { [main]: only((line) => !ofSets(line)) } : {}),
			...(sets.size > 0 ? { ipset: only(ofSets).replace(/^(\s*)ipset\s+/gm, '$1') } : {})
		},
		instead: null
	};
}

/** Names of interfaces that a ruleset asks for, as they stand there; patterns (`veth*`, `veth+`) are left out. */
export function interfacesNamed(text: string): string[] {
	const names = new Set<string>();
	const add = (name: string | undefined): void => {
		if (name && !/[*+]$/.test(name)) names.add(name);
	};
	const defined = new Map(
		[...text.matchAll(/^\s*define\s+(\w+)\s*=\s*(\{[^}]*\}|\S+)/gm)].map(
			([, name, value]) => [name, value] as const
		)
	);
	for (const written of text.split('\n')) {
		if (!meant(written)) continue;
		const line = written
			// What a route look-up is asked for is no name.
			.replace(/\bfib\s+\w+(\s*\.\s*\w+)*\s+(oifname|oif|type)\b/g, 'fib')
			.replace(/\$(\w+)/g, (variable, name: string) => defined.get(name) ?? variable);
		for (const [, one, many] of line.matchAll(
			/\b[io]if(?:name)?\s+(?:!=\s*|==\s*)?(?:("[^"]+"|[\w.:-]+)|\{([^}]*)\})/g
		)) {
			if (many !== undefined)
				for (const name of many.split(',')) add(name.trim().replaceAll('"', ''));
			else add(one?.replaceAll('"', ''));
		}
		if (!/^\s*-[AI]\s/.test(line)) continue;
		for (const [, name] of line.matchAll(/\s(?:-i|-o|--in-interface|--out-interface)\s+(\S+)/g))
			add(name);
	}
	return [...names];
}
