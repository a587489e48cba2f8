/**
 * What a packet of SCTP does to its flow (`nf_conntrack_sctp_packet`). Of several chunks each is judged by what those before
 * it have left.
 */
import { CHUNK, chunksOf, initiateTag, verificationTag, type Chunk } from '../../packet/sctp';
import { UNTRACKED_SCTP, type SctpTracking } from './state';
import { stateAfter } from './transitions';

/** Chunks that stand alone in their packet. */
const ALONE: readonly number[] = [CHUNK.init, CHUNK.initAck, CHUNK.shutdownComplete];
/** Chunks that stand first. */
const FIRST: readonly number[] = [CHUNK.cookieAck, CHUNK.cookieEcho];
/** Chunks that belong to a flow that is there already. */
const LATER: readonly number[] = [CHUNK.abort, CHUNK.shutdownComplete, CHUNK.cookieAck];
/** Chunks whose tag is looked at by a rule of its own. */
const OWN_TAG_RULE: readonly number[] = [
	CHUNK.init,
	CHUNK.shutdownComplete,
	CHUNK.cookieEcho,
	CHUNK.abort,
	CHUNK.shutdownAck,
	CHUNK.heartbeat,
	CHUNK.heartbeatAck
];
/** `T`: the tag is the one that the sender got, for it knows no other. */
const TAG_REFLECTED = 1;

const WRONG_TAG = 'wrong SCTP verification tag';
const CUT_SHORT = 'truncated SCTP chunk';

export interface SctpOutcome {
	/** What is remembered afterwards, be the packet invalid. */
	readonly tracking: SctpTracking;
	/** Why the packet belongs to no flow. */
	readonly fault: string | null;
	/** The entry lives no longer for it. */
	readonly ignored: boolean;
	readonly stateChanged: boolean;
	/** It became ESTABLISHED. */
	readonly established: boolean;
}

/** @param before what is known of the flow; `null` for one that begins */
export function sctpPacket(
	before: SctpTracking | null,
	direction: 0 | 1,
	bytes: Uint8Array
): SctpOutcome {
	return new SctpJudge(before ?? UNTRACKED_SCTP, direction, bytes).run(before === null);
}

class SctpJudge {
	private readonly chunks: readonly Chunk[];
	private readonly tag: number;
	private readonly other: 0 | 1;
	private ignored = false;
	private stateChanged = false;
	private established = false;

	constructor(
		private tracking: SctpTracking,
		private readonly direction: 0 | 1,
		private readonly bytes: Uint8Array
	) {
		this.chunks = chunksOf(bytes);
		this.tag = verificationTag(bytes);
		this.other = direction === 0 ? 1 : 0;
	}

	run(begins: boolean): SctpOutcome {
		const fault =
			this.order() ??
			(begins ? this.begin() : null) ??
			(this.has(OWN_TAG_RULE) || this.tag === this.ownTag ? null : WRONG_TAG) ??
			this.each();
		const { tracking, ignored, stateChanged, established } = this;
		return { tracking, fault, ignored, stateChanged, established };
	}

	private has(types: readonly number[]): boolean {
		return this.chunks.some(({ type }) => types.includes(type));
	}

	/** The tag that packets of this direction carry. */
	private get ownTag(): number {
		return this.tracking.tags[this.direction];
	}

	private get otherTag(): number {
		return this.tracking.tags[this.other];
	}

	private set(changed: Partial<SctpTracking>): void {
		this.tracking = { ...this.tracking, ...changed };
	}

	private setTag(direction: 0 | 1, tag: number): void {
		const [original, reply] = this.tracking.tags;
		this.set({ tags: direction === 0 ? [tag, reply] : [original, tag] });
	}

	private setInit(direction: 0 | 1, sent: boolean): void {
		const [original, reply] = this.tracking.inits;
		this.set({ inits: direction === 0 ? [sent, reply] : [original, sent] });
	}

	/** Chunks that cannot stand where they do (`do_basic_checks`). */
	private order(): string | null {
		if (this.chunks.length === 0) return 'no SCTP chunk';
		const [first] = this.chunks;
		const wrong = this.chunks.some(
			({ type, length }, i) =>
				length === 0 || (i > 0 && (FIRST.includes(type) || ALONE.includes(type)))
		);
		if (wrong || (this.chunks.length > 1 && ALONE.includes(first!.type)))
			return 'SCTP chunks that cannot stand together';
		return null;
	}

