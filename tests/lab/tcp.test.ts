import { describe, expect, test } from 'vitest';
import { SEGMENT_KINDS, TCP_IGNORE, TCP_INVALID, TCP_STATES, TCP_TRANSITIONS } from '$lib/engine';
import { TCP_LAYOUTS, edgePoint } from '$lib/lab/geometry/tcp-layout';
import { distance, windowBar } from '$lib/lab/geometry/tcp-windows';
import { tcpLook, tcpTimeouts } from '$lib/lab/model/tcp';
import type { TcpSeen, WindowView } from '$lib/lab/model/tcp';
import { TRANSITIONS, cellAt, transitionKey, whatNext } from '$lib/lab/model/tcp-machine';
import { tcpWords } from '$lib/lab/words/tcp';
import { gateway, record } from './load';

const segment = (from: 'client' | 'server', flags: string, more: object = {}) => ({
	send: {
		from: `${from}/eth0`,
		packet: {
			ip:
				from === 'client'
					? { src: '198.51.100.10', dst: '10.0.0.2' }
					: { src: '10.0.0.2', dst: '198.51.100.10' },
			tcp: {
				...(from === 'client' ? { sport: 4000, dport: 80 } : { sport: 80, dport: 4000 }),
				flags,
				...more
			}
		}
	}
});
const HANDSHAKE = [
	segment('client', 'S', { seq: 100 }),
	segment('server', 'SA', { seq: 500, ack: 101 }),
	segment('client', 'A', { seq: 101, ack: 501 })
];

/** What the tracker has seen by the end of a scenario. */
function lookAfter(steps: unknown[]) {
	const recording = record(gateway('', steps));
	return tcpLook(recording, recording.stops.length, 'gateway');
}
function seenAfter(steps: unknown[]): TcpSeen {
	const look = lookAfter(steps);
	if (look.kind !== 'tcp') throw new Error(`nothing of TCP: ${look.kind}`);
	return look;
}

describe('the machine', () => {
	test('has every way from one state to another that the engine has, and no other', () => {
		const drawn = new Set(
			TRANSITIONS.flatMap(({ from, to, by }) =>
				by.map(({ direction, kind }) => `${direction} ${kind} ${from} ${to}`)
			)
		);
		const wanted = new Set<string>();
		TCP_TRANSITIONS.forEach((kinds, direction) =>
			kinds.forEach((states, kind) =>
				states.forEach((to, from) => {
					// A flow begins in the original direction.
					if (to === TCP_INVALID || to === TCP_IGNORE || to === from) return;
					if (from === 0 && direction === 1) return;
					wanted.add(`${direction} ${SEGMENT_KINDS[kind]} ${TCP_STATES[from]} ${TCP_STATES[to]}`);
				})
			)
		);
		expect(drawn).toEqual(wanted);
	});

	test('the handshake and the close, as the kernel’s comments have them', () => {
		expect(cellAt('NONE', { direction: 0, kind: 'SYN' })).toBe('SYN_SENT');
		expect(cellAt('SYN_SENT', { direction: 1, kind: 'SYN/ACK' })).toBe('SYN_RECV');
		expect(cellAt('SYN_RECV', { direction: 0, kind: 'ACK' })).toBe('ESTABLISHED');
		expect(cellAt('SYN_SENT', { direction: 0, kind: 'FIN' })).toBe('invalid');
		expect(cellAt('ESTABLISHED', { direction: 0, kind: 'SYN' })).toBe('ignored');
		expect(whatNext('LAST_ACK').find(({ kind }) => kind === 'ACK')!.cells).toEqual([
			'TIME_WAIT',
			'TIME_WAIT'
		]);
	});

	test.each(['en', 'zh'] as const)('every transition has its rule in words: %s', (language) => {
		const words = tcpWords(language);
		const keys = TRANSITIONS.map(transitionKey);
		expect(Object.keys(words.rules).sort()).toEqual([...keys].sort());
		for (const state of TCP_STATES) expect(words.states[state]).not.toBe('');
	});
});

