/** `net.ipv4.ip_forward` and its kin, `net.ipv4.conf.*.forwarding` (`devinet_sysctl_forward`). */
import type { Host } from '../../engine';

/**
 * The settings after one of them was written: `all`, which is what `ip_forward` is, takes every other
 * with it, but only where it changes (`inet_forward_change`).
 */
export function forwardingChanged(
	host: Host,
	device: string,
	value: number
): ReadonlyMap<string, number> {
	const old = host.ip.forwarding;
	if (device !== 'all') return new Map(old).set(device, value);
	if ((old.get('all') ?? 0) === value) return old;
	const names = ['all', 'default', ...host.interfaces.map((one) => one.name)];
	return new Map(names.map((name) => [name, value]));
}
