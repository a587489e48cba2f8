/** What each kind of station does to a packet. */
import { account } from '../conntrack/account';
import { confirm } from '../conntrack/confirm';
import { runHelper } from '../conntrack/helper';
import { keepsLabels } from '../rules/labels';
import type { TrackingContext } from '../conntrack/tracking';
import { track } from '../conntrack/tracker';
import { adjustSequence } from '../conntrack/sequence';
import { bindNull, isBound } from '../nat/binding';
import { followMaster } from '../nat/expected';
import { translate, translateError } from '../nat/rewrite';
import type { PassedOver, StationOutcome } from '../network/events';
import { rewritesOf } from '../network/rewrites';
import type { Packet } from '../packet';
import { ICMP, TCP_HEADER_LENGTH, isFragment } from '../packet';
import { evaluateChain } from '../rules';
import type { Verdict } from '../rules/ruleset';
import { findsErrorWrong, trackedSum } from './checksum';
import { addFragment, belongs } from './defrag';
import { bindingContext, manipAt } from './nat-request';
import { routeOutput } from './path';
import type { Host } from './host';
import type { NatChain, Station } from './stations';
import type { Walk } from './walk';

export type StationResult = 'go on' | 'stop';

/** Run one station; tell what it did. */
export function runStation(walk: Walk, station: Station): StationResult {
	const before = walk.packet;
	switch (station.kind) {
		case 'defrag':
			return defragment(walk, station, before);
		case 'conntrack':
			return conntrackIn(walk, station, before);
		case 'chain':
			return userChain(walk, station, station.rules, before);
		case 'nat-rules':
			return natRules(walk, station, station.chains, before);
		case 'nat':
			return natPacket(walk, station, before);
		case 'confirm':
			return confirmPacket(walk, station, before);
	}
}

/** Tell what a station did; asked only where somebody listens. */
function tell(walk: Walk, station: Station, before: Packet, outcome: StationOutcome): void {
	walk.world.tell({
		kind: 'station',
		walk: walk.id,
		host: walk.host.name,
		packet: walk.packet,
		before,
		station: station.info,
		outcome
	});
}

function passOver(walk: Walk, station: Station, before: Packet, reason: PassedOver): StationResult {
	if (walk.world.listener) tell(walk, station, before, { kind: 'passed over', reason });
	return 'go on';
}

function defragment(walk: Walk, station: Station, before: Packet): StationResult {
	const { host, journal } = walk;
	if (!isFragment(before.ip)) return passOver(walk, station, before, 'not a fragment');
	const queue = host.fragments.find((one) => belongs(one, before)) ?? null;
	const result = addFragment(queue, before, walk.now, host.fragmentTime);
	const others = host.fragments.filter((one) => one !== queue);
	journal.set(host, 'fragments', result.queue ? [...others, result.queue] : others);
	const pieces = result.queue?.pieces.length ?? result.sizes.length;
	if (!result.whole) {
		if (walk.world.listener)
			tell(walk, station, before, { kind: 'defrag', outcome: 'waiting', pieces });
		return 'stop';
	}
	walk.setPacket(result.whole);
	walk.setPieces(result.sizes);
	if (walk.world.listener)
		tell(walk, station, before, { kind: 'defrag', outcome: 'complete', pieces });
	return 'go on';
}

type ReusedContext = { -readonly [K in keyof TrackingContext]: TrackingContext[K] };
const contexts = new WeakMap<Host, ReusedContext>();

/** What the trackers need of this host, made once and kept up to date. */
function trackingContext(walk: Walk): TrackingContext {
	const { host, world } = walk;
	let context = contexts.get(host);
	if (!context) {
		const { conntrack } = host;
		context = {
			conntrack,
			now: 0,
			hook: 'prerouting',
			nextEntryId: () => world.nextEntryId(),
			keepsLabels: () => keepsLabels(host.ruleset),
			expected: (entry, expectation) =>
				followMaster(
					{ conntrack, now: world.now, random: () => world.random() },
					entry,
					expectation
				)
		};
		contexts.set(host, context);
	}
	context.now = world.now;
	context.hook = walk.hook === 'output' ? 'output' : 'prerouting';
	return context;
}

function conntrackIn(walk: Walk, station: Station, before: Packet): StationResult {
	if (walk.entry) return passOver(walk, station, before, 'has its entry');
	if (walk.relation === 'untracked') return passOver(walk, station, before, 'untracked');
	const context = trackingContext(walk);
	const result = track(context, before, walk.template);
	trackedSum(walk, context, before);
	walk.setEntry(result.entry);
	walk.setRelation(result.relation, result.direction);
	if (walk.world.listener)
		tell(walk, station, before, {
			kind: 'conntrack',
			relation: result.relation,
			direction: result.direction,
			entry: result.entry,
			created: result.created,
			reason: result.reason,
			dropped: result.verdict === 'drop'
		});
	return result.verdict === 'drop' ? 'stop' : 'go on';
}

function userChain(walk: Walk, station: Station, rules: NatChain, before: Packet): StationResult {
	const steps = walk.newRecord();
	walk.rejected = false;
	const mark = walk.mark;
	const verdict = evaluateChain(walk, rules.table, rules.chain, steps);
	const dropped = verdict.kind === 'drop';
	if (walk.world.listener)
		tell(walk, station, before, {
			kind: 'chain',
			steps: steps ?? [],
			verdict: dropped ? 'drop' : 'accept',
			rejected: walk.rejected
		});
	if (dropped) return 'stop';
	// A chain of type route looks the way up again when it changed what routing asks for.
	if (rules.chain.base?.type === 'route' && walk.hook === 'output') {
		const { ip } = walk.packet;
		if (
			mark !== walk.mark ||
			ip.src !== before.ip.src ||
			ip.dst !== before.ip.dst ||
			ip.tos !== before.ip.tos
		)
			return routeOutput(walk, true) ? 'go on' : 'stop';
	}
	return 'go on';
}

