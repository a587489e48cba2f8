/** Hooks that a packet will not come by any more, because it has gone another way. */
import type { HookName } from '$lib/engine';
import { HOOKS } from '$lib/engine';
import type { WalkView } from './walk-view';

function isBypassed(hook: HookName, { begin, routes, visited }: WalkView): boolean {
	if (visited.has(hook)) return false;
	const decided = routes.at(0)?.decision;
	const own = begin.interface === null;
	if (hook === 'prerouting') return own;
	if (hook === 'output') return !own;
	if (hook === 'input') return own || (decided !== undefined && decided !== 'local');
	if (hook === 'forward') return own || (decided !== undefined && decided !== 'forward');
	return !own && decided !== undefined && decided !== 'forward';
}

/** @param unseen whether no packet of the scenario comes by a hook at all */
export function bypassedHooks(
	walk: WalkView | null,
	unseen: (hook: HookName) => boolean
): ReadonlySet<HookName> {
	return new Set(HOOKS.filter((hook) => unseen(hook) || (walk && isBypassed(hook, walk))));
}
