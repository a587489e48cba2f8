/** `-m sctp`: ports of the header, and which chunks a packet has (`xt_sctp`). */
import { bang, extension, isFor, type GivenOptions } from '../extension';
import { listPorts, savePorts, type PortMatch, type UdpMatch } from './ports';

/** What is asked of the flags of a chunk: those bits that are looked at, and what they must be. */
export interface ChunkFlags {
	readonly type: number;
	readonly mask: number;
	readonly value: number;
}

export interface ChunkMatch {
	/** All of the types must be there, one of them, or no others. */
	readonly which: 'all' | 'any' | 'only';
	/** By number; `all` of them may be meant, which has types without a name, too. */
	readonly types: readonly number[] | 'all';
	readonly flags: readonly ChunkFlags[];
	readonly negated: boolean;
}

export interface SctpMatch extends UdpMatch {
	readonly chunks?: ChunkMatch;
}

interface ChunkName {
	readonly name: string;
	readonly type: number;
	/** A letter for each bit, the highest first. */
	readonly letters: string;
}

const NO_FLAGS = '--------';

/** In the order of `libxt_sctp`. */
const NAMES: readonly ChunkName[] = (
	[
		['DATA', 0, '----IUBE'],
		['INIT', 1],
		['INIT_ACK', 2],
		['SACK', 3],
		['HEARTBEAT', 4],
		['HEARTBEAT_ACK', 5],
		['ABORT', 6, '-------T'],
		['SHUTDOWN', 7],
		['SHUTDOWN_ACK', 8],
		['ERROR', 9],
		['COOKIE_ECHO', 10],
		['COOKIE_ACK', 11],
		['ECN_ECNE', 12],
		['ECN_CWR', 13],
		['SHUTDOWN_COMPLETE', 14, '-------T'],
		['I_DATA', 64, '----IUBE'],
		['RE_CONFIG', 130],
		['PAD', 132],
		['ASCONF', 193],
		['ASCONF_ACK', 128],
		['FORWARD_TSN', 192],
		['I_FORWARD_TSN', 194]
	] as const
).map(([name, type, letters]) => ({ name, type, letters: letters ?? NO_FLAGS }));

/** The command keeps flags by a chunk's place in its list, which is its type only so far. */
const LAST_WITH_FLAGS = 14;

/** The kernel keeps the flags of so many types. */
const MOST_WITH_FLAGS = 4;

function readPort(given: GivenOptions, name: string): PortMatch | undefined {
	const option = given.get(name);
	if (!option) return undefined;
	// No service has a name for SCTP.
	if (/(^|:)[A-Za-z]/.test(option.argument!.text))
		throw given.refusal(`expected a port's number, found \`${option.argument!.text}\``, name);
	return { ...(option.value as { from: number; to: number }), negated: option.negated };
}

function readChunks(given: GivenOptions): ChunkMatch | undefined {
	const option = given.get('--chunk-types');
	if (!option) return undefined;
	const which = (option.value as string).toLowerCase();
	if (which !== 'all' && which !== 'any' && which !== 'only')
		throw given.refusal(`expected all, any or only, found \`${which}\``, '--chunk-types');
	const { negated } = option;
	const text = option.second as string;
	if (text.toUpperCase() === 'ALL') return { which, types: 'all', flags: [], negated };
	if (text.toUpperCase() === 'NONE') return { which, types: [], flags: [], negated };
	const types = new Set<number>();
	const flags = new Map<number, ChunkFlags>();
	for (const one of text.split(',').filter((part) => part !== '')) {
		const [name = '', letters = ''] = one.split(':', 2);
		const chunk = NAMES.find((known) => known.name === name.toUpperCase());
		if (!chunk) throw given.refusal(`there is no SCTP chunk \`${name}\``, '--chunk-types');
		types.add(chunk.type);
		for (const letter of letters) {
			const at = chunk.letters.indexOf(letter.toUpperCase());
			if (at < 0)
				throw given.refusal(`SCTP chunk ${chunk.name} has no flag \`${letter}\``, '--chunk-types');
			if (chunk.type > LAST_WITH_FLAGS) continue;
			const bit = 1 << (7 - at);
			const { mask, value } = flags.get(chunk.type) ?? { mask: 0, value: 0 };
			const set = letter !== letter.toLowerCase();
			flags.set(chunk.type, {
				type: chunk.type,
				mask: mask | bit,
				value: set ? value | bit : value
			});
		}
	}
	if (flags.size > MOST_WITH_FLAGS)
		throw given.refusal(`no more than ${MOST_WITH_FLAGS} chunks with flags`, '--chunk-types');
	return {
		which,
		types: [...types].toSorted((a, b) => a - b),
		flags: [...flags.values()],
		negated
	};
}