describe.each(TCP_LAYOUTS.map((layout) => [layout.kind, layout] as const))('%s', (_, layout) => {
	const boxes = [...layout.boxes.values()];

	test('every state has a box within the picture, and none covers another', () => {
		expect(boxes.map(({ state }) => state).sort()).toEqual([...TCP_STATES].sort());
		for (const box of boxes) {
			expect(box.x - box.width / 2).toBeGreaterThanOrEqual(0);
			expect(box.x + box.width / 2).toBeLessThanOrEqual(layout.width);
			expect(box.y + box.height / 2).toBeLessThanOrEqual(layout.height);
			for (const other of boxes) {
				if (other === box) continue;
				const apart =
					Math.abs(box.x - other.x) >= (box.width + other.width) / 2 + 8 ||
					Math.abs(box.y - other.y) >= (box.height + other.height) / 2 + 8;
				expect(apart, `${box.state} and ${other.state}`).toBe(true);
			}
		}
	});

	test('every transition is a line from the edge of one box to the edge of the other', () => {
		expect(layout.lines.map(({ key }) => key)).toEqual(TRANSITIONS.map(transitionKey));
		for (const { d, from, to, head, key } of layout.lines) {
			const start = d
				.match(/^M(-?[\d.]+),(-?[\d.]+)/)!
				.slice(1)
				.map(Number);
			const near = (x: number, y: number, state: string) => {
				const box = boxes.find((one) => one.state === state)!;
				const dx = Math.max(0, Math.abs(x - box.x) - box.width / 2);
				const dy = Math.max(0, Math.abs(y - box.y) - box.height / 2);
				return Math.hypot(dx, dy);
			};
			expect(near(start[0]!, start[1]!, from), `${key} starts`).toBeLessThanOrEqual(2);
			expect(near(head.x, head.y, to), `${key} ends`).toBeLessThanOrEqual(2);
		}
	});

	test('no words of a line stand on a box', () => {
		for (const { label, reset, key } of layout.lines) {
			if (reset) continue;
			for (const box of boxes) {
				const on =
					Math.abs(label.x - box.x) < box.width / 2 && Math.abs(label.y - box.y) < box.height / 2;
				expect(on, `${key} on ${box.state}`).toBe(false);
			}
		}
	});
});

test('a line leaves a box at its edge', () => {
	const box = { state: 'CLOSE' as const, x: 10, y: 10, width: 20, height: 10 };
	expect(edgePoint(box, { x: 110, y: 10 })).toEqual({ x: 20, y: 10 });
	expect(edgePoint(box, { x: 10, y: -90 })).toEqual({ x: 10, y: 5 });
});

