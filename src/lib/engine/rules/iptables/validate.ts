/** What the kernel checks of the matches and targets of a rule (`xt_check_match`, `xt_check_target`). */
import type { RulePlace } from './extension';
import { MATCHES, TARGETS } from './extensions';
import type { IptablesRule } from './rule';

/**
 * The first match, or else the target, that cannot stand there.
 *
 * @param place without a base chain it is asked about the rule by itself
 */
export function extensionFault(
	{ matches, target, protocol }: IptablesRule,
	place: Omit<RulePlace, 'protocol'>
): { readonly message: string; readonly extension: string } | null {
	const whole: RulePlace = { ...place, ...(protocol && { protocol }) };
	for (const { name, options } of matches) {
		const message = MATCHES.get(name)!.check?.(options, whole);
		if (message) return { message, extension: name };
	}
	if (target?.kind !== 'extension') return null;
	const message = TARGETS.get(target.name)!.check?.(target.options, whole);
	return message ? { message, extension: target.name } : null;
}
