/** `-j TTL`: another TTL, or so much more or less. */
import { extension, onlyIn } from '../extension';

export interface TtlOptions {
	readonly mode: 'set' | 'dec' | 'inc';
	readonly value: number;
}

const MODES = ['set', 'dec', 'inc'] as const;
const WORDS = { set: 'set to', dec: 'decrement by', inc: 'increment by' };

export const ttl = extension<TtlOptions>({
	name: 'TTL',
	options: MODES.map((mode) => ({ name: `--ttl-${mode}`, value: 'Number' })),
	read(given) {
		given.atMostOne(...MODES.map((mode) => `--ttl-${mode}`));
		for (const mode of MODES) {
			const value = given.numberFrom(`--ttl-${mode}`, mode === 'set' ? 0 : 1, 255);
			if (value !== undefined) return { mode, value };
		}
		throw given.refusal('`TTL` needs --ttl-set, --ttl-dec or --ttl-inc');
	},
	save: ({ mode, value }) => `--ttl-${mode} ${value}`,
	list: ({ mode, value }) => `TTL ${WORDS[mode]} ${value}`,
	statements: (options) => [{ kind: 'xt', name: 'TTL', options }],
	check: (_options, place) => onlyIn('TTL', 'mangle', place)
});
