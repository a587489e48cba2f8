/** An entry's status bits by their names (`enum ip_conntrack_status`). */
import {
	IPS_ASSURED,
	IPS_CONFIRMED,
	IPS_DST_NAT,
	IPS_DST_NAT_DONE,
	IPS_DYING,
	IPS_EXPECTED,
	IPS_FIXED_TIMEOUT,
	IPS_HELPER,
	IPS_NAT_CLASH,
	IPS_SEEN_REPLY,
	IPS_SEQ_ADJUST,
	IPS_SRC_NAT,
	IPS_SRC_NAT_DONE,
	IPS_TEMPLATE
} from '$lib/engine';

const BITS: readonly (readonly [bit: number, name: string])[] = [
	[IPS_EXPECTED, 'EXPECTED'],
	[IPS_SEEN_REPLY, 'SEEN_REPLY'],
	[IPS_ASSURED, 'ASSURED'],
	[IPS_CONFIRMED, 'CONFIRMED'],
	[IPS_SRC_NAT, 'SRC_NAT'],
	[IPS_DST_NAT, 'DST_NAT'],
	[IPS_SEQ_ADJUST, 'SEQ_ADJUST'],
	[IPS_SRC_NAT_DONE, 'SRC_NAT_DONE'],
	[IPS_DST_NAT_DONE, 'DST_NAT_DONE'],
	[IPS_DYING, 'DYING'],
	[IPS_FIXED_TIMEOUT, 'FIXED_TIMEOUT'],
	[IPS_TEMPLATE, 'TEMPLATE'],
	[IPS_NAT_CLASH, 'NAT_CLASH'],
	[IPS_HELPER, 'HELPER']
];

/** The names of the bits that are set, lowest first. */
export function statusBits(status: number): string[] {
	return BITS.filter(([bit]) => status & bit).map(([, name]) => name);
}

/** Bits that a row tells by itself; the others are shown when one asks for them. */
const TELLING = new Set([
	'EXPECTED',
	'ASSURED',
	'SEQ_ADJUST',
	'FIXED_TIMEOUT',
	'NAT_CLASH',
	'DYING'
]);

/** What a row says of its status: `UNREPLIED` stands for a bit that is not set, as in `conntrack -L`. */
export function tellingBits(status: number): string[] {
	const bits = statusBits(status).filter((name) => TELLING.has(name));
	return status & IPS_SEEN_REPLY ? bits : ['UNREPLIED', ...bits];
}
