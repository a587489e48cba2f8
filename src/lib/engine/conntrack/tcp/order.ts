/** How sequence numbers compare: modulo 2^32, so that a flow may run past the highest of them. */

/** `a` comes before `b` (`before` in net/tcp.h). */
export function before(a: number, b: number): boolean {
	return ((a - b) | 0) < 0;
}

/** `a` comes after `b` (`after` in net/tcp.h). */
export function after(a: number, b: number): boolean {
	return ((b - a) | 0) < 0;
}
