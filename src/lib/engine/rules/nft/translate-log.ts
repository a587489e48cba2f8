/** `log`: what is written, and to where. */
import type { Statement } from '../ruleset';
import type { StatementNode } from './ast';
import { Fault } from './fault';
import type { Values } from './values';

export function translateLog(
	node: Extract<StatementNode, { kind: 'log' }>,
	values: Values
): Statement {
	const made: {
		prefix?: string;
		level?: string;
		group?: number;
		snaplen?: number;
		queueThreshold?: number;
		flags?: string;
	} = {};
	const flags: string[] = [];
	let before: string | undefined;
	for (const option of node.options) {
		// nft still has the words of TCP in mind there, and no other of `log`.
		if (before?.startsWith('tcp ') && option.kind !== 'flags')
			throw new Fault(option, `\`${option.kind}\` cannot follow \`flags ${before}\``);
		before = option.kind === 'flags' ? option.flags[0] : undefined;
		switch (option.kind) {
			case 'prefix': {
				const text = values.resolve(option.text);
				if (text.kind !== 'string') throw new Fault(option, 'expected a quoted string');
				if (text.text.length > 127)
					throw new Fault(text, 'a log prefix has at most 127 characters');
				made.prefix = text.text;
				break;
			}
			case 'level':
				made.level = option.level;
				break;
			case 'group':
				// The kernel's attribute has 16 bits.
				made.group = values.count(option.number) & 0xffff;
				break;
			case 'snaplen':
				made.snaplen = values.count(option.number);
				break;
			case 'queue-threshold':
				made.queueThreshold = values.count(option.number);
				break;
			case 'flags':
				flags.push(...option.flags);
				break;
		}
	}
	if (flags.length > 0) made.flags = joinFlags(flags);
	if (made.group !== undefined && (made.level !== undefined || made.flags !== undefined))
		throw new Fault(node, '`level` and `flags` exclude `group`');
	if (made.group === undefined && (made.snaplen !== undefined || made.queueThreshold !== undefined))
		throw new Fault(node, '`snaplen` and `queue-threshold` need `group`');
	return { kind: 'log', ...made };
}

const LOG_FLAGS = ['tcp sequence', 'tcp options', 'ip options', 'skuid', 'ether'] as const;

/** `flags a flags b`, in the order in which nft lists them. */
function joinFlags(given: readonly string[]): string {
	const set = LOG_FLAGS.filter((flag) => given.includes(flag));
	if (given.includes('all') || set.length === LOG_FLAGS.length) return 'all';
	return set.join(' flags ').replace('tcp sequence flags tcp options', 'tcp sequence,options');
}