	/** The first packet of a flow (`sctp_new`). */
	private begin(): string | null {
		if (this.has(LATER)) return 'no SCTP association can begin with this chunk';
		for (const chunk of this.chunks) {
			if (stateAfter(0, 'NONE', chunk.type) === 'NONE')
				return 'no SCTP association can begin with this chunk';
			if (chunk.type === CHUNK.init) {
				if (this.tag !== 0) return WRONG_TAG;
				const asked = initiateTag(this.bytes, chunk);
				if (asked === null) return CUT_SHORT;
				this.setTag(1, asked);
			} else if (chunk.type === CHUNK.heartbeat) this.setTag(0, this.tag);
			// It is answered with the tag that it has (RFC 9260, section 8.4).
			else if (chunk.type === CHUNK.shutdownAck) this.setTag(1, this.tag);
		}
		return null;
	}

	private each(): string | null {
		for (const chunk of this.chunks) {
			const fault = this.chunk(chunk);
			if (fault !== null) return fault;
		}
		return null;
	}

	private chunk(chunk: Chunk): string | null {
		switch (this.tagOf(chunk)) {
			case 'wrong':
				return WRONG_TAG;
			case 'passed over':
				return null;
			case 'right':
		}
		const before = this.tracking.state;
		const next = stateAfter(this.direction, before, chunk.type);
		if (next === null) return `not allowed in state ${before}`;
		const fault = this.initiate(chunk, next);
		if (fault !== null) return fault;
		this.set({ state: next });
		if (next !== before) {
			this.stateChanged = true;
			if (next === 'ESTABLISHED') this.established = true;
		}
		return null;
	}

	/** Whether the packet's tag will do for a chunk (RFC 9260, section 8.5.1). */
	private tagOf({ type, flags }: Chunk): 'right' | 'wrong' | 'passed over' {
		const { tag, ownTag, otherTag } = this;
		const right = (holds: boolean): 'right' | 'wrong' => (holds ? 'right' : 'wrong');
		switch (type) {
			case CHUNK.init:
				return right(tag === 0);
			case CHUNK.abort:
			case CHUNK.shutdownComplete:
				return right(tag === (flags & TAG_REFLECTED ? otherTag : ownTag));
			case CHUNK.cookieEcho:
				return right(tag === ownTag);
			case CHUNK.cookieAck:
				this.set({ inits: [false, false] });
				return 'right';
			case CHUNK.heartbeat:
				return this.heartbeat();
			case CHUNK.heartbeatAck:
				return this.heartbeatAck();
			default:
				return 'right';
		}
	}

	/** A HEARTBEAT with another tag is let pass once, for the other end may have been started anew. */
	private heartbeat(): 'right' | 'wrong' | 'passed over' {
		const { tag, ownTag, direction } = this;
		if (ownTag === 0) this.setTag(direction, tag);
		else if (tag !== ownTag) {
			if (this.has([CHUNK.data]) || this.ignored) return 'wrong';
			this.set({ strayHeartbeat: direction });
			this.ignored = true;
			return 'passed over';
		} else this.set({ strayHeartbeat: null });
		return 'right';
	}

	private heartbeatAck(): 'right' | 'wrong' {
		const { tag, ownTag, direction, other } = this;
		if (ownTag === 0) this.setTag(direction, tag);
		else if (tag !== ownTag) {
			if (this.has([CHUNK.data]) || this.ignored) return 'wrong';
			if (this.tracking.strayHeartbeat !== other) return 'wrong';
			this.set({ strayHeartbeat: null });
			this.setTag(direction, tag);
			this.setTag(other, 0);
		} else this.set({ strayHeartbeat: null });
		return 'right';
	}

	/** The tags that INIT and INIT ACK ask for. */
	private initiate(chunk: Chunk, next: string): string | null {
		if (chunk.type !== CHUNK.init && chunk.type !== CHUNK.initAck) return null;
		const asked = initiateTag(this.bytes, chunk);
		if (asked === null) return CUT_SHORT;
		const { direction, other, otherTag } = this;
		const { inits, state } = this.tracking;
		if (chunk.type === CHUNK.init) {
			// The very INIT that is known already is no new one.
			if (otherTag !== asked || state === 'NONE') {
				if (inits[direction] && inits[other]) this.setInit(other, false);
				this.setInit(direction, true);
			}
			// An INIT that is sent again does not keep the entry alive.
			if (next === 'CLOSED' && state === 'CLOSED') this.ignored = true;
		} else {
			if (!inits[other] && otherTag !== 0 && otherTag !== asked) return WRONG_TAG;
			if (inits[direction] && inits[other] && otherTag !== asked) return WRONG_TAG;
		}
		this.setTag(other, asked);
		return null;
	}
}
