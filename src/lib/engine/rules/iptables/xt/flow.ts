/**
 * helper, connbytes and connlabel: what a packet's flow comes from, what it has carried, and its labels (`xt_helper`,
 * `xt_connbytes`, `xt_connlabel`).
 */
import { ORIGINAL, REPLY } from '../../../conntrack/entry';
import { counted } from '../../match-field';
import type { XtEvaluate, XtKind } from '../../xt';
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
		const direction = way === 'both' ? null : way === 'original' ? ORIGINAL : REPLY;
		return ({ entry }) => {
			if (!entry?.accounting) return false;
			const packets = counted(entry, direction, 0);
			const bytes = counted(entry, direction, 1);
			const average = packets === 0 ? 0 : Math.floor(bytes / packets);
			const asked = mode === 'packets' ? packets : mode === 'bytes' ? bytes : average;
			return from > to ? asked < to || asked > from : asked >= from && asked <= to;
		};
	}
};

export const connlabel: XtKind<ConnlabelMatch> = {
	compile({ label, set, negated }): XtEvaluate {
		const bit = 1n << BigInt(label);
		return (ctx) => {
			const labels = ctx.entry?.labels ?? null;
			if (labels === null) return negated;
			if ((labels & bit) === 0n) {
				if (!set) return negated;
				ctx.setEntryLabels(labels | bit);
			}
			return !negated;
		};
	}
};