function withoutEntry(walk: Walk): PassedOver {
	return walk.relation === 'untracked' ? 'untracked' : 'invalid';
}

/** An ICMP error follows the flow it is about; no chain is asked. */
function isRelatedError(walk: Walk): boolean {
	return walk.relation === 'related' && walk.packet.ip.protocol === ICMP;
}

/** The first half of `nf_nat_inet_fn`: ask the NAT chains, once for each end of a flow. */
function natRules(
	walk: Walk,
	station: Station,
	chains: readonly NatChain[],
	before: Packet
): StationResult {
	const { entry } = walk;
	if (!entry) return passOver(walk, station, before, withoutEntry(walk));
	if (isRelatedError(walk)) return passOver(walk, station, before, 'related error');
	if (walk.relation !== 'new' && walk.relation !== 'related')
		return passOver(walk, station, before, 'not the first packet');
	const manip = manipAt(walk.hook);
	if (isBound(entry, manip)) return passOver(walk, station, before, 'already decided');
	const replyBefore = entry.reply;
	const steps = walk.newRecord();
	let verdict: Verdict = { kind: 'accept' };
	walk.binding = null;
	walk.rejected = false;
	for (const { table, chain } of chains) {
		verdict = evaluateChain(walk, table, chain, steps);
		if (verdict.kind === 'drop' || isBound(entry, manip)) break;
	}
	const dropped = verdict.kind === 'drop';
	const byRule = isBound(entry, manip);
	let binding = walk.binding as Walk['binding'];
	if (!dropped && !byRule) binding = bindNull(bindingContext(walk), entry, manip);
	if (walk.world.listener)
		tell(walk, station, before, {
			kind: 'nat-rules',
			steps: steps ?? [],
			verdict: dropped ? 'drop' : 'accept',
			rejected: walk.rejected,
			replyBefore,
			replyAfter: entry.reply,
			decided: byRule ? 'by a rule' : 'no rule',
			clashed: binding?.clashed ?? false
		});
	return dropped ? 'stop' : 'go on';
}

/** The second half: rewrite the packet as its entry says (`nf_nat_packet`). */
function natPacket(walk: Walk, station: Station, before: Packet): StationResult {
	const { entry, direction, host } = walk;
	if (!entry) return passOver(walk, station, before, withoutEntry(walk));
	const manip = manipAt(walk.hook);
	const moved =
		walk.hook === 'postrouting' &&
		direction === 0 &&
		entry.masqueradeIndex !== 0 &&
		walk.output !== null &&
		entry.masqueradeIndex !== walk.output.index &&
		!isRelatedError(walk);
	let after: Packet | null;
	if (moved) {
		// `nf_nat_oif_changed`: it was masqueraded to another interface's address. Its last packet is
		// counted once more as it goes (`nf_ct_kill_acct`).
		account(host.conntrack, entry, direction, walk.length);
		host.conntrack.destroy(entry, walk.now);
		after = null;
	} else if (isRelatedError(walk))
		after = findsErrorWrong(walk) ? null : translateError(before, entry, direction, manip);
	else after = translate(before, entry, direction, manip);
	if (after) walk.setPacket(after);
	if (after && after !== before && after.l4.kind === 'tcp') walk.makeWritable(TCP_HEADER_LENGTH);
	if (walk.world.listener)
		tell(walk, station, before, {
			kind: 'nat',
			manip,
			rewrites: after ? rewritesOf(before, after) : [],
			entry,
			dropped: after === null
		});
	if (!after) return 'stop';
	if (walk.hook === 'output' && destinationTranslated(walk))
		return routeOutput(walk, true) ? 'go on' : 'stop';
	if (walk.hook === 'prerouting' && after.ip.dst !== before.ip.dst) walk.setRoute(null);
	return 'go on';
}

/** `nf_nat_ipv4_local_fn`: the flow's far end is another than the packet was routed to. */
function destinationTranslated(walk: Walk): boolean {
	const { entry, direction } = walk;
	if (!entry) return false;
	const [own, other] =
		direction === 0 ? [entry.original, entry.reply] : [entry.reply, entry.original];
	return own.dst !== other.src;
}

/** `nf_confirm`: helpers, sequence numbers, then the table. */
function confirmPacket(walk: Walk, station: Station, before: Packet): StationResult {
	const { entry, host, world } = walk;
	if (!entry) return passOver(walk, station, before, withoutEntry(walk));
	const { expectations } = host.conntrack;
	const known = entry.helper && world.listener ? new Set(expectations) : null;
	const relatedReply = walk.relation === 'related' && walk.direction === 1;
	if (!relatedReply) {
		if (entry.helper && runHelper(walk, entry) === 'drop') {
			if (world.listener)
				tell(walk, station, before, { kind: 'confirm', outcome: 'helper_drop', entry });
			return 'stop';
		}
		const adjusted = adjustSequence(walk.packet, entry, walk.direction);
		if (adjusted !== walk.packet) walk.setPacket(adjusted);
	}
	const result = confirm(host.conntrack, entry, walk.direction, world.now);
	if (result.entry !== entry) walk.setEntry(result.entry);
	if (walk.world.listener) {
		const expects = known ? expectations.filter((one) => !known.has(one)) : [];
		tell(walk, station, before, {
			kind: 'confirm',
			outcome: result.outcome,
			entry: result.entry,
			...(expects.length > 0 ? { expects: expects.map(({ tuple }) => tuple) } : {})
		});
	}
	if (result.verdict === 'drop') return 'stop';
	return 'go on';
}
