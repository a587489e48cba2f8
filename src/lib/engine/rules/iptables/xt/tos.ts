/** tos and ecn (`tos_mt`, `ecn_mt4`). */
import { CWR, ECE, TCP_HEADER_LENGTH } from '../../../packet';
import type { Packet } from '../../../packet';
import type { XtEvaluate, XtKind } from '../../xt';
import type { EcnMatch, TosMatch } from '../matches/tos';

export const tos: XtKind<TosMatch> = {
	compile({ value, mask, negated }): XtEvaluate {
		return ({ packet: { ip } }) => ((ip.tos & mask) === value) !== negated;
	}
};

/** The TCP flags, of a header that makes no sense, too; `null` where there are no bytes of one. */
function flagsOf({ l4 }: Packet): number | null {
	if (l4.kind === 'tcp') return l4.flags;
	return l4.kind === 'opaque' && l4.payload.length >= TCP_HEADER_LENGTH ? l4.payload[13]! : null;
}

export const ecn: XtKind<EcnMatch> = {
	compile({ ece, cwr, ect }): XtEvaluate {
		const has = (flags: number, bit: number, asked: boolean | undefined): boolean =>
			asked === undefined || ((flags & bit) !== 0) === asked;
		const transport = ece !== undefined || cwr !== undefined;
		return ({ packet }) => {
			if (ect && ((packet.ip.tos & 3) === ect.value) === ect.negated) return false;
			if (!transport) return true;
			const flags = flagsOf(packet);
			return flags !== null && has(flags, ECE, ece) && has(flags, CWR, cwr);
		};
	}
};
