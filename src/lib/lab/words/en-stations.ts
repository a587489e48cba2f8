/** What the stations of a hook say, in plain English. Literal values stand in backticks. */
import type { Outcome, StationEvent, Telling } from './facts';
import {
	decidingStep,
	expectedFlow,
	helperChanged,
	quotedRewritten,
	rewrittenEnd,
	rewrittenId,
	ruleOf
} from './facts';
import { packetName } from './en-packets';
import { outwardEnd } from './outward';

const END = { src: 'source', dst: 'destination' } as const;
const WAY = ['original', 'reply'] as const;

function conntrack(
	event: StationEvent,
	outcome: Outcome<'conntrack'>,
	{ was, state }: Telling
): string {
	const { relation, direction, entry, created, reason } = outcome;
	if (outcome.dropped)
		return `Connection tracking drops the packet: ${reason ?? 'no entry can be made'}.`;
	if (!entry)
		return `Connection tracking finds the packet INVALID${reason ? `: ${reason}` : ''}. It belongs to no entry, and none is made for it.`;
	const id = `entry #${entry.id}`;
	const about = reason ? ` (${reason})` : '';
	if (created && relation === 'related')
		return `This connection was foretold by a helper: RELATED. ${capital(id)} is made for it; it is on the packet, not in the table yet.`;
	if (created)
		return `No entry fits this packet, so it is NEW. Connection tracking makes ${id} out of it: on the packet, not in the table yet.`;
	if (relation === 'related')
		return event.packet.l4.kind === 'icmp'
			? `The error quotes a packet of ${id}, so it is RELATED to it. It gets no entry of its own.`
			: `The packet fits ${id}, which a helper foretold: RELATED.`;
	if (relation === 'new')
		return `The packet fits the original tuple of ${id}. No reply has been seen yet, so it is still NEW${about}.`;
	const protocol = entry.sctp ? 'SCTP' : 'TCP';
	const moved =
		state && was && state !== was
			? ` The entry’s ${protocol} state goes from ${was} to ${state}.`
			: '';
	return `The packet fits the ${WAY[direction]} tuple of ${id}: ESTABLISHED, ${WAY[direction]} direction${about}.${moved}`;
}

function chain(event: StationEvent, outcome: Outcome<'chain'>): string {
	const { name } = event.station;
	const step = decidingStep(outcome.steps);
	const dropped = outcome.verdict === 'drop';
	const ends = 'Its walk ends here.';
	if (outcome.rejected)
		return `Chain \`${name}\`: ${step ? `\`${ruleOf(step)}\`` : 'a rule'} refuses the packet. It is dropped and its sender is told. ${ends}`;
	if (step)
		return `Chain \`${name}\`: the rule \`${ruleOf(step)}\` matches and ${dropped ? `drops the packet. ${ends}` : 'lets the packet pass.'}`;
	if (dropped)
		return `Chain \`${name}\`: no rule wants the packet, and the policy is drop. ${ends}`;
	return `Chain \`${name}\`: no rule decides, and the policy lets the packet pass.`;
}

function natRules(event: StationEvent, outcome: Outcome<'nat-rules'>): string {
	const hook = event.station.hook.toUpperCase();
	const manip = hook === 'POSTROUTING' || hook === 'INPUT' ? 'src' : 'dst';
	const step = decidingStep(outcome.steps);
	const rule = step ? `\`${ruleOf(step)}\`` : 'A rule';
	if (outcome.rejected)
		return `A NAT chain of ${hook} refuses the packet. It is dropped and its sender is told.`;
	if (outcome.verdict === 'drop') return `A NAT chain of ${hook} drops the packet.`;
	const to = `\`${outwardEnd(outcome.replyAfter, manip)}\``;
	const clash = outcome.clashed
		? ` The port it had is taken on that side, so another one is chosen.`
		: '';
	if (outcome.decided === 'by a rule')
		return `First packet of its flow, so the NAT chains of ${hook} are asked. ${rule} decides: the ${END[manip]} becomes ${to}, and the entry remembers it.${clash}`;
	const asked =
		outcome.steps.length > 0
			? `The NAT chains of ${hook} are asked, this once for the whole flow. No rule matches`
			: `No NAT chain stands at ${hook}`;
	return outcome.clashed
		? `${asked}, but the port is taken on that side: the ${END[manip]} becomes ${to}.`
		: `${asked}: the ${END[manip]} stays as it is.`;
}

