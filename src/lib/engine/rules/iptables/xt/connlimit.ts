/** `-m connlimit` (`connlimit_mt`). */
import type { ConnectionLists } from '../../../conntrack/count';
import { countUnder, zoneOf } from '../../../conntrack/count';
import type { XtEvaluate, XtKind } from '../../xt';
import type { ConnlimitMatch } from '../matches/connlimit';
import { HOTDROP } from './header';

/** The options as a statement carries them: with its lists, by network and zone. */
type ConnlimitOptions = ConnlimitMatch & { readonly lists: ConnectionLists };

export const connlimit: XtKind<ConnlimitOptions> = {
	compile({ limit, above, length, by, lists }): XtEvaluate {
		const size = 2 ** (32 - length);
		return (ctx) => {
			const { ip } = ctx.packet;
			const network = Math.floor((by === 'saddr' ? ip.src : ip.dst) / size);
			const count = countUnder(ctx, lists, network * 0x10000 + zoneOf(ctx).id);
			return count === 0 ? HOTDROP : count > limit === above;
		};
	}
};
