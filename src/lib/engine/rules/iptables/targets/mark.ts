/** `-j MARK` and `-j CONNMARK`: write the packet's mark, the entry's, or one into the other. */
import type { Expression, Statement } from '../../ruleset';
import { extension, type GivenOptions } from '../extension';
import { hex } from '../text';

/** The new mark is (old AND NOT mask) XOR value. */
export interface MarkOptions {
	readonly value: number;
	readonly mask: number;
}

/** The bits are moved before they are written. */
export interface MarkShift {
	readonly direction: 'left' | 'right';
	readonly bits: number;
}

export type ConnmarkOptions = { readonly shift?: MarkShift } & (
	| ({ readonly mode: 'set' } & MarkOptions)
	| {
			readonly mode: 'save' | 'restore';
			readonly packetMask: number;
			readonly entryMask: number;
	  }
);

const ALL = 0xffffffff;
const not = (bits: number): number => ~bits >>> 0;

const SETTERS = ['--set-xmark', '--set-mark', '--and-mark', '--or-mark', '--xor-mark'] as const;
const SETTER_OPTIONS = [
	{ name: '--set-xmark', value: 'Mark' },
	{ name: '--set-mark', value: 'Mark' },
	{ name: '--and-mark', value: 'Number' },
	{ name: '--or-mark', value: 'Number' },
	{ name: '--xor-mark', value: 'Number' }
] as const;

function readSetter(given: GivenOptions): MarkOptions | null {
	const option = given.list.find((one) => (SETTERS as readonly string[]).includes(one.spec.name));
	if (!option) return null;
	switch (option.spec.name) {
		case '--and-mark':
			return { value: 0, mask: not(option.value as number) };
		case '--or-mark':
			return { value: option.value as number, mask: option.value as number };
		case '--xor-mark':
			return { value: option.value as number, mask: 0 };
	}
	const { value, mask } = option.value as MarkOptions;
	return { value, mask: option.spec.name === '--set-mark' ? (mask | value) >>> 0 : mask };
}

function listSetter({ value, mask }: MarkOptions): string {
	if (value === 0) return `and ${hex(not(mask))}`;
	if (value === mask) return `or ${hex(value)}`;
	if (mask === 0) return `xor ${hex(value)}`;
	if (mask === ALL) return `set ${hex(value)}`;
	return `xset ${hex(value)}/${hex(mask)}`;
}

const constant = (value: number): Expression => ({ kind: 'constant', value, type: 'mark' });
const masked = (left: Expression, mask: number): Expression =>
	mask === ALL ? left : { kind: 'binary', op: '&', left, right: constant(mask) };

/** (`left` AND NOT `mask`) XOR `right`, the simplest way. */
function merge(left: Expression, mask: number, right: Expression): Expression {
	if (mask === ALL) return right;
	return { kind: 'binary', op: '^', left: masked(left, not(mask)), right };
}

const PACKET: Expression = { kind: 'meta', key: 'mark' };
const ENTRY: Expression = { kind: 'ct', key: 'mark' };

export const mark = extension<MarkOptions>({
	name: 'MARK',
	options: SETTER_OPTIONS,
	read(given) {
		given.atMostOne(...SETTERS);
		const set = readSetter(given);
		if (!set) throw given.refusal(`\`MARK\` needs one of ${SETTERS.join(', ')}`);
		return set;
	},
	save: (options) => `--set-xmark ${hex(options.value)}/${hex(options.mask)}`,
	list: (options) => `MARK ${listSetter(options)}`,
	statements: (options) => [
		{
			kind: 'assign',
			target: { kind: 'meta', key: 'mark' },
			value: merge(PACKET, options.mask, constant(options.value))
		}
	]
});

/** The last one counts. */
function readShift(given: GivenOptions): { readonly shift?: MarkShift } {
	const option = given.list.findLast(({ spec }) => spec.name.endsWith('-shift-mark'));
	if (!option) return {};
	const bits = option.value as number;
	if (bits > 32) throw given.refusal('expected a number from 0 to 32', option.spec.name);
	const direction = option.spec.name === '--left-shift-mark' ? 'left' : 'right';
	return bits === 0 ? {} : { shift: { direction, bits } };
}

function shifted(left: Expression, shift: MarkShift | undefined): Expression {
	if (!shift) return left;
	const op = shift.direction === 'left' ? '<<' : '>>';
	return { kind: 'binary', op, left, right: constant(shift.bits) };
}

function shiftText(shift: MarkShift | undefined, dashes: string): string {
	return shift ? ` ${dashes}${shift.direction}-shift-mark ${shift.bits}` : '';
}

function saveConnmark(options: ConnmarkOptions): string {
	if (options.mode === 'set') return `--set-xmark ${hex(options.value)}/${hex(options.mask)}`;
	return `--${options.mode}-mark --nfmask ${hex(options.packetMask)} --ctmask ${hex(options.entryMask)}`;
}

function listConnmark(options: ConnmarkOptions): string {
	if (options.mode === 'set') return listSetter(options);
	const { mode, packetMask, entryMask } = options;
	if (packetMask === entryMask)
		return `${mode}${packetMask === ALL ? '' : ` mask ${hex(packetMask)}`}`;
	return mode === 'save'
		? `save nfmask ${hex(packetMask)} ctmask ~${hex(entryMask)}`
		: `restore ctmask ${hex(entryMask)} nfmask ~${hex(packetMask)}`;
}

export const connmark = extension<ConnmarkOptions>({
	name: 'CONNMARK',
	options: [
		...SETTER_OPTIONS,
		{ name: '--save-mark' },
		{ name: '--restore-mark' },
		{ name: '--mask', value: 'Number' },
		{ name: '--nfmask', value: 'Number' },
		{ name: '--ctmask', value: 'Number' },
		{ name: '--left-shift-mark', value: 'Number' },
		{ name: '--right-shift-mark', value: 'Number' }
	],
	read(given) {
		given.atMostOne(...SETTERS, '--save-mark', '--restore-mark');
		given.atMostOne('--mask', '--nfmask');
		given.atMostOne('--mask', '--ctmask');
		const mask = given.number('--mask', ALL);
		const shift = readShift(given);
		const set = readSetter(given);
		if (set) return { mode: 'set', ...set, ...(given.has('--mask') && { mask }), ...shift };
		const save = given.has('--save-mark');
		if (!save && !given.has('--restore-mark'))
			throw given.refusal(
				`\`CONNMARK\` needs one of ${SETTERS.join(', ')}, --save-mark, --restore-mark`
			);
		return {
			mode: save ? 'save' : 'restore',
			packetMask: given.number('--nfmask', mask),
			entryMask: given.number('--ctmask', mask),
			...shift
		};
	},
	save: (options) => `${saveConnmark(options)}${shiftText(options.shift, '--')}`,
	list: (options) => `CONNMARK ${listConnmark(options)}${shiftText(options.shift, '')}`,
	statements(options) {
		const write = (key: 'meta' | 'ct', value: Expression): readonly Statement[] => [
			{ kind: 'assign', target: { kind: key, key: 'mark' }, value }
		];
		const { shift } = options;
		if (options.mode === 'set')
			return write('ct', shifted(merge(ENTRY, options.mask, constant(options.value)), shift));
		const { packetMask, entryMask } = options;
		return options.mode === 'save'
			? write('ct', merge(ENTRY, entryMask, shifted(masked(PACKET, packetMask), shift)))
			: write('meta', merge(PACKET, packetMask, shifted(masked(ENTRY, entryMask), shift)));
	},
	check: ({ shift }) => (shift?.bits === 32 ? 'a mark cannot be shifted by 32 bits' : null)
});
