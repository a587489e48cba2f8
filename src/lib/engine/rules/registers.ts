/**
 * How values lie in the kernel's registers (`struct nft_regs`): what a hash goes by is their bytes, and what one value
 * becomes where another was meant is what its bytes say there.
 */
import { FIELDS, typeOf } from './nft/selectors';
import { HOST_ORDER, SET_TYPES } from './nft/types';
import type { DataType, Expression, Scalar, Statement } from './ruleset';

type AssignTarget = Extract<Statement, { kind: 'assign' }>['target'];

/** Bytes of a value, and whether the least of them comes first, as numbers lie in the machine's memory. */
export interface Register {
	readonly bytes: number;
	readonly little: boolean;
}

const big = (bytes: number): Register => ({ bytes, little: false });
const little = (bytes: number): Register => ({ bytes, little: true });
/** `IFNAMSIZ`, `NF_CT_HELPER_NAME_LEN`. */
const NAME = big(16);

/** What `nft_meta_get_eval` and `nft_ct_get_eval` store. Numbers of interfaces and ids are chance, so are not here. */
const META: Readonly<Record<string, Register>> = {
	mark: little(4),
	iifname: NAME,
	oifname: NAME,
	l4proto: big(1),
	protocol: big(2),
	nfproto: big(1),
	length: little(4),
	pkttype: big(1),
	skuid: little(4),
	skgid: little(4),
	iiftype: little(2),
	oiftype: little(2),
	iifgroup: little(4),
	oifgroup: little(4),
	priority: little(4)
};
const CT: Readonly<Record<string, Register>> = {
	state: little(4),
	direction: big(1),
	status: little(4),
	mark: little(4),
	helper: NAME,
	zone: little(2),
	l3proto: big(1),
	protocol: big(1),
	saddr: big(4),
	daddr: big(4),
	'ip6 saddr': big(16),
	'ip6 daddr': big(16),
	'proto-src': big(2),
	'proto-dst': big(2),
	packets: little(8),
	bytes: little(8),
	avgpkt: little(8)
};

/** The register of a value, or that which what is assigned is taken from; `null` where there is none to tell. */
export function registerOf(expression: Expression | AssignTarget): Register | null {
	switch (expression.kind) {
		case 'payload': {
			const { bits } = FIELDS[expression.protocol][expression.field]!;
			return bits % 8 === 0 ? big(bits / 8) : null;
		}
		case 'meta':
			return META[expression.key] ?? null;
		case 'ct':
			return CT[expression.key] ?? null;
		case 'fib':
			return expression.result === 'type'
				? little(4)
				: expression.result === 'oifname'
					? NAME
					: null;
		case 'tcp option':
			return expression.field ? big(typeOf(expression).bits / 8) : null;
		case 'raw':
			return big(expression.bits / 8);
		case 'numgen':
		case 'hash':
			return little(4);
		case 'binary': {
			const shift = expression.op === '<<' || expression.op === '>>';
			return shift ? null : registerOf(expression.left);
		}
		default:
			return null;
	}
}

/** The registers of a value, or of the parts of joined ones; `null` where they cannot be told to the byte. */
export function registersOf(expression: Expression): readonly Register[] | null {
	const parts = expression.kind === 'concat' ? expression.parts : [expression];
	const registers = parts.map(registerOf);
	return registers.every((one) => one !== null) ? registers : null;
}

/** Write a value into its bytes. */
export function store(into: Uint8Array, value: Scalar, { bytes, little }: Register): void {
	for (let i = 0, left = Number(value); i < bytes; i++) {
		if (typeof value === 'string') into[i] = value.charCodeAt(i);
		else {
			into[little ? i : bytes - 1 - i] = left % 256;
			left = Math.floor(left / 256);
		}
	}
}

/** How a value of a set's type lies in a register; `null` where that hangs on more than the type. */
export function registerOfType(type: DataType): Register | null {
	const bits = SET_TYPES[type]?.bits ?? 0;
	if (type === 'integer' || type === 'boolean' || bits === 0 || bits > 32 || bits % 8 !== 0)
		return null;
	return HOST_ORDER.has(type) ? little(bits / 8) : big(bits / 8);
}

/** What a value is where its register is read as another: nft lets a number of any order and width stand for any. */
export function readAs(
	expression: Expression,
	into: Register | null,
	turned = false
): ((value: number) => number) | null {
	const from = valueRegister(expression);
	if (!from || !into) return null;
	const stored = turned ? big(from.bytes) : from;
	if (stored.little === into.little && (stored.little || stored.bytes === into.bytes))
		return stored.bytes <= into.bytes ? null : (value) => value % 256 ** into.bytes;
	return (value) => {
		const bytes = new Uint8Array(8);
		store(bytes, value, stored);
		let read = 0;
		for (let i = 0; i < into.bytes; i++)
			read = read * 256 + bytes[into.little ? into.bytes - 1 - i : i]!;
		return read;
	};
}

/** The register that an expression is in. A shifted number has been put in the machine's order before. */
function valueRegister(expression: Expression): Register | null {
	if (expression.kind !== 'binary') return registerOf(expression);
	const left = expression.left.kind === 'constant' ? expression.right : expression.left;
	const register = valueRegister(left);
	const shifts = expression.op === '<<' || expression.op === '>>';
	return register && shifts ? little(register.bytes) : register;
}
