/** Headers, options and payloads that differ more than flows need. */
import type { PacketJson } from '../../src/lib/scenario/packet-json';
import type { Random } from './random';

const OPTIONS: readonly NonNullable<NonNullable<PacketJson['tcp']>['options']>[] = [
	{ mss: 1460 },
	{ mss: 536, sackOk: true, ts: [7, 0], wscale: 7 },
	{ ts: [300, 200] },
	{ sack: [[2000, 3000]] },
	{ sackOk: true },
	{ wscale: 2 }
];
/** Options that are odd: unknown, cut, of no length, after the end. */
const ODD = [
	'0101fe04abcd0101',
	'0204',
	'020401',
	'0200',
	'000102040400',
	'0303',
	'fe02fe020204010a',
	'01010101'
];

/** The packet, more than half of the time with something else in it. */
export function varied(random: Random, packet: PacketJson): PacketJson {
	const ip = { ...packet.ip };
	if (random.chance(0.3)) ip.tos = random.pick([0x10, 0x02, 0x03, 0x2e, 0xb8, 0x01]);
	if (random.chance(0.15)) ip.ttl = random.pick([2, 5, 6, 10, 63, 255]);
	if (random.chance(0.2)) ip.df = true;
	const { udp } = packet;
	let { tcp, payload } = packet;
	if (tcp && !tcp.options && random.chance(0.3)) {
		tcp = random.chance(0.25)
			? { ...tcp, optionBytes: random.pick(ODD) }
			: { ...tcp, options: random.pick(OPTIONS) };
	}
	if (tcp && random.chance(0.1)) {
		const more = [...random.pick(['E', 'C', 'EC'])].filter((flag) => !tcp!.flags?.includes(flag));
		tcp = { ...tcp, flags: `${tcp.flags ?? ''}${more.join('')}` };
	}
	if (udp && random.chance(0.4))
		payload = random.pick(['needle', 'a needle in hay', 'data', 'x'.repeat(60), 'needl', '']);
	return {
		...packet,
		...(Object.keys(ip).length > 0 ? { ip } : {}),
		...(tcp ? { tcp } : {}),
		...(payload !== undefined ? { payload } : {})
	};
}
