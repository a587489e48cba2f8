import type { AddressType } from './context';

/** The kinds of address that routing knows, by number (`RTN_*` of `linux/rtnetlink.h`). */
export const ADDRESS_TYPE: Readonly<Record<AddressType, number>> = {
	unspec: 0,
	unicast: 1,
	local: 2,
	broadcast: 3,
	anycast: 4,
	multicast: 5,
	blackhole: 6,
	unreachable: 7,
	prohibit: 8,
	throw: 9
};
