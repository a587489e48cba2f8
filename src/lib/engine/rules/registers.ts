/** How values lie in the kernel's registers (`struct nft_regs`): what a hash goes by is their bytes. */
import { FIELDS, typeOf } from './nft/selectors';
import type { Expression, Scalar } from './ruleset';

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
	oifgroup: little(4)
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

function registerOf(expression: Expression): Register | null {
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