describe('what the tracker saw', () => {
	test('nothing, before a packet comes', () => {
		const recording = record(gateway('', HANDSHAKE));
		expect(tcpLook(recording, 0, 'gateway').kind).toBe('nothing');
		expect(tcpTimeouts(recording, 0, 'gateway')[TCP_STATES.indexOf('ESTABLISHED')]).toBe(432000);
	});

	test('the transitions of a handshake', () => {
		const recording = record(gateway('', HANDSHAKE));
		const seen = recording.stops
			.map((_, i) => tcpLook(recording, i + 1, 'gateway'))
			.flatMap((look) =>
				look.kind === 'tcp' ? [`${look.deed} ${look.from} ${look.after} ${look.segment.kind}`] : []
			);
		expect([...new Set(seen)]).toEqual([
			'made NONE SYN_SENT SYN',
			'moved SYN_SENT SYN_RECV SYN/ACK',
			'moved SYN_RECV ESTABLISHED ACK'
		]);
	});

	test('a segment out of the window is INVALID, and is seen beside the window it missed', () => {
		const seen = seenAfter([
			...HANDSHAKE,
			segment('server', 'A', { seq: 501, ack: 101, window: 1000 }),
			segment('client', 'PA', { seq: 900_000, ack: 501 })
		]);
		expect(seen.deed).toBe('invalid');
		expect(seen.reason).toMatch(/^SEQ is over upper bound/);
		expect(seen.entry).toBe(1);
		expect([seen.from, seen.to]).toEqual(['ESTABLISHED', 'ESTABLISHED']);
		const [own, other] = seen.windows!;
		expect(own.segment).toEqual([900_000, 900_000]);
		expect(windowBar(own).segment!.inside).toBe(false);
		expect(windowBar(other).ack!.inside).toBe(true);
	});

	test('an acknowledgement of what was never sent is seen, too', () => {
		const seen = seenAfter([...HANDSHAKE, segment('client', 'A', { seq: 101, ack: 777_777 })]);
		expect(seen.deed).toBe('invalid');
		expect(windowBar(seen.windows![0]).segment!.inside).toBe(true);
		expect(windowBar(seen.windows![1]).ack!.inside).toBe(false);
	});

	test('every segment that is accepted lies in the window', () => {
		const recording = record(
			gateway('', [
				...HANDSHAKE,
				segment('client', 'PA', { seq: 101, ack: 501 }),
				segment('server', 'FA', { seq: 501, ack: 101 }),
				segment('client', 'FA', { seq: 101, ack: 502 }),
				segment('server', 'A', { seq: 502, ack: 102 })
			])
		);
		const looks = recording.stops.map((_, i) => tcpLook(recording, i + 1, 'gateway'));
		const seen = looks.filter((look) => look.kind === 'tcp');
		expect(seen.at(-1)!.to).toBe('TIME_WAIT');
		for (const {
			windows,
			segment: { direction }
		} of seen) {
			expect(windowBar(windows![direction]).segment!.inside).toBe(true);
			const ack = windowBar(windows![direction === 0 ? 1 : 0]).ack;
			if (windows![direction === 0 ? 1 : 0].known && ack) expect(ack.inside).toBe(true);
		}
	});

	test('a new connection on a finished one’s tuple makes a new entry, and says what it replaced', () => {
		const seen = seenAfter([
			...HANDSHAKE,
			segment('client', 'FA', { seq: 101, ack: 501 }),
			segment('server', 'FA', { seq: 501, ack: 102 }),
			segment('client', 'A', { seq: 102, ack: 502 }),
			segment('client', 'S', { seq: 90_000 })
		]);
		expect(seen).toMatchObject({
			deed: 'made',
			replaced: 'TIME_WAIT',
			after: 'SYN_SENT',
			entry: 2
		});
	});

	test('a segment that no connection can begin with is refused', () => {
		expect(seenAfter([segment('server', 'SA', { seq: 1, ack: 1 })])).toMatchObject({
			deed: 'refused',
			entry: null,
			to: null
		});
	});

	test('what is not TCP says so; so does what is not tracked', () => {
		const udp = {
			send: {
				from: 'client/eth0',
				packet: { ip: { src: '198.51.100.10', dst: '10.0.0.2' }, udp: { sport: 5, dport: 53 } }
			}
		};
		expect(lookAfter([...HANDSHAKE, udp]).kind).toBe('other');
		const raw =
			'table ip r {\nchain pre {\ntype filter hook prerouting priority raw;\nnotrack\n}\n}';
		const recording = record(gateway(raw, HANDSHAKE.slice(0, 1)));
		expect(tcpLook(recording, recording.stops.length, 'gateway').kind).toBe('untracked');
	});

	test('an entry that has gone has no state', () => {
		expect(seenAfter([...HANDSHAKE.slice(0, 1), { advance: 500 }])).toMatchObject({
			after: 'SYN_SENT',
			to: null
		});
	});
});

describe('a window’s bar', () => {
	const view = (more: Partial<WindowView>): WindowView => ({
		direction: 0,
		end: 1000,
		maxEnd: 2000,
		maxWindow: 500,
		lowest: 500,
		lowestAck: 500,
		segment: null,
		ack: null,
		known: true,
		...more
	});

	test('what was sent ends where what may be sent begins', () => {
		const bar = windowBar(view({}));
		expect(bar.sent.x + bar.sent.width).toBeCloseTo(bar.end);
		expect(bar.open.x).toBeCloseTo(bar.end);
		expect(bar.open.width).toBeGreaterThan(0);
	});

	test('numbers count round at 2^32', () => {
		expect(distance(0xffffffff, 3)).toBe(4);
		const bar = windowBar(
			view({ end: 0xfffffff0, maxEnd: 1000, lowest: 0xffffff00, segment: [0xfffffff0, 10] })
		);
		expect(bar.segment!.inside).toBe(true);
		expect(bar.open.width).toBeGreaterThan(0);
	});

	test.each([
		[[2000, 2100], true],
		[[2001, 2100], false],
		[[400, 499], false],
		[[400, 500], true]
	] as const)('segment %j inside: %s', (segment, inside) => {
		expect(windowBar(view({ segment })).segment!.inside).toBe(inside);
	});

	test.each([
		[1000, true],
		[1001, false],
		[500, true],
		[499, false]
	])('acknowledgement %i inside: %s', (ack, inside) => {
		expect(windowBar(view({ ack })).ack!.inside).toBe(inside);
	});

	test('one byte and a window of megabytes can both be seen', () => {
		const bar = windowBar(view({ maxEnd: 8_000_000, segment: [1000, 1001] }));
		expect(bar.segment!.width).toBeGreaterThan(0.5);
		expect(bar.open.width).toBeLessThan(100);
	});
});
