/** `-m rpfilter` (`rpfilter_mt` of `ipt_rpfilter`). */
import type { RuleContext } from '../../context';
import { asksForAddress } from '../../match-field';
import type { XtEvaluate, XtKind } from '../../xt';
import type { RpfilterMatch } from '../matches/rpfilter';

export const rpfilter: XtKind<RpfilterMatch> = {
	compile({ loose, acceptLocal, invert }): XtEvaluate {
		const cameTheWayBack = (ctx: RuleContext): boolean => {
			if (ctx.inName === 'lo' || asksForAddress(ctx.packet.ip)) return true;
			const back = ctx.routeOut(ctx.packet.ip.src, ctx.mark);
			if (!back || !(back.type === 'unicast' || (acceptLocal && back.type === 'local')))
				return false;
			return loose || back.device === ctx.inName;
		};
		return (ctx) => cameTheWayBack(ctx) !== invert;
	}
};