function nat(event: StationEvent, outcome: Outcome<'nat'>, telling: Telling): string {
	const { manip, entry } = outcome;
	const hook = event.station.hook.toUpperCase();
	if (outcome.dropped)
		return `The packet cannot be translated as entry #${entry.id} says, and is dropped.`;
	const end = rewrittenEnd(event, manip);
	const quoted = quotedRewritten(outcome)
		? ' The packet that it quotes is turned back likewise.'
		: '';
	const id = idChanged(outcome);
	if (!end && id) return `At ${hook} the entry, not a rule, rewrites the ICMP id:${id}`;
	if (!end)
		return quoted
			? `At ${hook} the packet quoted in the error is turned back, out of entry #${entry.id}.`
			: `Entry #${entry.id} has nothing to rewrite at ${hook}.`;
	if (telling.direction !== 1)
		return telling.relation === 'new'
			? `The packet’s ${END[manip]} is rewritten as entry #${entry.id} says: \`${end.before}\` becomes \`${end.after}\`.${id && ` So does its id:${id}`}`
			: `At ${hook} the entry, not a rule, rewrites the ${END[manip]}: \`${end.before}\` becomes \`${end.after}\`.${id && ` So does its id:${id}`}${quoted}`;
	return manip === 'src'
		? `At ${hook} the entry, not a rule, gives the reply its source back: \`${end.after}\`, the address the client is waiting for.${id && ` Its id is turned back, too:${id}`}${quoted}`
		: `At ${hook} the entry, not a rule, gives the reply its destination back: \`${end.after}\`, the address the request came from.${id && ` Its id is turned back, too:${id}`}${quoted}`;
}

/** ICMP has no ports: its id stands for them. */
function idChanged(outcome: Outcome<'nat'>): string {
	const id = rewrittenId(outcome);
	return id ? ` \`${id.before}\` becomes \`${id.after}\`.` : '';
}

const PASSED: Readonly<Record<string, string>> = {
	'not the first packet':
		'NAT chains are not asked: this is not the flow’s first packet. What was decided for the first one stands in the entry.',
	invalid:
		'NAT passes the packet over: it is INVALID and has no entry, so nothing says how to translate it.',
	untracked: 'The packet is passed over: a rule took it out of connection tracking.',
	'already decided': 'NAT chains are not asked: this end of the flow has been decided already.',
	'related error': 'NAT chains are not asked: an ICMP error follows the flow that it is about.',
	'already confirmed': 'The entry is in the table already.',
	'not a fragment': 'The packet is whole: nothing to put together.'
};

/** What a station said, in English. */
export function station(event: StationEvent, telling: Telling): string {
	const { outcome } = event;
	switch (outcome.kind) {
		case 'passed over':
			if (event.station.kind === 'conntrack' && outcome.reason === 'untracked')
				return 'Connection tracking passes the packet over: a rule took it out of tracking.';
			if (outcome.reason === 'has its entry')
				return `Connection tracking has nothing to look up: this packet (${packetName(event.packet)}), which \`${event.host}\` made itself, came with its entry.`;
			return PASSED[outcome.reason] ?? outcome.reason;
		case 'conntrack':
			return conntrack(event, outcome, telling);
		case 'chain':
			return chain(event, outcome);
		case 'nat-rules':
			return natRules(event, outcome);
		case 'nat':
			return nat(event, outcome, telling);
		case 'confirm':
			return confirm(event, outcome);
		case 'defrag':
			return outcome.outcome === 'waiting'
				? `A fragment is kept until the others are there (${outcome.pieces} so far).`
				: `The last fragment is there: ${outcome.pieces} pieces go on as one packet.`;
	}
}

/** What a helper read in the packet, and what it changed. */
function helped(event: StationEvent, { entry, expects = [] }: Outcome<'confirm'>): string {
	const changed = helperChanged(event);
	const flows = expects.map((tuple) => `\`${expectedFlow(tuple)}\``).join(', ');
	const name = entry.helper === null ? 'The helper' : `The helper \`${entry.helper}\``;
	const read =
		flows === ''
			? ''
			: ` ${name} has read in the data that another connection is to come, and expects it: ${flows}.`;
	if (changed === 'data')
		return `${read} The address in the data is rewritten to the one that the other side knows.`;
	return changed === 'numbers'
		? `${read} The segment’s sequence numbers are shifted: an earlier rewriting changed the length of the data.`
		: read;
}

function confirm(event: StationEvent, said: Outcome<'confirm'>): string {
	const { outcome, entry } = said;
	const hook = event.station.hook.toUpperCase();
	switch (outcome) {
		case 'inserted':
			return `The very end of ${hook}: entry #${entry.id} is confirmed. Only now does it stand in the table.${helped(event, said)}`;
		case 'known':
			return helped(event, said).trimStart() || `Entry #${entry.id} is in the table already.`;
		case 'helper_drop':
			return `The helper of entry #${entry.id} cannot follow what the packet says, and drops it.`;
		case 'merged':
			return `Another packet of the same flow was faster. This one’s entry is thrown away, and it takes the winner’s, #${entry.id}.`;
		case 'beside':
			return `Another packet of the same flow was faster. Entry #${entry.id} is kept beside the winner’s, for replies only and for a second.`;
		case 'insert_failed':
			return 'Another packet of the same flow was faster, and its entry is in the table. This packet is dropped.';
	}
}

function capital(text: string): string {
	return text.charAt(0).toUpperCase() + text.slice(1);
}
