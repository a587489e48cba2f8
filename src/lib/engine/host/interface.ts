/** A network interface of a host and the routes it gives rise to. */

export interface InterfaceAddress {
	readonly address: number;
	readonly length: number;
	/** How far it may be told as a source; absent, everywhere. */
	readonly scope?: 'link' | 'host';
	/** Its link's route was taken away from it; it comes back when the link comes up again. */
	readonly routeless?: true;
}

export interface Interface {
	readonly name: string;
	/** As the kernel numbers them: `lo` is 1. */
	readonly index: number;
	/** In the order they were added; the first of a subnet is its primary. */
	readonly addresses: readonly InterfaceAddress[];
	readonly mtu: number;
	readonly up: boolean;
}

/** A later address of a subnet that the interface is in already (`IFA_F_SECONDARY`). */
export function isSecondary(list: readonly InterfaceAddress[], at: number): boolean {
	const one = list[at]!;
	const mask = one.length === 0 ? 0 : (0xffffffff << (32 - one.length)) >>> 0;
	return list
		.slice(0, at)
		.some((o) => o.length === one.length && ((o.address ^ one.address) & mask) === 0);
}
