/** `-j REJECT`: an ICMP error or a RST to the sender, and the packet dropped. */
import { TCP } from '../../../packet';
import { extension, isFor, onlyIn } from '../extension';

export interface RejectOptions {
	readonly name: string;
}

interface Kind {
	readonly name: string;
	readonly alias: string;
	/** Code of destination unreachable; `null`: a TCP RST. */
	readonly code: number | null;
}

const KINDS: readonly Kind[] = [
	{ name: 'icmp-net-unreachable', alias: 'net-unreach', code: 0 },
	{ name: 'icmp-host-unreachable', alias: 'host-unreach', code: 1 },
	{ name: 'icmp-proto-unreachable', alias: 'proto-unreach', code: 2 },
	{ name: 'icmp-port-unreachable', alias: 'port-unreach', code: 3 },
	{ name: 'icmp-net-prohibited', alias: 'net-prohib', code: 9 },
	{ name: 'icmp-host-prohibited', alias: 'host-prohib', code: 10 },
	{ name: 'tcp-reset', alias: 'tcp-rst', code: null },
	{ name: 'icmp-admin-prohibited', alias: 'admin-prohib', code: 13 }
];

const HOOKS = ['input', 'forward', 'output'];

const names = KINDS.map((kind) => kind.name).join(', ');

export const reject = extension<RejectOptions>({
	name: 'REJECT',
	options: [{ name: '--reject-with', value: 'Text' }],
	read(given) {
		const text = (given.text('--reject-with') ?? 'icmp-port-unreachable').toLowerCase();
		// The beginning of a name will do; of several the first.
		const found = KINDS.find((kind) => kind.name.startsWith(text) || kind.alias.startsWith(text));
		if (!found || text === '') throw given.refusal(`expected one of ${names}`, '--reject-with');
		return { name: found.name };
	},
	save: (options) => `--reject-with ${options.name}`,
	list: (options) => `reject-with ${options.name}`,
	statements(options) {
		const code = KINDS.find((kind) => kind.name === options.name)!.code;
		return [
			{
				kind: 'reject',
				with: code === null ? { kind: 'tcp-reset' } : { kind: 'icmp', code },
				explicit: true
			}
		];
	},
	check({ name }, place) {
		const wrong = onlyIn('REJECT', 'filter', place);
		if (wrong) return wrong;
		// Another hook leads there from a base chain that nft made.
		if (place.base && !HOOKS.includes(place.base.hook))
			return '`REJECT` can stand in INPUT, FORWARD and OUTPUT only';
		return name !== 'tcp-reset' || isFor(place, TCP) ? null : '`tcp-reset` needs `-p tcp`';
	}
});
