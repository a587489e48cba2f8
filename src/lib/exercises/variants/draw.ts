/** What a variant's values are: drawn from ranges and lists, no two alike where they could be confused. */
import { formatAddress, parseAddress } from '../../engine';
import type { ExerciseError, Variants } from '../format/exercise';
import { Random } from './random';

/** One variant's draw. */
export interface Drawn {
	/** Literals that stand for themselves in the file, with what stands in their place. */
	readonly literals: ReadonlyMap<string, string>;
	/** What is put in place of `{{name}}`. */
	readonly names: ReadonlyMap<string, unknown>;
}

export const isName = (key: string): boolean => /^[a-z][A-Za-z0-9_-]*$/.test(key);
export const isNetwork = (key: string): boolean => /^\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(key);
const isAddress = (key: string): boolean => parseAddress(key) !== null;
const isNumber = (text: string): boolean => /^\d{1,9}$/.test(text);

/** A range or a list, as something that has a size and an i-th member. */
interface Pool {
	readonly size: number;
	at(i: number): unknown;
}

function poolOf(from: string | readonly (string | number)[]): Pool | string {
	if (typeof from !== 'string')
		return from.length > 0
			? { size: from.length, at: (i) => from[i] }
			: 'a list to choose from must not be empty';
	const [a = '', b = '', more] = from.split('-');
	if (more === undefined && isNumber(a) && isNumber(b) && Number(a) <= Number(b))
		return { size: Number(b) - Number(a) + 1, at: (i) => Number(a) + i };
	const [first, last] = [parseAddress(a), parseAddress(b)];
	if (more === undefined && first !== null && last !== null && first <= last)
		return { size: last - first + 1, at: (i) => formatAddress(first + i) };
	return `expected a range such as 1024-65535 or 10.0.0.2-10.0.0.99, or a list`;
}

/** What is wrong with the variants of a file, whatever is drawn. */
export function checkVariants({ values = {}, cases = [] }: Variants): ExerciseError[] {
	const errors: ExerciseError[] = [];
	const wrong = (path: string, message: string): void => void errors.push({ path, message });
	for (const [key, from] of Object.entries(values)) {
		const path = `variants.values.${key}`;
		const pool = poolOf(from);
		if (typeof pool === 'string') wrong(path, pool);
		else if (!isName(key)) {
			const fits = isNumber(key) ? isNumber : isNetwork(key) ? isNetwork : isAddress;
			if (!isNumber(key) && !isNetwork(key) && !isAddress(key))
				wrong(path, 'expected an address, a network such as 10.0.0, a number or a name');
			else if (![0, pool.size - 1].every((i) => fits(String(pool.at(i)))))
				wrong(path, 'what is drawn is of another form than what it stands for');
		}
	}
	const first = Object.keys(cases[0] ?? {}).sort();
	cases.forEach((one, i) => {
		const keys = Object.keys(one).sort();
		for (const key of keys)
			if (!isName(key)) wrong(`variants.cases[${i}].${key}`, 'expected a name');
			else if (Object.hasOwn(values, key))
				wrong(`variants.cases[${i}].${key}`, 'is among the values already');
		if (keys.join() !== first.join())
			wrong(`variants.cases[${i}]`, 'every case has the same names');
	});
	return errors;
}

/**
 * Draw a variant.
 *
 * @param seed a text: the same gives the same draw. `null`: the file as it stands, with the first of every list
 */
export function draw({ values = {}, cases = [] }: Variants, seed: string | null): Drawn {
	const random = seed === null ? null : new Random(seed);
	const literals = new Map<string, string>();
	const names = new Map<string, unknown>();
	const taken = new Set<string>();
	for (const [key, from] of Object.entries(values)) {
		const pool = poolOf(from);
		if (typeof pool === 'string') continue;
		let chosen: unknown = isName(key) ? pool.at(0) : key;
		if (random) {
			const start = random.below(pool.size);
			// The next one that nothing else has: two hosts never share an address, two flows no port.
			for (let i = 0; i < Math.min(pool.size, 64); i++) {
				chosen = pool.at((start + i) % pool.size);
				if (!taken.has(String(chosen))) break;
			}
		}
		taken.add(String(chosen));
		if (isName(key)) names.set(key, chosen);
		else literals.set(key, String(chosen));
	}
	if (cases.length > 0)
		for (const [key, value] of Object.entries(cases[random ? random.below(cases.length) : 0]!))
			names.set(key, value);
	return { literals, names };
}
