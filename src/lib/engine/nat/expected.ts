/**
 * Translation of a flow that was expected: it follows its master's (`nf_nat_follow_master`).
 */
import type { Entry } from '../conntrack/entry';
import { tupleOf } from '../conntrack/entry';
import type { Expectation } from '../conntrack/expectation';
import type { BindingContext } from './binding';
import { bind } from './binding';

/** Bind both ends of a new entry that met `expectation`. */
export function followMaster(
	context: BindingContext,
	entry: Entry,
	expectation: Expectation
): void {
	const { saved, master, direction } = expectation;
	if (!saved) return;
	const other = tupleOf(master, direction === 0 ? 1 : 0);
	bind(context, entry, { address: { from: other.dst, to: other.dst }, flags: {} }, 'src');
	bind(
		context,
		entry,
		{
			address: { from: saved.address, to: saved.address },
			port: { from: saved.port, to: saved.port },
			flags: {}
		},
		'dst'
	);
}
