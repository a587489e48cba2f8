/** The options of TCP as nft names them (`tcpopthdr_protocols`), and where their fields stand. */

interface OptionField {
	/** In bytes from where the option begins. */
	readonly at: number;
	readonly bytes: number;
}

interface TcpOptionKind {
	readonly kind: number;
	readonly fields: Readonly<Record<string, OptionField>>;
}

const byte = (at: number): OptionField => ({ at, bytes: 1 });
const length = byte(1);

/** One of the edges of a block that SACK tells of, the first being 0. */
function sack(block: number): TcpOptionKind {
	const left = { at: 2 + block * 8, bytes: 4 };
	const right = { at: 6 + block * 8, bytes: 4 };
	return { kind: 5, fields: { length, left, right } };
}

const OPTIONS: Readonly<Record<string, TcpOptionKind>> = {
	eol: { kind: 0, fields: {} },
	nop: { kind: 1, fields: {} },
	maxseg: { kind: 2, fields: { length, size: { at: 2, bytes: 2 } } },
	window: { kind: 3, fields: { length, count: byte(2) } },
	'sack-perm': { kind: 4, fields: { length } },
	sack: sack(0),
	sack1: sack(1),
	sack2: sack(2),
	sack3: sack(3),
	timestamp: {
		kind: 8,
		fields: { length, tsval: { at: 2, bytes: 4 }, tsecr: { at: 6, bytes: 4 } }
	},
	md5sig: { kind: 19, fields: { length } },
	mptcp: { kind: 30, fields: { length } },
	fastopen: { kind: 34, fields: { length } }
};

/** Other words for the same. */
const ALIASES: Readonly<Record<string, string>> = {
	mss: 'maxseg',
	noop: 'nop',
	'sack-permitted': 'sack-perm',
	sack0: 'sack',
	echo: 'timestamp'
};

/** The name by which an option is listed: of one that is given by its number, too. `null`: there is none of this name. */
export function optionNamed(text: string): string | null {
	const name = ALIASES[text] ?? text;
	if (Object.hasOwn(OPTIONS, name)) return name;
	const number = /^\d+$/.test(text) ? Number(text) : 256;
	if (number > 255) return null;
	return Object.keys(OPTIONS).find((one) => OPTIONS[one]!.kind === number) ?? String(number);
}

/** The number of an option. */
export function kindOf(option: string): number {
	return OPTIONS[option]?.kind ?? Number(option);
}

/** A field of an option; one without a name has none. */
export function optionField(option: string, field: string): OptionField | null {
	const fields = OPTIONS[option]?.fields ?? {};
	return (Object.hasOwn(fields, field) && fields[field]) || null;
}
