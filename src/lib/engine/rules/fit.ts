/** Which statements of nft's may stand at which hook. */
import type { Chain, Expression, HookName, Statement } from './ruleset';

function atHooks(
	what: string,
	chain: Chain,
	hooks: readonly HookName[],
	nat: boolean
): string | null {
	const base = chain.base!;
	if (nat && base.type !== 'nat')
		return `\`${what}\` belongs in a chain of type nat, and \`${chain.name}\` is of type ${base.type}`;
	if (hooks.includes(base.hook)) return null;
	return `\`${what}\` is possible at ${hooks.join(', ')} only, and \`${chain.name}\` is hooked into ${base.hook}`;
}

/** Whether a value takes `rt mtu`. */
function asksRoute(one: Expression | undefined): boolean {
	switch (one?.kind) {
		case 'rt':
			return true;
		case 'binary':
			return asksRoute(one.left) || asksRoute(one.right);
		case 'concat':
			return one.parts.some(asksRoute);
		case 'map':
			return asksRoute(one.key);
		default:
			return false;
	}
}

/** The values that a statement goes by; those of NAT are addresses and ports. */
function valuesOf(statement: Statement): readonly (Expression | undefined)[] {
	switch (statement.kind) {
		case 'match':
			return [statement.left];
		case 'assign':
			return [statement.value];
		case 'vmap':
		case 'object map':
			return [statement.key];
		case 'update':
			return [statement.key, statement.data];
		default:
			return [];
	}
}

/** Why a statement cannot be carried out in chains that this base chain leads to (`nft_chain_validate_hooks`), or `null`. */
export function unfit(statement: Statement, chain: Chain): string | null {
	// `nft_rt_validate`: elsewhere no way out is known.
	if (valuesOf(statement).some(asksRoute)) {
		const wrong = atHooks('rt mtu', chain, ['forward', 'output', 'postrouting'], false);
		if (wrong) return wrong;
	}
	switch (statement.kind) {
		case 'nat':
			switch (statement.type) {
				case 'snat':
					return atHooks('snat', chain, ['postrouting', 'input'], true);
				case 'dnat':
					return atHooks('dnat', chain, ['prerouting', 'output'], true);
				case 'masquerade':
					return atHooks('masquerade', chain, ['postrouting'], true);
				case 'redirect':
					return atHooks('redirect', chain, ['prerouting', 'output'], true);
			}
		// falls through: every type has returned
		case 'reject':
			return atHooks('reject', chain, ['prerouting', 'input', 'forward', 'output'], false);
		case 'match': {
			const { left } = statement;
			if (left.kind !== 'fib') return null;
			if (left.result !== 'type')
				return atHooks('fib … ' + left.result, chain, ['prerouting', 'input', 'forward'], false);
			if (left.select.includes('iif'))
				return atHooks('fib … iif type', chain, ['prerouting', 'input', 'forward'], false);
			if (left.select.includes('oif'))
				return atHooks('fib … oif type', chain, ['forward', 'output', 'postrouting'], false);
			return null;
		}
		default:
			return null;
	}
}
