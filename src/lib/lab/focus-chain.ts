/**
 * The element within a box that has the focus, and those around it, the box included, that may be given it: from the
 * inside out; empty where the focus is elsewhere.
 */
export function focusChain(box: HTMLElement | undefined): HTMLElement[] {
	const chain: HTMLElement[] = [];
	const active = typeof document === 'undefined' ? null : document.activeElement;
	if (!box || !active || active === box || !box.contains(active)) return chain;
	for (let at: Element | null = active; at; at = at.parentElement) {
		if (at instanceof HTMLElement && (at === active || at.hasAttribute('tabindex'))) chain.push(at);
		if (at === box) break;
	}
	return chain;
}
