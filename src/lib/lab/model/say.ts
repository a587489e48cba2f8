/** What stands beside a station, in a few words. */
import type { LabWords } from '../words';
import { outwardEnd } from '../words/outward';
import { rewrittenEnd } from '../words/facts';
import type { StationEvent } from './walk-view';
import { isStopped } from './walk-view';

export type StationState = 'pending' | 'asked' | 'passed' | 'stopped';

export interface Said {
	readonly state: StationState;
	/** At the end of the station's line. */
	readonly verdict: string;
	readonly tone: 'ok' | 'drop' | 'accent' | 'plain';
	readonly notes: readonly string[];
	readonly rewrite: { readonly before: string; readonly after: string } | null;
}

/** What is shown of a station at one moment. */
export interface Answer {
	/** `null` as long as it has not been asked. */
	readonly event: StationEvent | null;
	readonly said: Said;
	/** The packet stands here. */
	readonly current: boolean;
}

export const sameAnswer = (a: Answer, b: Answer): boolean =>
	a.event === b.event && a.said === b.said && a.current === b.current;

const PENDING: Said = { state: 'pending', verdict: '', tone: 'plain', notes: [], rewrite: null };

const said = (verdict: string, notes: string[] = [], tone: Said['tone'] = 'plain'): Said => ({
	state: 'asked',
	verdict,
	tone,
	notes,
	rewrite: null
});

const answers = new WeakMap<LabWords, WeakMap<StationEvent, Said>>();

/** What a station said to the walk; `null` for one that has not been reached. The same each time. */
export function sayStation(event: StationEvent | null, words: LabWords): Said {
	if (!event) return PENDING;
	const known = answers.get(words) ?? new WeakMap<StationEvent, Said>();
	answers.set(words, known);
	let answer = known.get(event);
	if (!answer) {
		answer = outcomeOf(event, words);
		if (isStopped(event.outcome)) answer = { ...answer, state: 'stopped', tone: 'drop' };
		known.set(event, answer);
	}
	return answer;
}

function passedOver(event: StationEvent, reason: string, { say }: LabWords): Said {
	const texts: Record<string, string> = {
		'not the first packet': say.notFirst,
		'already decided': say.alreadyDecided,
		'related error': say.relatedError,
		invalid: say.invalid,
		untracked: say.untracked,
		'has its entry': say.hasEntry,
		'already confirmed': say.isConfirmed,
		'not a fragment': say.whole
	};
	const text = texts[reason] ?? reason;
	const short = event.station.kind === 'defrag' || event.station.kind === 'confirm';
	return {
		...said(
			short ? (event.station.kind === 'confirm' ? say.noEntry : text) : '',
			short ? [] : [text]
		),
		state: 'passed'
	};
}

function outcomeOf(event: StationEvent, words: LabWords): Said {
	const { say } = words;
	const { outcome, station } = event;
	switch (outcome.kind) {
		case 'passed over':
			return passedOver(event, outcome.reason, words);
		case 'defrag':
			return said(say.collected(outcome.pieces));
		case 'conntrack': {
			const relation = outcome.relation.toUpperCase();
			if (outcome.dropped) return said(say.drop, [words.reason(outcome.reason)], 'drop');
			if (!outcome.entry)
				return said(relation, [say.noEntry, words.reason(outcome.reason)], 'drop');
			if (outcome.created)
				return said(relation, [say.makes(outcome.entry.id), say.onPacket], 'accent');
			const belongs =
				outcome.relation === 'related'
					? say.about(outcome.entry.id)
					: say.belongs(outcome.entry.id, outcome.direction);
			return said(relation, [belongs, words.reason(outcome.reason)], 'accent');
		}
		case 'chain':
			if (outcome.rejected) return said(say.reject, [], 'drop');
			return outcome.verdict === 'drop' ? said(say.drop, [], 'drop') : said(say.accept, [], 'ok');
		case 'nat-rules': {
			if (outcome.rejected) return said(say.reject, [], 'drop');
			if (outcome.verdict === 'drop') return said(say.drop, [], 'drop');
			const end = station.hook === 'postrouting' || station.hook === 'input' ? 'src' : 'dst';
			const decided = outcome.decided === 'by a rule' || outcome.clashed;
			const note = decided ? say.decides(end, outwardEnd(outcome.replyAfter, end)) : say.stays(end);
			return said(words.path.asked, [note], decided ? 'accent' : 'plain');
		}
		case 'nat': {
			const { id } = outcome.entry;
			if (outcome.dropped) return said(say.drop, [], 'drop');
			const rewrite = rewrittenEnd(event, outcome.manip);
			if (rewrite) return { ...said('', [say.by(outcome.manip, id)], 'accent'), rewrite };
			if (outcome.rewrites.length > 0) return said('', [say.quoted(id)], 'accent');
			return said('', [say.nothing]);
		}
		case 'confirm': {
			const { id } = outcome.entry;
			if (outcome.outcome === 'inserted') return said(say.confirmed(id), [], 'accent');
			if (outcome.outcome === 'merged') return said(say.merged(id), [], 'accent');
			if (outcome.outcome === 'beside') return said(say.beside, [], 'accent');
			if (outcome.outcome === 'insert_failed') return said(say.failed, [], 'drop');
			if (outcome.outcome === 'helper_drop') return said(say.helperDrop, [], 'drop');
			if (outcome.expects) return said(say.expects, [], 'accent');
			return { ...said(say.isConfirmed), state: 'passed' };
		}
	}
}
