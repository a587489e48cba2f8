import { readFileSync, readdirSync } from 'node:fs';
import { describe, expect, test, vi } from 'vitest';
import {
	FieldChange,
	IPS_CONFIRMED,
	ListChange,
	MapChange,
	TableChange,
	formatListed
} from '../../src/lib/engine';
import type { Entry, World } from '../../src/lib/engine';
import { buildWorld } from '../../src/lib/scenario/build';
import { listTable } from '../../src/lib/scenario/observe';
import { ScenarioRunner } from '../../src/lib/scenario/run';
import type { Scenario, Step } from '../../src/lib/scenario/scenario';
import { parseScenario } from '../../src/lib/scenario/scenario';
import { Branches } from '../../src/lib/timeline/branches';
import { runTimeline } from '../../src/lib/timeline/run';
import type { Timeline } from '../../src/lib/timeline/timeline';
import { longScenario } from '../../src/routes/[lang=lang]/gallery/long/long-scenario';

const folder = new URL('../kernel/scenarios/', import.meta.url);

function load(name: string): Scenario {
	const parsed = parseScenario(readFileSync(new URL(name, folder), 'utf8'));
	if (!parsed.ok) throw new Error(JSON.stringify(parsed.errors));
	return parsed.scenario;
}

/** Mulberry32. */
function generator(seed: number): (below: number) => number {
	let state = seed >>> 0;
	return (below) => {
		state = (state + 0x6d2b79f5) >>> 0;
		let z = Math.imul(state ^ (state >>> 15), state | 1);
		z ^= z + Math.imul(z ^ (z >>> 7), z | 61);
		return ((z ^ (z >>> 14)) >>> 0) % below;
	};
}

const seed = Number(process.env.SEED ?? Date.now() % 1_000_000);
const random = generator(seed);

interface Look {
	readonly now: number;
	readonly tables: Record<string, string[]>;
	/** Entries on packets. */
	readonly loose: Record<string, number[]>;
}

function lookAt(timeline: Timeline, cursor: number): Look {
	const instant = timeline.at(cursor);
	const tables: Look['tables'] = {};
	const loose: Look['loose'] = {};
	for (const [name, host] of timeline.hosts) {
		tables[name] = instant
			.table(host)
			.filter((entry) => !isHidden(timeline, host.name, entry))
			.map((entry) => instant.entry(entry))
			// What has run out is listed no more, though it goes only now.
			.filter(({ timeout }) => timeout > instant.now)
			.map((entry) => formatListed(entry, instant.now))
			.sort();
		loose[name] = instant
			.loose(host)
			.map(({ id }) => id)
			.sort((a, b) => a - b);
	}
	return { now: instant.now, tables, loose };
}

/** Losers of races are in no listing. */
function isHidden(timeline: Timeline, host: string, entry: Entry): boolean {
	return hidden.get(timeline)?.has(`${host} ${entry.id}`) ?? false;
}
const hidden = new WeakMap<Timeline, Set<string>>();

/** What a world that was never recorded looks like, whenever it has told another event. */
function freshLooks(scenario: Scenario): Look[] {
	const built = buildWorld(scenario, 1);
	if (!built.ok) throw new Error(JSON.stringify(built.errors));
	const { world } = built;
	const looks = [look(world)];
	world.listener = () => looks.push(look(world));
	const runner = new ScenarioRunner(world, scenario);
	scenario.steps.forEach((_, step) => runner.run(step));
	// What is done after the last event belongs to it.
	looks[looks.length - 1] = look(world);
	return looks;
}

function look(world: World): Look {
	const tables: Look['tables'] = {};
	const loose: Look['loose'] = {};
	for (const [name, host] of world.hosts) {
		tables[name] = listTable(host, world.now);
		const ids = new Set<number>();
		for (const walk of [...world.queue, ...world.held])
			if (walk.host === host && walk.phase !== 'over' && walk.entry)
				if (!(walk.entry.status & IPS_CONFIRMED)) ids.add(walk.entry.id);
		loose[name] = [...ids].sort((a, b) => a - b);
	}
	return { now: world.now, tables, loose };
}

