import { Random } from '../variants/random';

/** Items in an order drawn from a text, each with its place in the file. */
export function shuffled<T>(items: readonly T[], seed: string): { item: T; index: number }[] {
	return new Random(`order ${seed}`)
		.order(items.length)
		.map((index) => ({ item: items[index]!, index }));
}
