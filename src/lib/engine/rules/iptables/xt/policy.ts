/** `-m policy` (`policy_mt`) of packets that IPsec has not handled and will not. */
import type { XtEvaluate, XtKind } from '../../xt';
import type { PolicyMatch } from '../matches/policy';

export const policy: XtKind<PolicyMatch> = {
	compile({ ipsec }): XtEvaluate {
		return () => !ipsec;
	}
};
