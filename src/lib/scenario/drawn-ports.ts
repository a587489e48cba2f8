/**
 * Source ports that two runs of one scenario drew differently, and nothing else, are the same.
 *
 * What is kept is a relation of flows: the flow that one run sees with port 46046 is the one that
 * the other sees with port 31007. It is learnt where an entry's two tuples show that the port was
 * drawn (`nf_nat_l4proto_unique_tuple`), and holds wherever that flow is seen afterwards.
 */
import type { LineTuple } from './entry-line';

/** Two ends that talk: of either direction. ICMP: the id as source port, 0 as destination port. */
export interface Flow extends LineTuple {
	readonly protocol: string;
}

const isIcmp = (flow: Flow) => flow.protocol.startsWith('icmp ');

/** The flow as the other side sends it. */
export function invert(flow: Flow): Flow {
	const { protocol, src, dst, sport, dport } = flow;
	if (isIcmp(flow)) return { ...flow, src: dst, dst: src };
	return { protocol, src: dst, dst: src, sport: dport, dport: sport };
}

/** What the rules of a scenario allow to be drawn. */
export interface Draws {
	/** Ranges of ports that rules name, both ends included. */
	readonly ranges: readonly (readonly [number, number])[];
	/** Some rule says `random`: a port may be drawn without a clash. */
	readonly random: boolean;
}

/** Finds the port ranges of NAT rules in whatever texts a scenario has. */
export function drawsOf(texts: readonly string[]): Draws {
	const ranges: [number, number][] = [];
	const naming = /\b(?:snat|dnat|masquerade|redirect|to-ports|to-source|to-destination)\b[^\n;]*/gi;
	for (const text of texts) {
		for (const [statement] of text.matchAll(naming)) {
			for (const [, from, to] of statement.matchAll(/(?:^|[\s:])(\d{1,5})-(\d{1,5})(?![\d.])/g)) {
				if (Number(from) < Number(to)) ranges.push([Number(from), Number(to)]);
			}
		}
	}
	return { ranges, random: texts.some((text) => /\brandom\b|--random/.test(text)) };
}

/** The ports that the kernel draws from after a clash over `port`. */
function classOf(port: number): readonly [number, number] {
	if (port < 512) return [1, 511];
	return port < 1024 ? [600, 1023] : [1024, 65535];
}

const within = (port: number, [from, to]: readonly [number, number]) => from <= port && port <= to;

/** One name for a flow and its replies. */
function keyOf(flow: Flow): string {
	if (isIcmp(flow))
		return `${flow.protocol} ${[flow.src, flow.dst].sort().join(' ')} ${flow.sport}`;
	const ends = [`${flow.src}:${flow.sport ?? ''}`, `${flow.dst}:${flow.dport ?? ''}`].sort();
	return `${flow.protocol} ${ends.join(' ')}`;
}

/** The relation between the flows of an expected and an actual run. */
export class DrawnPorts {
	readonly #draws: Draws;
	/** Expected flow → the actual one that it is now, and all that it ever was. */
	readonly #now = new Map<string, string>();
	readonly #ever = new Map<string, Set<string>>();
	/** Ports that were drawn, whatever address they stand at: `protocol port` → actual ports. */
	readonly #numbers = new Map<string, Set<number>>();

	constructor(draws: Draws) {
		this.#draws = draws;
	}

	/** Whether the two are one flow: equal, or drawn differently before. */
	agree(expected: Flow, actual: Flow, past = false): boolean {
		const key = keyOf(expected);
		const known = past ? this.#ever.get(key) : this.#now.get(key);
		if (known !== undefined) {
			return typeof known === 'string' ? known === keyOf(actual) : known.has(keyOf(actual));
		}
		return (
			expected.src === actual.src &&
			expected.dst === actual.dst &&
			this.#samePort(expected.protocol, expected.sport, actual.sport) &&
			this.#samePort(expected.protocol, expected.dport, actual.dport)
		);
	}

	#samePort(protocol: string, expected?: number, actual?: number): boolean {
		if (expected === actual) return true;
		if (expected === undefined || actual === undefined) return false;
		return this.#numbers.get(`${protocol} ${expected}`)?.has(actual) ?? false;
	}

	/** Whether the flow was met before. */
	knows(expected: Flow): boolean {
		return this.#now.has(keyOf(expected));
	}

	/**
	 * Whether `actual` may be what another draw made of `expected`. `sport` and `dport` are the
	 * ports before translation, which a draw replaces and so never gives.
	 */
	mayBeDrawn(
		expected: Flow,
		actual: Flow,
		before: { readonly sport?: number; readonly dport?: number }
	): boolean {
		if (expected.src !== actual.src || expected.dst !== actual.dst) return false;
		return (
			this.#mayDraw(expected.protocol, expected.sport, actual.sport, before.sport, true) &&
			this.#mayDraw(expected.protocol, expected.dport, actual.dport, before.dport, false)
		);
	}

	#mayDraw(
		protocol: string,
		expected: number | undefined,
		actual: number | undefined,
		before: number | undefined,
		source: boolean
	): boolean {
		if (this.#samePort(protocol, expected, actual)) return true;
		if (expected === undefined || actual === undefined || before === undefined) return false;
		const kept = expected === before || actual === before;
		if (kept && !this.#draws.random) return false;
		if (protocol.startsWith('icmp ')) return source;
		const choices = source ? [...this.#draws.ranges, classOf(before)] : this.#draws.ranges;
		return choices.some((range) => within(expected, range) && within(actual, range));
	}

	/** From here on `expected` is `actual`. */
	learn(expected: Flow, actual: Flow): void {
		const key = keyOf(expected);
		const value = keyOf(actual);
		this.#now.set(key, value);
		this.#ever.set(key, (this.#ever.get(key) ?? new Set()).add(value));
		for (const end of ['sport', 'dport'] as const) {
			const [from, to] = [expected[end], actual[end]];
			if (from === undefined || to === undefined || from === to) continue;
			const name = `${expected.protocol} ${from}`;
			this.#numbers.set(name, (this.#numbers.get(name) ?? new Set()).add(to));
		}
	}
}
