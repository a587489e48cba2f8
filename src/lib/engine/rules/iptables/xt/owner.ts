/** `-m owner` (`owner_mt`). */
import type { XtEvaluate, XtKind } from '../../xt';
import type { OwnerMatch, Owners } from '../matches/owner';

/** What a scenario has a host send comes from a process of root's, which is in no other group than root's own. */
const ROOT = 0;

export const owner: XtKind<OwnerMatch> = {
	compile({ socket, user, group, allGroups }): XtEvaluate {
		const unless = (asked: Owners | undefined): boolean => !asked || asked.negated;
		const is = (asked: Owners | undefined): boolean =>
			!asked || (ROOT >= asked.from && ROOT <= asked.to) !== asked.negated;
		const byNobody = socket !== true && unless(user) && unless(group) && !allGroups;
		const byKernel = socket !== false && unless(user) && unless(group);
		const byRoot = socket !== false && is(user) && is(group);
		return ({ sender }) =>
			sender === 'process' ? byRoot : sender === 'kernel' ? byKernel : byNobody;
	}
};
