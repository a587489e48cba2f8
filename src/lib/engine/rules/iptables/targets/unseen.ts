/** `-j CLASSIFY` and `-j CHECKSUM`: what they change shows on no wire, though `meta priority` of nft sees a class. */
import { extension, onlyIn } from '../extension';

export interface ClassifyOptions {
	readonly major: number;
	readonly minor: number;
}

const HOOKS = ['output', 'forward', 'postrouting'];

const classText = ({ major, minor }: ClassifyOptions, width: number): string =>
	[major, minor].map((part) => part.toString(16).padStart(width, '0')).join(':');

export const classify = extension<ClassifyOptions>({
	name: 'CLASSIFY',
	options: [{ name: '--set-class', value: 'Text' }],
	read(given) {
		given.need('--set-class');
		// As `sscanf` reads `%x:%x`, whatever follows.
		const found = /^(?:0x)?([0-9a-f]+):(?:0x)?([0-9a-f]+)/i.exec(given.text('--set-class')!);
		if (!found) throw given.refusal('expected a class (1:2, hexadecimal)', '--set-class');
		const [major, minor] = [found[1]!, found[2]!].map((part) => parseInt(part.slice(-4), 16));
		return { major: major!, minor: minor! };
	},
	save: (options) => `--set-class ${classText(options, 4)}`,
	list: (options) => `CLASSIFY set ${classText(options, 0)}`,
	statements: ({ major, minor }) => [
		{
			kind: 'assign',
			target: { kind: 'meta', key: 'priority' },
			value: { kind: 'constant', value: major * 0x10000 + minor }
		}
	],
	check: (_options, { base }) =>
		base && !HOOKS.includes(base.hook)
			? '`CLASSIFY` can stand in FORWARD, OUTPUT and POSTROUTING only'
			: null
});

export const checksum = extension<Record<string, never>>({
	name: 'CHECKSUM',
	options: [{ name: '--checksum-fill' }],
	read(given) {
		given.need('--checksum-fill');
		return {};
	},
	save: () => '--checksum-fill',
	list: () => 'CHECKSUM fill',
	statements: (options) => [{ kind: 'xt', name: 'CHECKSUM', options }],
	check: (_options, place) => onlyIn('CHECKSUM', 'mangle', place)
});
