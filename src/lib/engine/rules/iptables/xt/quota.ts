/** `-m quota` (`quota_mt`). */
import { packetLength } from '../../../packet';
import type { XtEvaluate, XtKind } from '../../xt';
import type { QuotaMatch } from '../matches/quota';

/** The options as a statement carries them: with what is left. */
type QuotaOptions = QuotaMatch & { readonly state: { left: bigint } };

export const quota: XtKind<QuotaOptions> = {
	compile({ negated, state }): XtEvaluate {
		return (ctx) => {
			const left = state.left - BigInt(packetLength(ctx.packet));
			// Once a packet was too long, no shorter one is let through either.
			ctx.journal.set(state, 'left', left < 0n ? 0n : left);
			return left >= 0n !== negated;
		};
	}
};
