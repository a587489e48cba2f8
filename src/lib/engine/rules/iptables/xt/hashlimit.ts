/** `-m hashlimit` (`hashlimit_mt`). */
import { endsOf, maskOf, packetLength, type Packet } from '../../../packet';
import type { XtEvaluate, XtKind } from '../../xt';
import { isBelow, isGone, roomOf, type HashlimitTable } from '../hashlimit-table';
import type { HashlimitMatch } from '../matches/hashlimit';
import { ticksOf } from '../ticks';
import { HOTDROP } from './header';

/** The options as a statement carries them: with the table of that name. */
type HashlimitOptions = HashlimitMatch & { readonly table: HashlimitTable };

/** What of a packet has a limit of its own (`hashlimit_init_dst`); `null`: its ports cannot be read. */
function keysBy({ modes, srcmask, dstmask }: HashlimitMatch): (packet: Packet) => string | null {
	const asksPorts = modes.some((mode) => mode.endsWith('port'));
	const [srcBits, dstBits] = [maskOf(srcmask), maskOf(dstmask)];
	return (packet) => {
		const { src, dst } = packet.ip;
		const ports = asksPorts ? endsOf(packet) : 0;
		if (ports < 0) return null;
		const parts = {
			srcip: (src & srcBits) >>> 0,
			dstip: (dst & dstBits) >>> 0,
			srcport: ports >>> 16,
			dstport: ports & 0xffff
		};
		return modes.map((mode) => parts[mode]).join(' ');
	};
}

export const hashlimit: XtKind<HashlimitOptions> = {
	compile({ table, ...own }): XtEvaluate {
		const { config, entries } = table;
		const room = roomOf(config);
		const keyOf = keysBy(config);
		return (ctx) => {
			const { journal, now } = ctx;
			const key = keyOf(ctx.packet);
			if (key === null) return HOTDROP;
			let known = entries.get(key);
			if (known && isGone(table, known, now)) known = undefined;
			if (!known && entries.size >= room) {
				for (const [one, entry] of entries)
					if (isGone(table, entry, now)) journal.put(entries, one, undefined);
				if (entries.size >= room) return HOTDROP;
			}
			const seen = { tick: ticksOf(now), length: packetLength(ctx.packet) };
			return isBelow(journal, table, own, key, known, seen) !== own.above;
		};
	}
};
