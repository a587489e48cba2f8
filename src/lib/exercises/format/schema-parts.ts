/** Pieces of the exercise file's schema that several kinds share. Every object is strict: nothing unknown may stand there. */
import * as v from 'valibot';
import { HOOKS, STATISTICS } from '../../engine';
import type { PacketJson } from '../../scenario/packet-json';
import type { Changes } from './changes';
import { PARTS } from './changes';
import type { Condition, Goal } from './goal';

export const name = v.pipe(v.string(), v.nonEmpty('must not be empty'));
export const step = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(10_000));
const whole = v.pipe(v.number(), v.integer(), v.minValue(0));
/** A text in each language. */
export const words = v.strictObject({ en: name, zh: name });
export const lines = v.union([v.string(), v.array(v.string())]);
/** Steps and packets are held against the scenario's own schema once all is drawn. */
export const steps = v.array(v.looseObject({}));
export const packet = v.looseObject({}) as unknown as v.GenericSchema<PacketJson>;

const textChange = v.union([
	v.string(),
	v.array(v.string()),
	v.strictObject({ replace: v.array(v.tuple([v.string(), v.string()])) })
]);

export const route = v.strictObject({
	to: name,
	via: v.optional(name),
	dev: v.optional(name)
});

export const changes = v.record(
	name,
	v.strictObject({
		nft: v.optional(textChange),
		iptables: v.optional(textChange),
		ipset: v.optional(textChange),
		sysctl: v.optional(v.record(name, v.union([v.number(), v.string()]))),
		routes: v.optional(v.array(route))
	})
) as unknown as v.GenericSchema<Changes>;

export const part = v.picklist(PARTS);

const tuple = v.strictObject({
	src: v.optional(v.string()),
	dst: v.optional(v.string()),
	sport: v.optional(whole),
	dport: v.optional(whole),
	id: v.optional(whole)
});

const match = {
	protocol: v.optional(name),
	state: v.optional(name),
	original: v.optional(tuple),
	reply: v.optional(tuple),
	assured: v.optional(v.boolean()),
	replied: v.optional(v.boolean()),
	mark: v.optional(whole),
	zone: v.optional(whole),
	helper: v.optional(name),
	seconds: v.optional(v.strictObject({ atLeast: v.optional(whole), atMost: v.optional(whole) }))
};
export const entryMatch = v.strictObject(match);

const at = { on: name, step: v.optional(step) };
const amount = { is: v.optional(whole), atLeast: v.optional(whole), atMost: v.optional(whole) };
const place = v.pipe(
	v.string(),
	v.check(
		(text) => !text.includes('/') || (HOOKS as readonly string[]).includes(text.split('/')[0]!),
		`expected a hook (${HOOKS.join(', ')}) before the slash`
	)
);

/** Each kind of condition, by its one field. */
const conditions = {
	arrives: v.strictObject({
		at: name,
		step: v.optional(step),
		packet: v.optional(packet),
		count: v.optional(whole)
	}),
	dropped: v.strictObject({ ...at, at: v.optional(place) }),
	entry: v.strictObject({ ...at, ...match }),
	entries: v.strictObject({ ...at, ...amount, match: v.optional(entryMatch) }),
	counter: v.strictObject({ on: name, ...amount, table: name, chain: name, rule: whole }),
	stat: v.strictObject({ ...at, ...amount, name: v.picklist(STATISTICS) }),
	rewritten: v.strictObject({
		...at,
		field: v.picklist(['src', 'dst', 'sport', 'dport', 'id', 'quoted', 'payload', 'seq', 'ack']),
		at: v.optional(place),
		from: v.optional(name),
		to: v.optional(name)
	}),
	asked: v.strictObject({ ...at, at: place }),
	passedOver: v.strictObject({ ...at, at: place }),
	relation: v.strictObject({
		...at,
		is: v.picklist(['new', 'established', 'related', 'invalid', 'untracked']),
		direction: v.optional(v.picklist(['original', 'reply']))
	}),
	routed: v.strictObject({ ...at, to: v.picklist(['local', 'forward', 'out', 'none']) }),
	command: v.strictObject({ step, exit: v.optional(whole), says: v.optional(v.string()) }),
	not: v.lazy(() => condition),
	any: v.pipe(v.array(v.lazy(() => condition)), v.minLength(1))
};

/** Names of all conditions: an object with exactly one of them is a condition. */
export const CONDITIONS = Object.keys(conditions) as (keyof typeof conditions)[];

function either(extra: v.ObjectEntries): v.GenericSchema {
	const options = CONDITIONS.map((key) => v.strictObject({ [key]: conditions[key], ...extra }));
	return v.union(options, `expected one of ${CONDITIONS.join(', ')}`);
}

export const condition = either({}) as unknown as v.GenericSchema<Condition>;
export const goal = either({ text: v.optional(words) }) as unknown as v.GenericSchema<Goal>;
