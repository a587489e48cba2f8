/** `-j NETMAP` (`netmap_tg4`): at the hook's own end, as SNAT and DNAT at theirs. */
import type { XtEvaluate, XtKind } from '../../xt';
import type { NetmapOptions } from '../targets/netmap';

export const netmap: XtKind<NetmapOptions> = {
	compile({ network, length }): XtEvaluate {
		const address = { from: network, to: network + 2 ** (32 - length) - 1 };
		const request = { address, netmap: true, flags: {} };
		return (ctx) => {
			const source = ctx.hook === 'postrouting' || ctx.hook === 'input';
			return ctx.nat({ type: source ? 'snat' : 'dnat', ...request });
		};
	}
};
