/** A stand-in for `idb-keyval`, which needs a database that jsdom has not: `vi.mock('idb-keyval', () => import('./store'))`. */
const kept = new Map<unknown, unknown>();

export const clear = (): void => kept.clear();
export const keys = (): unknown[] => [...kept.keys()];
export const put = (key: string, value: unknown): void => void kept.set(key, value);

export const createStore = (): null => null;
export const get = (key: unknown): Promise<unknown> => Promise.resolve(kept.get(key));
export const entries = (): Promise<[unknown, unknown][]> =>
	Promise.resolve([...kept].sort(([a], [b]) => (String(a) < String(b) ? -1 : 1)));
export function update(key: unknown, change: (before: unknown) => unknown): Promise<void> {
	kept.set(key, change(kept.get(key)));
	return Promise.resolve();
}
export function del(key: unknown): Promise<void> {
	kept.delete(key);
	return Promise.resolve();
}
