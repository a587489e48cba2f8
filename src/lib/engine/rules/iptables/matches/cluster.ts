/** `-m cluster`: the flows that fall to some of several nodes, by a hash of where they came from. */
import { bang, extension } from '../extension';

export interface ClusterMatch {
	readonly nodes: number;
	/** A bit for each node whose flows are meant, the first in the lowest. */
	readonly mask: number;
	readonly seed: number;
	readonly negated: boolean;
}

const eight = (value: number): string => `0x${value.toString(16).padStart(8, '0')}`;

/** Places of the bits that are set, from 0. */
const bitsOf = (mask: number): number[] =>
	Array.from({ length: 32 }, (_, bit) => bit).filter((bit) => (mask >>> bit) & 1);

export const cluster = extension<ClusterMatch>({
	name: 'cluster',
	options: [
		{ name: '--cluster-total-nodes', value: 'NodeCount' },
		{ name: '--cluster-local-node', value: 'NodeCount', negatable: true },
		{ name: '--cluster-local-nodemask', value: 'NodeCount', negatable: true },
		{ name: '--cluster-hash-seed', value: 'Number' }
	],
	read(given) {
		given.atMostOne('--cluster-local-node', '--cluster-local-nodemask');
		given.need('--cluster-total-nodes');
		given.need('--cluster-hash-seed');
		const byMask = given.has('--cluster-local-nodemask');
		const name = byMask ? '--cluster-local-nodemask' : '--cluster-local-node';
		if (!given.has(name))
			throw given.refusal('`cluster` needs --cluster-local-node or --cluster-local-nodemask');
		const nodes = given.number('--cluster-total-nodes', 1);
		const number = given.number(name, 1);
		const mask = byMask ? number : (1 << (number - 1)) >>> 0;
		if (mask >= 2 ** nodes) throw given.refusal('there are not so many nodes', name);
		return {
			nodes,
			mask,
			seed: given.number('--cluster-hash-seed', 0),
			negated: given.negated(name)
		};
	},
	save: ({ nodes, mask, seed, negated }) =>
		`${bang(negated)}--cluster-local-nodemask ${eight(mask)} --cluster-total-nodes ${nodes} --cluster-hash-seed ${eight(seed)}`,
	list: ({ nodes, mask, seed, negated }) =>
		`cluster ${negated ? '!' : ''}node_mask=${eight(mask)} total_nodes=${nodes} hash_seed=${eight(seed)}`,
	nft({ nodes, mask, seed }) {
		const bits = bitsOf(mask);
		// One node by its number, several by their bits; the translation forgets a `!`.
		const which = bits.length === 1 ? `eq ${bits[0]! + 1}` : `{ ${bits.join(', ')} }`;
		return `jhash ct original saddr mod ${nodes} seed ${eight(seed)} ${which} meta pkttype set host`;
	},
	statements: (match) => [{ kind: 'xt', name: 'cluster', options: match }]
});
