/**
 * What a packet's flow is: helper, connbytes, connlabel and cluster (`xt_helper`, `xt_connbytes`, `xt_connlabel`,
 * `xt_cluster`).
 */
import { jhash2, reciprocalScale, swap32 } from '../../../nat/jhash';
import { compileLabelSet, compileLabels } from '../../labels';
import { ask } from '../../match-field';
import type { XtEvaluate, XtKind } from '../../xt';
import type { ClusterMatch } from '../matches/cluster';
import type { ConnbytesMatch } from '../matches/connbytes';
import type { ConnlabelMatch } from '../matches/connlabel';
import type { HelperMatch } from '../matches/helper';

export const helper: XtKind<HelperMatch> = {
	compile({ name, negated }): XtEvaluate {
		return (ctx) => {
			const found = ctx.entry?.master?.helper ?? null;
			return (found !== null && (name === '' || name.startsWith(found))) !== negated;
		};
	}
};

export const connbytes: XtKind<ConnbytesMatch> = {
	compile({ from, to, way, mode }): XtEvaluate {
		const value = ask({ kind: 'ct', key: mode, ...(way !== 'both' && { direction: way }) });
		return (ctx) => {
			if (!ctx.entry?.accounting) return false;
			const asked = value(ctx) as number;
			return from > to ? asked < to || asked > from : asked >= from && asked <= to;
		};
	}
};

export const connlabel: XtKind<ConnlabelMatch> = {
	compile({ label, set, negated }): XtEvaluate {
		const has = compileLabels({ kind: 'label', op: 'in', labels: [label] });
		const give = compileLabelSet([label]);
		return (ctx) => {
			if (set) give(ctx);
			return has(ctx) !== negated;
		};
	}
};

export const cluster: XtKind<ClusterMatch> = {
	compile({ nodes, mask, seed, negated }): XtEvaluate {
		return ({ entry }) => {
			if (!entry) return false;
			const { src } = (entry.master ?? entry).original;
			const node = reciprocalScale(jhash2([swap32(src)], seed), nodes);
			return ((mask >>> node) & 1) === (negated ? 0 : 1);
		};
	}
};
