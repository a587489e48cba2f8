/**
 * A line of `conntrack -L` or `conntrack -E` taken apart, as far as holding two of them against
 * each other needs it. The lines are those of the observation form: runs of blanks as one,
 * without `mark=0`, `use=` and `portid=`.
 */

/** One direction of an entry. `sport` and `dport` are absent for protocols without ports. */
export interface LineTuple {
	readonly src: string;
	readonly dst: string;
	/** Ports; for ICMP the id is the source port and the destination port is 0. */
	readonly sport?: number;
	readonly dport?: number;
}

/** An entry's line. */
export interface EntryLine {
	/** `[NEW]`, `[UPDATE]`, `[DESTROY]`, or nothing for a line of the table. */
	readonly event: string;
	readonly protocol: string;
	/** Seconds left; `undefined` where the line has none (the event of an expired entry). */
	readonly seconds: number | undefined;
	readonly original: LineTuple;
	readonly reply: LineTuple;
	/** Everything else that must be equal, in order: state, flags, ICMP types, marks, zones. */
	readonly rest: string;
}

const TUPLE_FIELDS = new Set(['src', 'dst', 'sport', 'dport', 'id']);

/** Takes an entry's line apart; `null` for a line that is none. */
export function parseEntryLine(line: string): EntryLine | null {
	const tokens = line.split(' ');
	const event = /^\[(NEW|UPDATE|DESTROY)\]$/.test(tokens[0]!) ? tokens.shift()! : '';
	// `-o extended` puts the network protocol first: `ipv4 2 tcp 6 …`.
	const network = tokens[0] === 'ipv4' && tokens[1] === '2' ? tokens.splice(0, 2) : [];
	const protocol = [...network, ...tokens.splice(0, 2)].join(' ');
	if (!/^(ipv4 2 )?\S+ \d+$/.test(protocol)) return null;
	const seconds = /^\d+$/.test(tokens[0] ?? '') ? Number(tokens.shift()) : undefined;
	const tuples: Record<string, string>[] = [];
	const rest: string[] = [];
	for (const token of tokens) {
		const at = token.indexOf('=');
		const name = token.slice(0, at);
		if (name === 'src') tuples.push({});
		const tuple = tuples.at(-1);
		if (tuple && TUPLE_FIELDS.has(name) && !(name in tuple)) tuple[name] = token.slice(at + 1);
		else if (event !== '[DESTROY]' || name !== 'progname') {
			// The place tells which direction a word belongs to: [UNREPLIED] stands between the two.
			rest.push(`${tuples.length}:${token}`);
		}
	}
	if (tuples.length !== 2) return null;
	const [original, reply] = tuples.map(tupleOf) as [LineTuple, LineTuple];
	return { event, protocol, seconds, original, reply, rest: rest.join(' ') };
}

function tupleOf(fields: Record<string, string>): LineTuple {
	const { src, dst, sport, dport, id } = fields as { src: string; dst: string } & typeof fields;
	if (id !== undefined) return { src, dst, sport: Number(id), dport: 0 };
	if (sport === undefined || dport === undefined) return { src, dst };
	return { src, dst, sport: Number(sport), dport: Number(dport) };
}
