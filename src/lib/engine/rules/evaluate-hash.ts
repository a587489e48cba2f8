/** `jhash` and `symhash` (`nft_jhash_eval`, `nft_symhash_eval`). */
import { jhash, reciprocalScale } from '../nat/jhash';
import { ABSENT, ask } from './match-field';
import type { Ask } from './match-field';
import { registersOf, store } from './registers';
import type { HashExpression } from './ruleset';

/** A register has 32 bits: each part of joined values begins with one. */
const WORD = 4;

export function askHash(hash: HashExpression): Ask {
	const { key, modulus, offset, seed, state } = hash;
	const scaled = (value: number): number => reciprocalScale(value, modulus) + offset;
	if (!key) return (ctx) => scaled(ctx.symmetricHash());
	const parts = (key.kind === 'concat' ? key.parts : [key]).map(ask);
	const registers = registersOf(key) ?? [];
	let length = 0;
	const starts = registers.map(({ bytes }) => {
		const start = length;
		length += parts.length > 1 ? Math.ceil(bytes / WORD) * WORD : bytes;
		return start;
	});
	return (ctx) => {
		const bytes = new Uint8Array(length);
		for (let i = 0; i < parts.length; i++) {
			const value = parts[i]!(ctx);
			if (value === ABSENT) return ABSENT;
			store(bytes.subarray(starts[i]), value, registers[i]!);
		}
		if (seed === undefined && state.drawn === null) ctx.journal.set(state, 'drawn', ctx.random());
		return scaled(jhash(bytes, seed ?? state.drawn!));
	};
}