/** Remembers which entries stand in the reply direction only. */
function noteHidden(timeline: Timeline): void {
	const set = new Set<string>();
	timeline.events.forEach((_, index) => {
		for (const change of timeline.changesOf(index))
			if (change instanceof TableChange && !change.both)
				for (const [name, { conntrack }] of timeline.hosts)
					if (conntrack.table === change.table) set.add(`${name} ${change.entry.id}`);
	});
	hidden.set(timeline, set);
}

/** Looks at a timeline here and there and compares with a run that was only ever going forward. */
function expectAsFresh(timeline: Timeline, looks: number): void {
	noteHidden(timeline);
	const fresh = freshLooks(timeline.scenario);
	expect(fresh).toHaveLength(timeline.events.length + 1);
	for (let i = 0; i < looks; i++) {
		const cursor = random(fresh.length);
		expect(lookAt(timeline, cursor), `seed ${seed}, event ${cursor}`).toEqual(fresh[cursor]);
	}
}

/** A step that fits anywhere. */
function anyStep({ hosts, steps }: Scenario, at: number): Step {
	const linux = Object.keys(hosts).find((name) => hosts[name]!.kind === 'linux')!;
	const sends = steps
		.slice(0, at)
		.filter((step) => 'send' in step && step.send.replyTo === undefined);
	const again = sends[random(Math.max(1, sends.length))];
	switch (random(4)) {
		case 0:
			return { advance: random(120) };
		case 1:
			return { run: { on: linux, command: 'conntrack -D -p udp' } };
		case 2:
			return { run: { on: linux, command: 'nft flush ruleset' } };
		default:
			return again && 'send' in again && again.send.packet.icmp?.innerFrom === undefined
				? { send: { from: again.send.from, packet: again.send.packet } }
				: { advance: 1 };
	}
}

const ALWAYS = ['race.json', 'udp-timeouts.json'];
const rest = readdirSync(folder).filter((name) => name.endsWith('.json') && !ALWAYS.includes(name));
const some = Array.from({ length: 12 }, () => rest.splice(random(rest.length), 1)[0]!);

describe(`any moment is as in a run that was never anywhere else (SEED=${seed})`, () => {
	for (const name of [...some, ...ALWAYS])
		test(name, () => {
			const scenario = load(name);
			const tree = new Branches(runTimeline(scenario), runTimeline);
			expectAsFresh(tree.timelineOf(tree.trunk), 40);
			for (let i = 0; i < 3; i++) {
				const parent = tree.all[random(tree.all.length)]!;
				const at = random(parent.scenario.steps.length + 1);
				const steps = Array.from({ length: 1 + random(2) }, () => anyStep(parent.scenario, at));
				const branch = tree.branchAt(parent, {
					at,
					steps,
					rest: random(3) === 0 ? 'left' : 'kept'
				});
				expectAsFresh(tree.timelineOf(branch), 40);
				// The other futures are as they were.
				expectAsFresh(tree.timelineOf(parent), 10);
			}
		});
});

describe('a long timeline', () => {
	const timeline = runTimeline(longScenario(1900));

	test('a jump makes and takes back no change', () => {
		expect(timeline.events.length).toBeGreaterThan(100_000);
		const kinds = [FieldChange, ListChange, MapChange, TableChange];
		const spies = kinds.flatMap(({ prototype }) => [
			vi.spyOn(prototype as FieldChange, 'undo'),
			vi.spyOn(prototype as FieldChange, 'redo')
		]);
		for (const share of [0, 1, 0.5, 0.1, 0.9]) {
			const cursor = Math.floor(timeline.events.length * share);
			timeline.goTo(cursor);
			const instant = timeline.at(cursor);
			const gateway = timeline.hosts.get('gateway')!;
			for (const entry of instant.table(gateway).slice(0, 50)) instant.entry(entry);
		}
		for (const spy of spies) {
			expect(spy).not.toHaveBeenCalled();
			spy.mockRestore();
		}
	});

	test('the list of entries is the same one as long as none comes or goes', () => {
		const gateway = timeline.hosts.get('gateway')!;
		let lists = 0;
		let last: readonly Entry[] | null = null;
		for (let cursor = 50_000; cursor < 50_200; cursor++) {
			const table = timeline.at(cursor).table(gateway);
			if (table !== last) lists++;
			last = table;
		}
		// 200 events are some dozen packets, and a flow has three.
		expect(lists).toBeLessThan(12);
	});
});
