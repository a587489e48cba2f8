/** `xt_conntrack`: what a packet is to the table, and what its entry says. */
import {
	IPS_ASSURED,
	IPS_CONFIRMED,
	IPS_DST_NAT,
	IPS_EXPECTED,
	IPS_SEEN_REPLY,
	IPS_SRC_NAT,
	ORIGINAL,
	type Entry,
	type Relation
} from '../../../conntrack/entry';
import type { Tuple } from '../../../conntrack/tuple';
import type { ConntrackMatch, Numbers, StatusName } from '../matches/conntrack';
import type { AddressMatch } from '../rule';
import type { RuleContext } from '../../context';
import type { XtEvaluate, XtKind } from '../../xt';

const STATE_BITS: Readonly<Record<Relation, number>> = {
	invalid: 1,
	established: 2,
	related: 4,
	new: 8,
	untracked: 64
};
const SNAT_BIT = 128;
const DNAT_BIT = 256;

const STATUS_BITS: Readonly<Record<StatusName, number>> = {
	NONE: 0,
	EXPECTED: IPS_EXPECTED,
	SEEN_REPLY: IPS_SEEN_REPLY,
	ASSURED: IPS_ASSURED,
	CONFIRMED: IPS_CONFIRMED
};

/** One further question about the entry. */
type Question = (entry: Entry, ctx: RuleContext) => boolean;

export const conntrack: XtKind<ConntrackMatch> = {
	compile(match): XtEvaluate {
		const questions = questionsOf(match);
		const state = match.state && stateMask(match);
		const negated = match.state?.negated === true;
		return (ctx) => {
			const { entry } = ctx;
			if (state !== undefined) {
				// The status of NAT counts as a state of its own here.
				let bits = STATE_BITS[ctx.relation];
				if (entry !== null) {
					if (entry.status & IPS_SRC_NAT) bits |= SNAT_BIT;
					if (entry.status & IPS_DST_NAT) bits |= DNAT_BIT;
				}
				if (((bits & state) !== 0) === negated) return false;
			}
			// Without an entry, only the state can be asked.
			if (entry === null) return state !== undefined;
			for (let i = 0; i < questions.length; i++) if (!questions[i]!(entry, ctx)) return false;
			return true;
		};
	}
};

function stateMask(match: ConntrackMatch): number {
	let bits = 0;
	for (const name of match.state!.names)
		bits |=
			name === 'SNAT'
				? SNAT_BIT
				: name === 'DNAT'
					? DNAT_BIT
					: STATE_BITS[name.toLowerCase() as Relation];
	return bits;
}

/** In the order in which the kernel asks (`conntrack_mt`). */
function questionsOf(match: ConntrackMatch): readonly Question[] {
	const questions: Question[] = [];
	if (match.direction) {
		const original = match.direction === 'ORIGINAL';
		questions.push((_entry, ctx) => (ctx.direction === ORIGINAL) === original);
	}
	const address = (asked: AddressMatch | undefined, of: (entry: Entry) => number): void => {
		if (asked)
			questions.push(
				(entry) => (((of(entry) ^ asked.address) & asked.mask) >>> 0 === 0) !== asked.negated
			);
	};
	address(match.originalSource, (entry) => entry.original.src);
	address(match.originalDestination, (entry) => entry.original.dst);
	address(match.replySource, (entry) => entry.reply.src);
	address(match.replyDestination, (entry) => entry.reply.dst);
	if (match.protocol) {
		const { number, negated } = match.protocol;
		questions.push((entry) => (entry.original.protocol === number) !== negated);
	}
	const port = (asked: Numbers | undefined, of: (entry: Entry) => number): void => {
		if (asked) questions.push((entry) => within(of(entry), asked));
	};
	port(match.originalSourcePort, (entry) => source(entry.original));
	port(match.originalDestinationPort, (entry) => destination(entry.original));
	port(match.replySourcePort, (entry) => source(entry.reply));
	port(match.replyDestinationPort, (entry) => destination(entry.reply));
	if (match.status) {
		const mask = match.status.names.reduce((bits, name) => bits | STATUS_BITS[name], 0);
		const { negated } = match.status;
		questions.push((entry) => ((entry.status & mask) !== 0) !== negated);
	}
	const { expires } = match;
	if (expires) questions.push((entry, ctx) => within(secondsLeft(entry, ctx.now), expires));
	return questions;
}

const within = (value: number, asked: Numbers): boolean =>
	(value >= asked.from && value <= asked.to) !== asked.negated;

/** The tuple's two ports as the kernel lays them out: for ICMP the id, and type with code. */
function source(tuple: Tuple): number {
	return tuple.sport;
}

function destination(tuple: Tuple): number {
	return tuple.dport;
}

/** An entry that is not confirmed yet has no time left (`nf_ct_expires`). */
function secondsLeft(entry: Entry, now: number): number {
	if (!(entry.status & IPS_CONFIRMED)) return 0;
	return Math.max(0, Math.floor((entry.timeout - now) / 1000));
}
