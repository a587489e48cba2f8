/**
 * Whether single characters are shortcuts. Someone who speaks to their computer, or whose hand slips, can switch them
 * off (WCAG 2.1.4); the choice is kept in this browser. Where storage is closed to the page nothing breaks.
 */
const KEY = 'conntrack-lab:letters';

function recall(): boolean {
	try {
		return localStorage.getItem(KEY) !== 'off';
	} catch {
		return true;
	}
}

class Letters {
	private known: boolean | null = $state(null);

	get on(): boolean {
		return this.known ?? recall();
	}

	set on(on: boolean) {
		this.known = on;
		try {
			if (on) localStorage.removeItem(KEY);
			else localStorage.setItem(KEY, 'off');
		} catch {
			// It holds until the page is left.
		}
	}
}

/** One choice for all Labs of a page. */
export const letters = new Letters();
