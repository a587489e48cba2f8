/** Chains that are made, changed and renamed. */
import type { BaseChain } from '../ruleset';
import type { ChainItem, Command, PriorityNode } from './ast';
import type { DraftTable } from './draft';
import { Fault, KernelFault } from './fault';
import type { Place } from './place';
import { priorityNamed } from './priority';
import type { Workspace } from './workspace';

export function rename(ws: Workspace, node: Extract<Command, { kind: 'rename' }>): void {
	const { table, chain } = ws.chain(node);
	const to = node.newName.text;
	if (!ws.draft.wasThere(table, chain))
		throw new KernelFault(
			node,
			`the chain \`${chain.name}\` is not there yet: it can be renamed afterwards`
		);
	if (table.chains.some((other) => other.name === to) || ws.draft.willBeNamed(table, to))
		throw new KernelFault(node.newName, `there is a chain \`${to}\` already`);
	ws.draft.rename(table, chain, to);
}

export function addChain(
	ws: Workspace,
	table: DraftTable,
	name: { readonly text: string } & Place,
	items: readonly ChainItem[],
	create: boolean
): void {
	const base = baseOf(ws, items);
	const policy = policyOf(ws, items);
	const comment = items.find((item) => item.kind === 'comment')?.text.text;
	const old = table.chains.find((chain) => chain.name === name.text);
	if (policy !== null && !base && !old?.base)
		throw new Fault(
			items.find((item) => item.kind === 'policy')!,
			'only a base chain (`type … hook … priority …`) has a policy'
		);
	if (!old) {
		if (ws.draft.willBeNamed(table, name.text))
			throw new Fault(
				name,
				`a chain is to be named \`${name.text}\` at the end: two of one name are not modelled`
			);
		table.chains.push({
			name: name.text,
			handle: ws.draft.handle(table),
			...(base ? { base: { ...base, registered: ws.env.nextRegistration() } } : {}),
			rules: [],
			...(comment === undefined ? {} : { comment })
		});
		return;
	}
	if (create) throw new KernelFault(name, `there is a chain \`${name.text}\` already`);
	const was = old.base;
	if (!base) {
		if (was && policy !== null) ws.draft.editChain(table, old).base = { ...was, policy };
		return;
	}
	if (!was || was.type !== base.type || was.hook !== base.hook || was.priority !== base.priority)
		throw new KernelFault(
			name,
			`there is a chain \`${name.text}\` already, with another type, hook or priority`
		);
	if (policyOf(ws, items) !== null)
		ws.draft.editChain(table, old).base = { ...was, policy: base.policy };
}

function policyOf(ws: Workspace, items: readonly ChainItem[]): 'accept' | 'drop' | null {
	const [item, second] = items.filter((one) => one.kind === 'policy');
	if (second) throw new Fault(second, 'a chain has one policy');
	if (!item) return null;
	const node = item.policy;
	const value = node.kind === 'variable' ? ws.values.resolve(node) : node;
	const text = value.kind === 'policy value' || value.kind === 'string' ? value.text : '';
	if (text !== 'accept' && text !== 'drop') throw new Fault(node, 'a policy is `accept` or `drop`');
	return text;
}

function baseOf(ws: Workspace, items: readonly ChainItem[]): Omit<BaseChain, 'registered'> | null {
	// Of several the last one holds.
	const item = items.findLast((one) => one.kind === 'base');
	const policy = policyOf(ws, items);
	if (!item) return null;
	const type = item.type.text;
	const hook = item.hook.text as BaseChain['hook'];
	if (type === 'route' && hook !== 'output')
		throw new Fault(item.type, 'a chain of type route can only be hooked into output');
	if (type === 'nat' && hook === 'forward')
		throw new Fault(item.hook, 'a chain of type nat cannot be hooked into forward');
	const priority = priorityOf(ws, item.priority, hook);
	if (type === 'nat' && priority <= -200)
		throw new Fault(
			item.priority,
			'a chain of type nat needs a priority above -200, where connection tracking stands'
		);
	return { type, hook, priority, policy: policy ?? 'accept' };
}

function priorityOf(ws: Workspace, node: PriorityNode, hook: BaseChain['hook']): number {
	let base = 0;
	if (node.base !== null) {
		const text = node.base.kind === 'variable' ? ws.wordOf(node.base) : node.base.text;
		const named = priorityNamed(text, hook);
		const number = /^-?\d+$/.test(text) ? Number(text) : null;
		if (named === null && number === null)
			throw new Fault(
				node,
				`\`${text}\` is not a priority at ${hook}: expected a number, raw, mangle, ${hook === 'prerouting' ? 'dstnat, ' : ''}filter, security${hook === 'postrouting' ? ' or srcnat' : ''}`
			);
		base = named ?? number!;
	}
	const offset = node.offset ? ws.values.count(node.offset) : 0;
	return node.sign === '-' ? base - offset : base + offset;
}
