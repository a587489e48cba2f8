/** `-m tcp` and `-m udp`: ports, flags and options of the header. */
import type { Operand, Statement } from '../../ruleset';
import { bang, extension, type GivenOptions, type OptionSpec, type RuleHead } from '../extension';
import { TCP_FLAG_LIST, serviceName } from '../names';

export interface PortMatch {
	readonly from: number;
	readonly to: number;
	readonly negated: boolean;
	/** It was written as all but those below. */
	readonly above?: boolean;
}

export interface TcpMatch {
	readonly source?: PortMatch;
	readonly destination?: PortMatch;
	readonly flags?: { readonly mask: number; readonly compare: number; readonly negated: boolean };
	readonly option?: { readonly kind: number; readonly negated: boolean };
}

export type UdpMatch = Pick<TcpMatch, 'source' | 'destination'>;

const PORT_OPTIONS: readonly OptionSpec[] = [
	{ name: '--sport', aliases: ['--source-port'], value: 'PortRange', negatable: true },
	{ name: '--dport', aliases: ['--destination-port'], value: 'PortRange', negatable: true }
];

/** SYN set, FIN, RST and ACK clear. */
const SYN_ONLY = { mask: 0x17, compare: 0x02 };

function readPort(given: GivenOptions, name: string): PortMatch | undefined {
	const option = given.get(name);
	if (!option) return undefined;
	const { from, to } = option.value as { from: number; to: number };
	// The whole range matches every packet, and is not kept.
	if (from === 0 && to === 65535 && !option.negated) return undefined;
	// All but the lowest ports are the others.
	if (from === 0 && to > 0 && to < 65535 && option.negated)
		return { from: to + 1, to: 65535, negated: false, above: true };
	return { from, to, negated: option.negated };
}

function readPorts(given: GivenOptions): UdpMatch {
	const source = readPort(given, '--sport');
	const destination = readPort(given, '--dport');
	return { ...(source && { source }), ...(destination && { destination }) };
}

function needProtocol(given: GivenOptions, head: RuleHead, name: string, number: number): void {
	// Without options of its own it is the kernel that refuses (`check`).
	if (given.list.length > 0 && head.protocol?.number !== number)
		throw given.refusal(`match \`${name}\` needs \`-p ${name}\``);
}

/** `--sport 1:9`, `! --dport 80`. */
export function savePorts(match: UdpMatch): string[] {
	const parts: string[] = [];
	const one = (name: string, port: PortMatch | undefined): void => {
		if (port)
			parts.push(
				`${bang(port.negated)}${name} ${port.from === port.to ? port.from : `${port.from}:${port.to}`}`
			);
	};
	one('--sport', match.source);
	one('--dport', match.destination);
	return parts;
}

/** As `iptables -L` says it: `spt:80`, `dpts:!1:9`. */
export function listPorts(match: UdpMatch, numeric: boolean, protocol: number): string[] {
	const parts: string[] = [];
	const text = (port: number): string => (numeric ? String(port) : serviceName(port, protocol));
	const one = (name: string, port: PortMatch | undefined): void => {
		if (!port) return;
		const not = port.negated ? '!' : '';
		if (port.from === port.to) parts.push(`${name}:${not}${text(port.from)}`);
		else parts.push(`${name}s:${not}${text(port.from)}:${text(port.to)}`);
	};
	one('spt', match.source);
	one('dpt', match.destination);
	return parts;
}

function portStatements(match: UdpMatch, protocol: 'tcp' | 'udp' | 'th'): Statement[] {
	const statements: Statement[] = [];
	const one = (field: string, port: PortMatch | undefined): void => {
		if (!port) return;
		const left = { kind: 'payload', protocol, field } as const;
		const { from, to, negated } = port;
		const right: Operand =
			from === to ? { kind: 'value', value: from } : { kind: 'range', from, to };
		if (port.above)
			statements.push({ kind: 'match', left, op: '>', right: { kind: 'value', value: from - 1 } });
		else if (from === 0 && to > 0 && !negated)
			statements.push({ kind: 'match', left, op: '<=', right: { kind: 'value', value: to } });
		else statements.push({ kind: 'match', left, op: negated ? '!=' : '==', right });
	};
	one('sport', match.source);
	one('dport', match.destination);
	return statements;
}

