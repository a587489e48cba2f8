/** `-j TOS` and `-j DSCP`: bits of the byte that says how a packet is to be served. */
import { extension, onlyIn, type GivenOptions } from '../extension';
import { dscpClass } from '../dscp-class';
import { TOS_MASK, TOS_NAMES } from '../names';
import { hexByte } from '../text';

/** The new byte is (old AND NOT mask) XOR value. */
export interface TosOptions {
	readonly value: number;
	readonly mask: number;
}

const SETTERS = ['--set-tos', '--and-tos', '--or-tos', '--xor-tos'];

function readTos(given: GivenOptions): TosOptions {
	given.atMostOne(...SETTERS);
	const set = given.get('--set-tos');
	if (set) return set.value as TosOptions;
	const and = given.numberFrom('--and-tos', 0, 255);
	if (and !== undefined) return { value: 0, mask: 255 - and };
	const or = given.numberFrom('--or-tos', 0, 255);
	if (or !== undefined) return { value: or, mask: or };
	const xor = given.numberFrom('--xor-tos', 0, 255);
	if (xor !== undefined) return { value: xor, mask: 0 };
	throw given.refusal(`\`TOS\` needs one of ${SETTERS.join(', ')}`);
}

/** The translation for IPv6, which is taken for either family. */
function nftTos({ value, mask }: TosOptions): string {
	const [bits, changed] = [value >> 2, mask >> 2];
	const kept = hexByte(~changed & 0x3f);
	if (mask === 0x3f || mask === 0xff) return `ip6 dscp set ${hexByte(bits)}`;
	if (value === 0) return `ip6 dscp set ip6 dscp and ${kept}`;
	if (value === mask) return `ip6 dscp set ip6 dscp or ${hexByte(bits)}`;
	if (mask === 0) return `ip6 dscp set ip6 dscp xor ${hexByte(bits)}`;
	return `ip6 dscp set ip6 dscp and ${kept} xor ${hexByte(bits)}`;
}

/** Names stand for whole values, and have no blank before them. */
function listTos({ value, mask }: TosOptions, numeric: boolean): string {
	const given = `set ${hexByte(value)}/${hexByte(mask)}`;
	if (numeric) return given;
	const names = mask === TOS_MASK ? Object.entries(TOS_NAMES) : [];
	const name = names.find((entry) => entry[1] === value)?.[0];
	if (name) return `set${name}`;
	if (value === 0) return `and ${hexByte(255 - mask)}`;
	if (value === mask) return `or ${hexByte(value)}`;
	return mask === 0 ? `xor ${hexByte(value)}` : given;
}

export const tos = extension<TosOptions>({
	name: 'TOS',
	options: SETTERS.map((name) => ({ name, value: name === '--set-tos' ? 'Tos' : 'Number' })),
	read: readTos,
	save: ({ value, mask }) => `--set-tos ${hexByte(value)}/${hexByte(mask)}`,
	list: (options, numeric) => `TOS ${listTos(options, numeric)}`,
	nft: nftTos,
	statements: (options) => [{ kind: 'xt', name: 'TOS', options }],
	check: (_options, place) => onlyIn('TOS', 'mangle', place)
});

export interface DscpOptions {
	readonly dscp: number;
}

export const dscp = extension<DscpOptions>({
	name: 'DSCP',
	options: [
		{ name: '--set-dscp', value: 'Number' },
		{ name: '--set-dscp-class', value: 'Text' }
	],
	read(given) {
		given.atMostOne('--set-dscp', '--set-dscp-class');
		const number = given.numberFrom('--set-dscp', 0, 63);
		if (number !== undefined) return { dscp: number };
		if (!given.has('--set-dscp-class'))
			throw given.refusal('`DSCP` needs --set-dscp or --set-dscp-class');
		return { dscp: dscpClass(given, '--set-dscp-class') };
	},
	save: (options) => `--set-dscp ${hexByte(options.dscp)}`,
	list: (options) => `DSCP set ${hexByte(options.dscp)}`,
	nft: (options) => `ip dscp set ${hexByte(options.dscp)}`,
	statements: (options) => [
		{
			kind: 'assign',
			target: { kind: 'payload', protocol: 'ip', field: 'dscp' },
			value: { kind: 'constant', value: options.dscp }
		}
	],
	check: (_options, place) => onlyIn('DSCP', 'mangle', place)
});
