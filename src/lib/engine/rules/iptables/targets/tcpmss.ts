/** `-j TCPMSS`: a lower MSS for a segment, given or taken from the MTUs of its way. */
import { TCP } from '../../../packet';
import { extension, isFor } from '../extension';

export interface TcpmssOptions {
	/** `null`: what the way lets through. */
	readonly mss: number | null;
}

/** The longest that a packet can be, without its IP header. */
const MOST = 65515;
/** Hooks at which the way is known. */
const HOOKS = ['forward', 'output', 'postrouting'];

export const tcpmss = extension<TcpmssOptions>({
	name: 'TCPMSS',
	options: [{ name: '--set-mss', value: 'Number' }, { name: '--clamp-mss-to-pmtu' }],
	read(given) {
		const mss = given.numberFrom('--set-mss', 0, MOST) ?? 0;
		// Of both, the one that is said last holds.
		const last = given.list.at(-1);
		if (!last) throw given.refusal('`TCPMSS` needs --set-mss or --clamp-mss-to-pmtu');
		return { mss: last.spec.name === '--set-mss' ? mss : null };
	},
	save: ({ mss }) => (mss === null ? '--clamp-mss-to-pmtu' : `--set-mss ${mss}`),
	list: ({ mss }) => `TCPMSS ${mss === null ? 'clamp to PMTU' : `set ${mss}`}`,
	statements: (options) => [{ kind: 'xt', name: 'TCPMSS', options }],
	check({ mss }, place) {
		const { base } = place;
		if (!isFor(place, TCP)) return '`TCPMSS` needs `-p tcp`';
		return mss === null && base && !HOOKS.includes(base.hook)
			? '--clamp-mss-to-pmtu can stand in FORWARD, OUTPUT and POSTROUTING only'
			: null;
	}
});
