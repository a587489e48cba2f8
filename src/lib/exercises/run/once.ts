/** Something worked out once for each exercise: every further try asks for the same. */
export function once<K extends object, V>(work: (key: K) => V): (key: K) => V {
	const known = new WeakMap<K, { value: V }>();
	return (key) => {
		let found = known.get(key);
		if (!found) known.set(key, (found = { value: work(key) }));
		return found.value;
	};
}
