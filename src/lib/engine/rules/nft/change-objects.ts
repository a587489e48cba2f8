/** Named counters, quotas, limits and helpers that are made. */
import type { QuotaState, StatefulObject } from '../ruleset';
import type { CounterBody, HelperBody, LimitBody, QuotaBody } from './ast';
import type { DraftTable } from './draft';
import { Fault, KernelFault } from './fault';
import type { Place } from './place';
import { translateLimit } from './translate-limit';
import { counterState } from './translate-own';
import { translateQuota } from './translate-quota';
import type { Workspace } from './workspace';

export type ObjectNode = Place & { readonly name: { readonly text: string } & Place } & (
		| { readonly kind: 'counter'; readonly body: CounterBody }
		| { readonly kind: 'quota'; readonly body: QuotaBody }
		| { readonly kind: 'limit'; readonly body: LimitBody }
		| { readonly kind: 'ct helper'; readonly body: HelperBody }
	);

const KINDS: ReadonlySet<string> = new Set<ObjectNode['kind']>([
	'counter',
	'quota',
	'limit',
	'ct helper'
]);

/** Whether what is made is a named object. */
export function isObject<T extends { readonly kind: string }>(
	node: T
): node is Extract<T, { readonly kind: ObjectNode['kind'] }> {
	return KINDS.has(node.kind);
}

/** An object but for its name, its handle and its comment. */
type Made = StatefulObject extends infer O
	? O extends StatefulObject
		? Omit<O, 'name' | 'handle' | 'comment'>
		: never
	: never;

export function addObject(
	ws: Workspace,
	table: DraftTable,
	node: ObjectNode,
	create: boolean
): void {
	const { kind, name, body } = node;
	const made = read(ws, table, node);
	const old = table.objects.find((object) => object.kind === kind && object.name === name.text);
	if (!old) {
		const comment = body.comment ? { comment: body.comment.text } : {};
		const named = { name: name.text, handle: ws.draft.handle(table), ...comment };
		table.objects.push({ ...made, ...named });
		return;
	}
	if (create) throw new KernelFault(name, `there is a ${kind} \`${name.text}\` already`);
	if (old.kind === 'quota' && made.kind === 'quota') update(ws, old.state, made.state);
}

/** What is used stays (`nft_quota_obj_update`); the other objects stay as they are. */
function update(ws: Workspace, state: QuotaState, { bytes, over }: QuotaState): void {
	ws.draft.onCommit((journal) => {
		journal.set(state, 'bytes', bytes);
		journal.set(state, 'over', over);
	});
}

function read(ws: Workspace, table: DraftTable, node: ObjectNode): Made {
	switch (node.kind) {
		case 'counter':
			return { kind: 'counter', state: counterState(ws.values, node.body) };
		case 'quota':
			return {
				kind: 'quota',
				state: translateQuota({ ...node.body, ...placeOf(node) }, ws.values)
			};
		case 'limit':
			return { kind: 'limit', limit: readLimit(node, ws) };
		case 'ct helper':
			return readHelper(node, table);
	}
}

function placeOf({ from, to }: Place): Place {
	return { from, to };
}

function readLimit(node: Extract<ObjectNode, { kind: 'limit' }>, ws: Workspace) {
	const { name, body } = node;
	const { over, rate, unit, per, burst } = body;
	if (over === undefined || !rate || !unit || !per || burst === undefined)
		throw new KernelFault(name, 'a limit needs a rate');
	const limit = translateLimit(
		{ kind: 'limit', ...placeOf(node), over, rate, unit, per, burst },
		ws.values
	);
	return { ...limit, name: name.text };
}

/** What of a helper's block is known here. */
function readHelper(
	{ name, body }: Extract<ObjectNode, { kind: 'ct helper' }>,
	table: DraftTable
): Made {
	if (!body.helper || !body.protocol)
		throw new Fault(name, 'a ct helper needs `type "NAME" protocol tcp` or `udp`');
	const known: Record<string, string[]> = {
		ftp: ['tcp'],
		tftp: ['udp'],
		sip: ['tcp', 'udp'],
		irc: ['tcp'],
		h323: ['tcp', 'udp'],
		pptp: ['tcp'],
		amanda: ['udp'],
		snmp: ['udp'],
		sane: ['tcp'],
		'netbios-ns': ['udp']
	};
	const protocols = known[body.helper.text];
	if (!protocols?.includes(body.protocol.text))
		throw new Fault(
			body.helper,
			`there is no helper \`${body.helper.text}\` for ${body.protocol.text}`
		);
	if (body.helper.text !== 'ftp')
		throw new Fault(body.helper, `the helper \`${body.helper.text}\` is not modelled`);
	return {
		kind: 'ct helper',
		helper: body.helper.text,
		protocol: body.protocol.text === 'tcp' ? 6 : 17,
		family: body.l3proto?.text ?? table.family
	};
}
