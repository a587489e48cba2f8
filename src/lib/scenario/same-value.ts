/** Whether two values are equal as JSON, whatever the order of their fields. */
export function sameValue(one: unknown, other: unknown): boolean {
	if (one === other) return true;
	if (typeof one !== 'object' || typeof other !== 'object' || !one || !other) return false;
	const [a, b] = [one, other] as [Record<string, unknown>, Record<string, unknown>];
	const keys = Object.keys(a);
	if (keys.length !== Object.keys(b).length) return false;
	return keys.every((key) => key in b && sameValue(a[key], b[key]));
}
