/** What happened, in plain English: a sentence or two for each event. Literal values stand in backticks. */
import type { DropReason } from '$lib/engine';
import type { Of, Outcome, StationEvent, Telling } from './facts';
import {
	address,
	decidingStep,
	goneWith,
	quotedRewritten,
	rewrittenEnd,
	ruleOf,
	wasFlooded,
	wayOf
} from './facts';
import { packetName, the } from './en-packets';
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
	const moved =
		state && was && state !== was ? ` The entry's TCP state goes from ${was} to ${state}.` : '';
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
	if (!end)
		return quoted
			? `At ${hook} the packet quoted in the error is turned back, out of entry #${entry.id}.`
			: `Entry #${entry.id} has nothing to rewrite at ${hook}.`;
	if (telling.direction !== 1)
		return telling.relation === 'new'
			? `The packet's ${END[manip]} is rewritten as entry #${entry.id} says: \`${end.before}\` becomes \`${end.after}\`.`
			: `At ${hook} the entry, not a rule, rewrites the ${END[manip]}: \`${end.before}\` becomes \`${end.after}\`.${quoted}`;
	return manip === 'src'
		? `At ${hook} the entry, not a rule, gives the reply its source back: \`${end.after}\`, the address the client is waiting for.${quoted}`
		: `At ${hook} the entry, not a rule, gives the reply its destination back: \`${end.after}\`, the address the request came from.${quoted}`;
}

const PASSED: Readonly<Record<string, string>> = {
	'not the first packet':
		"NAT chains are not asked: this is not the flow's first packet. What was decided for the first one stands in the entry.",
	invalid:
		'NAT passes the packet over: it is INVALID and has no entry, so nothing says how to translate it.',
	untracked: 'The packet is passed over: a rule took it out of connection tracking.',
	'already decided': 'NAT chains are not asked: this end of the flow has been decided already.',
	'related error': 'NAT chains are not asked: an ICMP error follows the flow that it is about.',
	'already confirmed': 'The entry is in the table already.',
	'not a fragment': 'The packet is whole: nothing to put together.'
};

