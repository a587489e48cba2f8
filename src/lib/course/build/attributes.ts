/** Reads `name=value name="a value" flag`, as it stands after a block's language and in a fact. */

const ATTRIBUTE = /\s*([A-Za-z][\w-]*)(?:=(?:"([^"]*)"|'([^']*)'|\{([^}]*)\}|([^\s"'{}]+)))?(?=\s|$)/y;

/**
 * @param known the names that may stand there
 * @throws Error that names what cannot be read or is not known
 */
export function readAttributes(text: string, known: readonly string[]): Map<string, string> {
	const found = new Map<string, string>();
	const source = text.trim();
	for (ATTRIBUTE.lastIndex = 0; ATTRIBUTE.lastIndex < source.length; ) {
		const at = ATTRIBUTE.lastIndex;
		const match = ATTRIBUTE.exec(source);
		if (!match) throw new Error(`cannot read \`${source.slice(at).trim()}\`: expected name=value`);
		const [, name, ...values] = match;
		if (!known.includes(name!)) throw new Error(`unknown \`${name}\`; there are ${known.join(', ')}`);
		found.set(name!, values.find((value) => value !== undefined) ?? '');
	}
	return found;
}

/** A step's number, if it is there. */
export function stepOf(attributes: ReadonlyMap<string, string>, name = 'step'): number | undefined {
	const text = attributes.get(name);
	if (text === undefined) return undefined;
	if (!/^-?\d+$/.test(text)) throw new Error(`${name}=${text}: expected the number of a step, from 0`);
	return Number(text);
}
