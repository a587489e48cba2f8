/** The fields in which two versions of a packet differ, for telling. */
import { formatAddress } from '../packet';
import type { Packet } from '../packet';
import type { Rewrite } from './events';

export function rewritesOf(before: Packet, after: Packet): Rewrite[] {
	if (before === after) return [];
	const found: Rewrite[] = [];
	const note = (
		field: Rewrite['field'],
		a: number,
		b: number,
		show: (value: number) => string = String
	): void => {
		if (a !== b) found.push({ field, before: show(a), after: show(b) });
	};
	note('src', before.ip.src, after.ip.src, formatAddress);
	note('dst', before.ip.dst, after.ip.dst, formatAddress);
	note('ttl', before.ip.ttl, after.ip.ttl);
	note('tos', before.ip.tos, after.ip.tos);
	const a = before.l4;
	const b = after.l4;
	if ((a.kind === 'tcp' || a.kind === 'udp') && (b.kind === 'tcp' || b.kind === 'udp')) {
		note('sport', a.sport, b.sport);
		note('dport', a.dport, b.dport);
	}
	if (a.kind === 'tcp' && b.kind === 'tcp') {
		note('seq', a.seq, b.seq);
		note('ack', a.ack, b.ack);
	}
	if (a.kind === 'icmp' && b.kind === 'icmp') {
		note('id', a.rest >>> 16, b.rest >>> 16);
		if (a.payload !== b.payload)
			found.push({ field: 'quoted', before: 'quoted packet', after: 'quoted packet' });
	} else if (a.payload !== b.payload)
		found.push({ field: 'payload', before: 'payload', after: 'payload' });
	return found;
}