function station(event: StationEvent, telling: Telling): string {
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

function confirm(event: StationEvent, { outcome, entry }: Outcome<'confirm'>): string {
	const hook = event.station.hook.toUpperCase();
	switch (outcome) {
		case 'inserted':
			return `The very end of ${hook}: entry #${entry.id} is confirmed. Only now does it stand in the table.`;
		case 'known':
			return `Entry #${entry.id} is in the table already.`;
		case 'merged':
			return `Another packet of the same flow was faster. This one's entry is thrown away, and it takes the winner's, #${entry.id}.`;
		case 'beside':
			return `Another packet of the same flow was faster. Entry #${entry.id} is kept beside the winner's, for replies only and for a second.`;
		case 'insert_failed':
			return 'Another packet of the same flow was faster, and its entry is in the table. This packet is dropped.';
	}
}

const DROPPED: Readonly<Record<DropReason, string>> = {
	'no route': 'there is no route to its destination',
	'forwarding is off': 'it is for somebody else, and this host does not forward',
	'ttl exceeded': 'its TTL is used up',
	'too big': 'it is too big for the next link and must not be cut up',
	'martian source': 'no packet from outside can have this source',
	'reverse path filter': 'the way back to its source is another one',
	'interface is down': 'the interface is down',
	'queue emptied': 'what waited in the host was thrown away',
	'bad checksum': 'its checksum is wrong',
	'nobody there': 'nobody on the wire has the next hop’s address',
	blackhole: 'the route to its destination is a black hole',
	fragment: 'it is a fragment'
};

function route(event: Of<'route'>, telling: Telling): string {
	const to = `\`${address(event.packet.ip.dst)}\``;
	const by = event.via === null ? '' : `, to the next hop \`${address(event.via)}\``;
	switch (event.decision) {
		case 'local':
			return `Routing: ${to} is an address of \`${event.host}\` itself. The packet is for this host: INPUT, not FORWARD.`;
		case 'forward': {
			const ttl = telling.also.find((one) => one.kind === 'forward')?.packet.ip.ttl;
			return `Routing: ${to} is somebody else's address. The packet is forwarded, out of \`${event.out}\`${by}.${ttl === undefined ? '' : ` Its TTL goes down to ${ttl}.`}`;
		}
		case 'out':
			return event.again
				? `The packet was changed on its way out, so the routing table is asked again: ${to}, out of \`${event.out}\`${by}.`
				: `Routing: to ${to} the way is out of \`${event.out}\`${by}.`;
		case 'none':
			return `Routing: there is no way for a packet to ${to}.`;
	}
}

function begin(event: Of<'begin'>): string {
	const packet = the(event.packet);
	switch (event.origin) {
		case 'wire':
			return `\`${event.host}\` takes in ${packet} at \`${event.interface}\`: \`${wayOf(event.packet)}\`. Its walk through the hooks begins.`;
		case 'loopback':
			return `The packet comes back in by the loopback interface \`${event.interface}\`.`;
		case 'sent':
			return `\`${event.host}\` sends ${packet} of its own: \`${wayOf(event.packet)}\`.`;
		case 'answer':
			return `\`${event.host}\` answers with ${packet}: \`${wayOf(event.packet)}\`.`;
	}
}

function answered({ host, answer }: Of<'delivered'>): string {
	if (answer === null) return '';
	const refused = answer === 'RST' || answer.includes('unreachable');
	return refused
		? ` Nothing listens there, so \`${host}\` answers with ${answer.startsWith('RST') ? 'a' : 'an'} ${answer}.`
		: ` \`${host}\` answers with an ${answer}.`.replace('an timestamp', 'a timestamp');
}

function flooded({ also }: Telling): string {
	return wasFlooded(also)
		? ' The bridge in between does not know yet where that address is, so everybody on the wire gets a copy.'
		: '';
}

function gone(telling: Telling): string {
	const ids = goneWith(telling.also).map((id) => `#${id}`);
	if (ids.length === 0) return '';
	return ids.length === 1 ? ` Entry ${ids[0]} is gone.` : ` Entries ${ids.join(', ')} are gone.`;
}

function capital(text: string): string {
	return text.charAt(0).toUpperCase() + text.slice(1);
}

/** What an event is, said in English. */
export function sentence(telling: Telling): string {
	const { event } = telling;
	if (!event) return 'Nothing has happened yet. The first step puts a packet on the wire.';
	switch (event.kind) {
		case 'step':
			return `Step ${event.index + 1} begins.`;
		case 'sent':
			return `\`${event.host}\` puts ${the(event.packet)} on the wire: \`${wayOf(event.packet)}\`.${flooded(telling)}`;
		case 'received':
			return `\`${event.host}\` receives ${the(event.packet)}. It sees \`${wayOf(event.packet)}\`.${flooded(telling)}`;
		case 'wire':
			return event.to === null
				? 'Nobody takes the packet.'
				: `The packet travels to \`${event.to}\`.`;
		case 'begin':
			return begin(event);
		case 'hook':
			return `The packet enters ${event.hook.toUpperCase()}.`;
		case 'station':
			return station(event, telling);
		case 'route':
			return route(event, telling);
		case 'forward':
			return `The packet is forwarded; its TTL goes down to ${event.packet.ip.ttl}.`;
		case 'drop':
			return `\`${event.host}\` drops the packet: ${DROPPED[event.reason]}.`;
		case 'held':
			return `The packet is held in ${event.hook.toUpperCase()}, after its chains. Others go on meanwhile.`;
		case 'released':
			return 'The packet that was held goes on.';
		case 'out':
			return `\`${event.host}\` sends the packet out of \`${event.interface}\`${event.pieces > 1 ? `, in ${event.pieces} fragments` : ''}: \`${wayOf(event.packet)}\`.${flooded(telling)}`;
		case 'delivered':
			return `The packet is delivered to \`${event.host}\` itself.${answered(event)}`;
		case 'table':
			return `The table tells: \`${event.change.line}\``;
		case 'time':
			return `${event.seconds === 1 ? 'A second passes' : `${event.seconds} seconds pass`}.${gone(telling)}`;
		case 'command':
			return event.exit === 0
				? `On \`${event.host}\`: \`${event.command}\`.${gone(telling)}`
				: `On \`${event.host}\`: \`${event.command}\` fails. ${event.output.join(' ')}`;
	}
}
