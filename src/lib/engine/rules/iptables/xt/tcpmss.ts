/** The match tcpmss and the target TCPMSS, as `xt_tcpmss` and `xt_TCPMSS` carry them out. */
import { get16, mssOption, transportLength, withAddedMss, withMss } from '../../../packet';
import type { TcpmssMatch } from '../matches/tcpmss';
import type { TcpmssOptions } from '../targets/tcpmss';
import type { XtEvaluate, XtKind } from '../../xt';
import { CONTINUE, HOTDROP } from './header';

export const tcpmss: XtKind<TcpmssMatch> = {
	compile({ from, to, negated }): XtEvaluate {
		return ({ packet: { l4 } }) => {
			if (l4.kind !== 'tcp') return HOTDROP;
			const at = mssOption(l4.options);
			if (at < 0) return negated;
			const mss = get16(l4.options, at + 2);
			return (mss >= from && mss <= to) !== negated;
		};
	}
};

export const tcpmssTarget: XtKind<TcpmssOptions> = {
	compile({ mss }): XtEvaluate {
		return (ctx) => {
			const { ip, l4 } = ctx.packet;
			if (l4.kind !== 'tcp') return HOTDROP;
			ctx.makeWritable(transportLength(l4));
			const size = mss ?? ctx.pathMss();
			const at = mssOption(l4.options);
			// It is lowered, and never raised.
			if (at >= 0 && get16(l4.options, at + 2) <= size) return CONTINUE;
			const next = at < 0 ? withAddedMss(l4, size) : withMss(l4, at, size);
			if (next !== l4) ctx.setPacket({ ip, l4: next });
			return CONTINUE;
		};
	}
};
