/** Types of what connection tracking knows of a packet. */
import { numberType } from './type-kinds';
import type { NftType } from './type-kinds';

export const CT_STATE = numberType('ct_state', 'a connection tracking state', {
	bits: 32,
	bitmask: true,
	hex: true,
	symbols: { invalid: 1, established: 2, related: 4, new: 8, untracked: 64 },
	expected: 'new, established, related, invalid or untracked'
});

export const CT_STATUS = numberType('ct_status', 'a connection tracking status', {
	bits: 32,
	bitmask: true,
	hex: true,
	symbols: {
		expected: 1,
		'seen-reply': 2,
		assured: 4,
		confirmed: 8,
		snat: 16,
		dnat: 32,
		dying: 512
	},
	expected: 'expected, seen-reply, assured, confirmed, snat, dnat or dying'
});

/** `enum ip_conntrack_events` */
const EVENTS = numberType('ct_event', 'a connection tracking event', {
	bits: 32,
	bitmask: true,
	hex: true,
	symbols: {
		new: 1,
		related: 2,
		destroy: 4,
		reply: 8,
		assured: 16,
		protoinfo: 32,
		helper: 64,
		mark: 128,
		seqadj: 256,
		secmark: 512,
		label: 1024
	},
	expected:
		'new, related, destroy, reply, assured, protoinfo, seqadj, label or a number 0-4294967295'
});

/** Three of its names are keywords of the scanner. */
export const CT_EVENT: NftType = {
	...EVENTS,
	parse: (text, quoted) =>
		!quoted && ['helper', 'mark', 'secmark'].includes(text) ? null : EVENTS.parse(text, quoted)
};

export const CT_DIR = numberType('ct_dir', 'a direction', {
	bits: 8,
	symbols: { original: 0, reply: 1 },
	expected: 'original or reply'
});