function flagNames(bits: number): string {
	const names = TCP_FLAG_LIST.filter(([, bit]) => bits & bit).map(([name]) => name);
	return names.length > 0 ? names.join(',') : 'NONE';
}

function hex(bits: number): string {
	return `0x${bits.toString(16).toUpperCase().padStart(2, '0')}`;
}

export const tcp = extension<TcpMatch>({
	name: 'tcp',
	protocol: 6,
	options: [
		...PORT_OPTIONS,
		{ name: '--syn', negatable: true },
		{ name: '--tcp-flags', value: 'TcpFlags', arguments: 2, negatable: true },
		{ name: '--tcp-option', value: 'Number', negatable: true }
	],
	read(given, head) {
		needProtocol(given, head, 'tcp', 6);
		given.atMostOne('--syn', '--tcp-flags');
		const kind = given.get('--tcp-option')?.value as number | undefined;
		if (kind !== undefined && (kind < 1 || kind > 255))
			throw given.refusal('expected the kind of a TCP option (1 to 255)', '--tcp-option');
		const asked = given.get('--tcp-flags') ?? given.get('--syn');
		const bits =
			asked?.spec.name === '--tcp-flags'
				? { mask: asked.value as number, compare: asked.second as number }
				: SYN_ONLY;
		const keep = asked && (bits.mask !== 0 || bits.compare !== 0 || asked.negated);
		return {
			...readPorts(given),
			...(keep && { flags: { ...bits, negated: asked.negated } }),
			...(kind !== undefined && { option: { kind, negated: given.negated('--tcp-option') } })
		};
	},
	save(match) {
		const parts = savePorts(match);
		if (match.option) parts.push(`${bang(match.option.negated)}--tcp-option ${match.option.kind}`);
		if (match.flags) {
			const { mask, compare, negated } = match.flags;
			parts.push(`${bang(negated)}--tcp-flags ${flagNames(mask)} ${flagNames(compare)}`);
		}
		return parts.join(' ');
	},
	list(match, numeric) {
		const parts = ['tcp', ...listPorts(match, numeric, 6)];
		if (match.option) parts.push(`option=${match.option.negated ? '!' : ''}${match.option.kind}`);
		if (match.flags) {
			const { mask, compare, negated } = match.flags;
			const text = numeric
				? `${hex(mask)}/${hex(compare)}`
				: `${flagNames(mask)}/${flagNames(compare)}`;
			parts.push(`flags:${negated ? '!' : ''}${text}`);
		}
		return parts.join(' ');
	},
	check: (_match, place) => (place.protocol?.number === 6 ? null : 'match `tcp` needs `-p tcp`'),
	statements(match, head) {
		// As iptables-nft does: what nft can say, and the old match where it cannot.
		if (match.option || (!match.source && !match.destination && !match.flags))
			return [{ kind: 'xt', name: 'tcp', options: match }];
		const statements = portStatements(match, head.protocol?.negated ? 'th' : 'tcp');
		if (match.flags)
			statements.push({
				kind: 'match',
				left: {
					kind: 'binary',
					op: '&',
					left: { kind: 'payload', protocol: 'tcp', field: 'flags' },
					right: { kind: 'constant', value: match.flags.mask, type: 'tcp_flag' }
				},
				op: match.flags.negated ? '!=' : '==',
				right: { kind: 'value', value: match.flags.compare }
			});
		return statements;
	}
});

export const udp = extension<UdpMatch>({
	name: 'udp',
	protocol: 17,
	options: PORT_OPTIONS,
	read(given, head) {
		needProtocol(given, head, 'udp', 17);
		return readPorts(given);
	},
	save: (match) => savePorts(match).join(' '),
	list: (match, numeric) => ['udp', ...listPorts(match, numeric, 17)].join(' '),
	check: (_match, place) => (place.protocol?.number === 17 ? null : 'match `udp` needs `-p udp`'),
	statements(match, head) {
		if (!match.source && !match.destination) return [{ kind: 'xt', name: 'udp', options: match }];
		return portStatements(match, head.protocol?.negated ? 'th' : 'udp');
	}
});