/** `DATA:Ub`: a capital for a bit that is set, a small letter for one that is not. */
function flagsText({ flags }: ChunkMatch, { type, letters }: ChunkName): string {
	const asked = flags.find((one) => one.type === type);
	if (!asked) return '';
	const shown = [...letters].flatMap((letter, i) => {
		const bit = 128 >> i;
		if (!(asked.mask & bit)) return [];
		return [asked.value & bit ? letter : letter.toLowerCase()];
	});
	return `:${shown.join('')}`;
}

function chunksText(match: ChunkMatch, numeric: boolean): string {
	const { which, types } = match;
	if (types === 'all') return `${which} ALL`;
	if (types.length === 0) return `${which} NONE`;
	const one = (type: number): string => {
		const chunk = NAMES.find((known) => known.type === type)!;
		const name = numeric ? `0x${type.toString(16).toUpperCase().padStart(4, '0')}` : chunk.name;
		return name + flagsText(match, chunk);
	};
	return `${which} ${types.map(one).join(',')}`;
}

const isEvery = ({ from, to, negated }: PortMatch): boolean =>
	from === 0 && to === 65535 && !negated;

export const sctp = extension<SctpMatch>({
	name: 'sctp',
	protocol: 132,
	options: [
		{ name: '--sport', aliases: ['--source-port'], value: 'PortRange', negatable: true },
		{ name: '--dport', aliases: ['--destination-port'], value: 'PortRange', negatable: true },
		{ name: '--chunk-types', value: 'Text', arguments: 2, negatable: true }
	],
	read(given) {
		const source = readPort(given, '--sport');
		const destination = readPort(given, '--dport');
		const chunks = readChunks(given);
		return {
			...(source && { source }),
			...(destination && { destination }),
			...(chunks && { chunks })
		};
	},
	save({ chunks, ...ports }) {
		const parts = savePorts(ports);
		if (chunks) parts.push(`${bang(chunks.negated)}--chunk-types ${chunksText(chunks, false)}`);
		return parts.join(' ');
	},
	list({ source, destination, chunks }, numeric) {
		const asked = {
			...(source && !isEvery(source) && { source }),
			...(destination && !isEvery(destination) && { destination })
		};
		// No service has a name for SCTP.
		const parts = ['sctp', ...listPorts(asked, true, 132)];
		if (chunks) parts.push(`${bang(chunks.negated)}${chunksText(chunks, numeric)}`);
		return parts.join(' ');
	},
	check: (_match, place) => (isFor(place, 132) ? null : 'match `sctp` needs `-p sctp`'),
	statements: (match) => [{ kind: 'xt', name: 'sctp', options: match }]
});

/** What nft calls them, where it does not say the same in small letters. */
const NFT_NAMES: Readonly<Record<string, string>> = { ECN_ECNE: 'ecne', ECN_CWR: 'cwr' };

/** How `nft list` shows the chunks; `null` where iptables does not translate them. */
export function chunksInNft(match: ChunkMatch): string | null {
	const { which, types, flags, negated } = match;
	if (which === 'any') return null;
	const parts = NAMES.flatMap(({ name, type }) => {
		const called = NFT_NAMES[name] ?? name.toLowerCase().replaceAll('_', '-');
		const wanted = types === 'all' || types.includes(type);
		if (!wanted && which === 'all') return [];
		const asked = flags.find((one) => one.type === type);
		if (wanted && asked)
			return `sctp chunk ${called} flags & 0x${asked.mask.toString(16)} ${negated ? '!=' : '=='} 0x${asked.value.toString(16)}`;
		return `sctp chunk ${called} ${wanted !== negated ? 'exists' : 'missing'}`;
	});
	return parts.join(' ');
}
