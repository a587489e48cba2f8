/** TCP connections for the generator: as they should be, and broken in every way. */
import type { PacketJson } from '../../src/lib/scenario/packet-json';
import type { Random } from './random';

type Tcp = NonNullable<PacketJson['tcp']>;

/** One end's count of its own bytes. */
interface End {
	next: number;
	window: number;
}

/** A connection that somebody opened, as both ends believe it to be. */
export interface Connection {
	readonly ports: { readonly sport: number; readonly dport: number };
	/** The step that brought its first packet through. */
	opened: number;
	readonly ends: readonly [End, End];
	stage: number;
}

/** One segment: by whom (0 opened the connection), and with what. */
export interface Segment {
	readonly by: 0 | 1;
	readonly tcp: Omit<Tcp, 'sport' | 'dport'>;
	readonly payload?: string | undefined;
	readonly bad?: boolean;
}

const wrap = (value: number) => ((value % 2 ** 32) + 2 ** 32) % 2 ** 32;

/** Options of a first segment. */
export function firstOptions(random: Random): Tcp['options'] {
	return random.weighted<Tcp['options']>([
		[3, undefined],
		[4, { mss: 1460, wscale: 7, sackOk: true }],
		[1, { mss: 1460 }],
		[1, { mss: 1460, wscale: 0, sackOk: true, ts: [1, 0] }],
		[1, { wscale: 14 }],
		[1, { sackOk: true }]
	]);
}

/** A connection with numbers of its own. */
export function connection(random: Random, sport: number, dport: number): Connection {
	const window = () => random.pick([8192, 64240, 1000, 200]);
	return {
		ports: { sport, dport },
		opened: -1,
		ends: [
			{ next: random.pick([1000, 4294967290, 0, 77]), window: window() },
			{ next: random.pick([5000, 4294967000, 1]), window: window() }
		],
		stage: 0
	};
}

/** The segment that comes next if all goes well. */
function proper(random: Random, it: Connection): Segment {
	const [client, server] = it.ends;
	const segment = (by: 0 | 1, flags: string, payload?: string): Segment => {
		const [own, other] = by === 0 ? [client, server] : [server, client];
		const tcp: Segment['tcp'] = { flags, seq: own.next, window: own.window };
		if (flags.includes('A')) tcp.ack = other.next;
		own.next = wrap(own.next + (payload?.length ?? 0) + (/[SF]/.test(flags) ? 1 : 0));
		return { by, tcp, payload };
	};
	const stage = it.stage++;
	switch (stage) {
		case 0: {
			const syn = segment(0, 'S');
			const options = firstOptions(random);
			return options ? { ...syn, tcp: { ...syn.tcp, options } } : syn;
		}
		case 1: {
			const answer = segment(1, 'SA');
			const options = firstOptions(random);
			return options ? { ...answer, tcp: { ...answer.tcp, options } } : answer;
		}
		case 2:
			return segment(0, 'A');
		default:
			break;
	}
	if (stage < 4 || random.chance(0.3)) {
		return segment(random.pick([0, 1] as const), 'PA', 'hello'.repeat(1 + random.below(3)));
	}
	return random.weighted<() => Segment>([
		[2, () => segment(random.pick([0, 1] as const), 'A')],
		[2, () => segment(random.pick([0, 1] as const), 'FA')],
		[1, () => segment(random.pick([0, 1] as const), 'R')]
	])();
}

const FLAGS = [
	'',
	'F',
	'S',
	'R',
	'A',
	'SA',
	'FA',
	'RA',
	'PA',
	'FPU',
	'FS',
	'SR',
	'SEC',
	'SAE',
	'U',
	'FSRPAUEC',
	'SP'
];

/** A segment that no sane end would send now. Neither end takes note of it. */
function broken(random: Random, it: Connection): Segment {
	const by = random.pick([0, 1] as const);
	const own = it.ends[by];
	const other = it.ends[by === 0 ? 1 : 0];
	const base = { seq: own.next, ack: other.next, window: own.window };
	const off = () => random.pick([1, -1, 100, -100, 1000, 9000, 70000, -70000, 2 ** 31]);
	return random.weighted<() => Segment>([
		[3, () => ({ by, tcp: { ...base, flags: 'PA', seq: wrap(own.next + off()) }, payload: 'x' })],
		[2, () => ({ by, tcp: { ...base, flags: 'A', ack: wrap(other.next + off()) } })],
		[2, () => ({ by, tcp: { ...base, flags: 'R', seq: wrap(own.next + off()), ack: 0 } })],
		[1, () => ({ by, tcp: { ...base, flags: 'R', ack: 0 } })],
		[1, () => ({ by, tcp: { ...base, flags: 'RA' } })],
		[2, () => ({ by, tcp: { ...base, flags: 'S', ack: 0, options: firstOptions(random) } })],
		[1, () => ({ by, tcp: { ...base, flags: 'S', seq: wrap(own.next + off()), ack: 0 } })],
		[2, () => ({ by, tcp: { ...base, flags: 'SA', options: firstOptions(random) } })],
		[1, () => ({ by, tcp: { ...base, flags: 'SA', ack: wrap(other.next + off()) } })],
		[2, () => ({ by, tcp: { ...base, flags: 'FA', seq: wrap(own.next + off()) } })],
		[3, () => ({ by, tcp: { ...base, flags: random.pick(FLAGS) } })],
		[1, () => ({ by, tcp: { ...base, flags: 'PA' }, payload: 'bad', bad: true })],
		[1, () => ({ by, tcp: { ...base, flags: 'A', window: 0 } })],
		[
			1,
			() => {
				const left = wrap(other.next + random.pick([5, 100, 100000]));
				const sack: [number, number][] = [[left, wrap(left + 10)]];
				return { by, tcp: { ...base, flags: 'A', options: { sack } } };
			}
		],
		[1, () => ({ by, tcp: { ...base, flags: 'PA', options: { ts: [2, 1] } }, payload: 'ts' })],
		[1, () => ({ by, tcp: { ...base, flags: 'PA' }, payload: 'y'.repeat(300) })]
	])();
}

/** The next segment of a connection: proper or broken. */
export function nextSegment(random: Random, it: Connection): Segment {
	return random.chance(0.6) ? proper(random, it) : broken(random, it);
}

/** A first segment that is not always a SYN. */
export function firstSegment(random: Random, it: Connection): Segment {
	if (random.chance(0.8)) return { ...proper(random, it), by: 0 };
	const [own, other] = it.ends;
	const flags = random.pick(FLAGS);
	const tcp = {
		seq: own.next,
		ack: flags.includes('A') ? other.next : 0,
		flags,
		window: own.window
	};
	it.stage = 3;
	return { by: 0, tcp };
}
