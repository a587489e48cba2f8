/** addrtype, statistic and set; the targets CT, SET and DNAT with shifted ports. */
import type { AddressType, RuleContext } from '../../context';
import type { GeneratorState } from '../../ruleset';
import type { XtEvaluate, XtKind } from '../../xt';
import type { AddrtypeMatch, TypeList } from '../matches/addrtype';
import type { SetMatch } from '../matches/set';
import type { StatisticMatch } from '../matches/statistic';
import { eventBits, type CtOptions } from '../targets/ct';
import type { NatOptions } from '../targets/nat';
import type { SetOptions } from '../targets/set';
import { CONTINUE } from './header';

export const addrtype: XtKind<AddrtypeMatch> = {
	compile({ source, destination, limit }): XtEvaluate {
		// Where the hook has no such interface, any will do.
		const interfaceOf = (ctx: RuleContext): string | undefined =>
			(limit === 'in' ? ctx.inName : limit === 'out' ? ctx.outName : '') || undefined;
		const asks = (
			list: TypeList | undefined
		): ((ctx: RuleContext, address: number) => boolean) | null => {
			if (!list) return null;
			const types = new Set(list.types.map((type) => type.toLowerCase() as AddressType));
			return (ctx, address) =>
				types.has(ctx.addressType(address, interfaceOf(ctx))) !== list.negated;
		};
		const from = asks(source);
		const to = asks(destination);
		return (ctx) =>
			(from === null || from(ctx, ctx.packet.ip.src)) &&
			(to === null || to(ctx, ctx.packet.ip.dst));
	}
};

/** The options as a statement carries them: `nth` has its counter. */
type StatisticOptions = StatisticMatch & { readonly state?: GeneratorState };

export const statistic: XtKind<StatisticOptions> = {
	compile(options): XtEvaluate {
		const { negated } = options;
		if (options.mode === 'random') {
			const { probability } = options;
			return (ctx) => (ctx.random() & 0x7fffffff) < probability !== negated;
		}
		const { state, every } = options;
		if (!state) return () => negated;
		return (ctx) => {
			const next = state.count >= every - 1 ? 0 : state.count + 1;
			ctx.journal.set(state, 'count', next);
			return (next === 0) !== negated;
		};
	}
};

export const set: XtKind<SetMatch> = {
	compile({ set: name, directions, negated, asked }): XtEvaluate {
		return (ctx) => {
			const found = ctx.ipset(name);
			return (
				(found !== null &&
					found.matches(ctx.packet, directions, ctx.inName, ctx.outName, asked)) !== negated
			);
		};
	}
};

/** `-j SET` (`set_target_v3`): adds first. */
export const setTarget: XtKind<SetOptions> = {
	compile({ add, del, exist, timeout }): XtEvaluate {
		const adds = { op: 'add', exist, ...(timeout !== undefined && { timeout }) } as const;
		return (ctx) => {
			if (add) ctx.changeIpset({ ...adds, set: add.set }, add.directions);
			if (del) ctx.changeIpset({ op: 'del', set: del.set }, del.directions);
			return CONTINUE;
		};
	}
};

/** `-j CT` (`xt_ct_target`). With `--zone mark`, the zone is the lower half of the packet's mark. */
export const ct: XtKind<CtOptions> = {
	compile({ zone, zoneDirection, helper = null, events, expectEvents }): XtEvaluate {
		const bits = eventBits(events);
		// Events of expectations alone leave none of the entry's.
		const told = bits === 0 && eventBits(expectEvents) === 0 ? null : bits;
		return (ctx) => {
			const id = zone === 'mark' ? ctx.mark & 0xffff : zone;
			const direction = zoneDirection ?? 'both';
			ctx.attachTemplate({ zone: { id, direction }, helper, events: told });
			return CONTINUE;
		};
	}
};

/** `--to-destination a:p1-p2/base`: the distance of the port from the base is kept. */
export const dnat: XtKind<NatOptions> = {
	compile({ address, port, base, flags }): XtEvaluate {
		const request = {
			type: 'dnat' as const,
			...(address && { address }),
			...(port && { port }),
			...(base !== undefined && { basePort: base }),
			flags
		};
		return (ctx) => ctx.nat(request);
	}
};
