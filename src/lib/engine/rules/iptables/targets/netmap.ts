/** `-j NETMAP`: the network of an address is another, the host stays the same. */
import { formatAddress, lengthOfMask, maskOf } from '../../../packet';
import { extension } from '../extension';

export interface NetmapOptions {
	readonly network: number;
	/** Bits of the network. */
	readonly length: number;
}

const HOOKS = ['prerouting', 'input', 'output', 'postrouting'];

const text = ({ network, length }: NetmapOptions): string => `${formatAddress(network)}/${length}`;

export const netmap = extension<NetmapOptions>({
	name: 'NETMAP',
	options: [{ name: '--to', value: 'HostNetwork' }],
	read(given) {
		given.need('--to');
		const { host, mask } = given.get('--to')!.value as { host: number; mask: number };
		// A mask that is no prefix is taken for the whole address.
		const length = lengthOfMask(mask) ?? 32;
		return { network: (host & maskOf(length)) >>> 0, length };
	},
	save: (options) => `--to ${text(options)}`,
	list: (options) => `to:${text(options)}`,
	statements: (options) => [{ kind: 'xt', name: 'NETMAP', options }],
	check(_options, { table, base }) {
		const fits = base ? base.type === 'nat' && HOOKS.includes(base.hook) : table === 'nat';
		return fits ? null : '`NETMAP` can stand in the nat table only';
	}
});
