/** What happened, in plain English: a sentence or two for each event. Literal values stand in backticks. */
import type { DropReason } from '$lib/engine';
import { station } from './en-stations';
import { the } from './en-packets';
import type { Of, Telling } from './facts';
import { address, goneWith, printed, wasFlooded, wayOf } from './facts';

const DROPPED: Readonly<Record<DropReason, string>> = {
	'no route': 'there is no route to its destination',
	'forwarding is off': 'it is for somebody else, and this host does not forward',
	'ttl exceeded': 'its TTL is used up',
	'too big': 'it is too big for the next link and must not be cut up',
	'to a broadcast address': 'a raw socket may not send to a broadcast address',
	'longer than the interface takes': 'it is longer than the MTU of the interface it comes in by',
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
			return `Routing: ${to} is somebody else’s address. The packet is forwarded, out of \`${event.out}\`${by}.${ttl === undefined ? '' : ` Its TTL goes down to ${ttl}.`}`;
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

function command(event: Of<'command'>, telling: Telling): string {
	const done = `On \`${event.host}\`: \`${event.command}\``;
	if (event.exit === 0) return `${done}.${gone(telling)}`;
	const text = printed(event.output);
	return text === '' ? `${done} fails.` : `${done} fails. It says ${text}.`;
}

/** What an event is, said in English. */
export function sentence(telling: Telling): string {
	const { event } = telling;
	if (!event) return 'Nothing has happened yet.';
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
			return command(event, telling);
	}
}
