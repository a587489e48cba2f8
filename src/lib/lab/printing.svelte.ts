/** Whether the page is being printed, or shown as it would be on paper. */
import { createSubscriber } from 'svelte/reactivity';

class Printing {
	private going = false;

	private readonly subscribe = createSubscriber((update) => {
		const set = (going: boolean) => () => {
			this.going = going;
			update();
		};
		const paper = typeof matchMedia === 'function' ? matchMedia('print') : null;
		const change = () => set(paper?.matches === true)();
		const before = set(true);
		const after = set(false);
		change();
		addEventListener('beforeprint', before);
		addEventListener('afterprint', after);
		paper?.addEventListener('change', change);
		return () => {
			removeEventListener('beforeprint', before);
			removeEventListener('afterprint', after);
			paper?.removeEventListener('change', change);
		};
	});

	get on(): boolean {
		this.subscribe();
		return this.going;
	}
}

/** One page, one printer. */
export const printing = new Printing();
