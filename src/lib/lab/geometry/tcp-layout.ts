/**
 * Where the TCP tracker's states stand, and the curves of its transitions. The places are laid by hand — opening on one
 * side, closing on the other, CLOSE between them, where a RST leads from everywhere; which transitions there are comes
 * from the engine's table. Units are sixteenths of a rem at the size the picture is made for.
 */
import { curveBasis, line } from 'd3';
import type { TcpStateName } from '$lib/engine';
import { TRANSITIONS, transitionKey } from '../model/tcp-machine';
import type { Point } from './path-layout';

export interface StateBox extends Point {
	readonly state: TcpStateName;
	readonly width: number;
	readonly height: number;
}

export interface TransitionLine {
	readonly key: string;
	readonly from: TcpStateName;
	readonly to: TcpStateName;
	/** SVG path data. */
	readonly d: string;
	/** Where the arrow's head stands, and where it points, in degrees. */
	readonly head: Point & { readonly angle: number };
	/** Middle of its words. */
	readonly label: Point;
	/** A RST does it: drawn quietly. */
	readonly reset: boolean;
}

export interface TcpLayout {
	readonly kind: 'wide' | 'narrow';
	readonly width: number;
	readonly height: number;
	readonly boxes: ReadonlyMap<TcpStateName, StateBox>;
	readonly lines: readonly TransitionLine[];
}

type Place = readonly [x: number, y: number, width?: number, height?: number];
type Places = Readonly<Record<TcpStateName, Place>>;

/** Where a transition leaves and arrives, what it bends towards, where its words stand. */
interface Way {
	readonly out?: Place;
	readonly in?: Place;
	readonly via?: readonly (readonly [x: number, y: number])[];
	readonly label?: readonly [x: number, y: number];
}
type Ways = Readonly<Record<string, Way>>;

const WIDE: Places = {
	NONE: [70, 130, 92],
	SYN_SENT: [290, 130],
	SYN_SENT2: [430, 42],
	SYN_RECV: [570, 130],
	ESTABLISHED: [880, 130, 140, 56],
	CLOSE: [465, 258, 478, 44],
	FIN_WAIT: [880, 386],
	CLOSE_WAIT: [660, 386],
	LAST_ACK: [430, 386],
	TIME_WAIT: [150, 386]
};

const WIDE_WAYS: Ways = {
	'NONE>ESTABLISHED': {
		out: [70, 106],
		in: [880, 102],
		via: [
			[70, -22],
			[250, -4],
			[700, -4],
			[880, -22]
		],
		label: [680, -6]
	},
	'SYN_SENT>SYN_SENT2': { out: [310, 106], in: [376, 46], via: [[318, 52]], label: [304, 62] },
	'SYN_SENT2>SYN_RECV': { out: [484, 46], in: [552, 106], via: [[544, 52]], label: [566, 66] },
	'SYN_RECV>FIN_WAIT': {
		out: [610, 154],
		in: [850, 362],
		via: [
			[640, 202],
			[752, 206],
			[764, 290],
			[830, 320]
		],
		label: [776, 268]
	},
	'ESTABLISHED>FIN_WAIT': { out: [896, 158], in: [896, 362], label: [896, 262] },
	'FIN_WAIT>LAST_ACK': {
		out: [880, 410],
		in: [430, 410],
		via: [
			[872, 462],
			[700, 448],
			[610, 448],
			[438, 462]
		],
		label: [655, 448]
	},
	'TIME_WAIT>SYN_SENT': {
		out: [140, 362],
		in: [268, 154],
		via: [
			[132, 290],
			[150, 236],
			[248, 232]
		],
		label: [148, 268]
	},
	'CLOSE>SYN_SENT': { out: [272, 236], in: [284, 154], label: [279, 192] },
	'SYN_SENT>CLOSE': { out: [322, 154], in: [336, 236] },
	'SYN_SENT2>CLOSE': { out: [430, 66], in: [430, 236] },
	'SYN_RECV>CLOSE': { out: [556, 154], in: [542, 236] },
	'ESTABLISHED>CLOSE': {
		out: [850, 158],
		in: [704, 250],
		via: [
			[836, 226],
			[770, 246]
		]
	},
	'FIN_WAIT>CLOSE': {
		out: [828, 372],
		in: [704, 270],
		via: [
			[792, 356],
			[780, 284]
		]
	},
	'CLOSE_WAIT>CLOSE': { out: [650, 362], in: [640, 280] },
	'LAST_ACK>CLOSE': { out: [430, 362], in: [430, 280] },
	'TIME_WAIT>CLOSE': { out: [186, 362], in: [258, 276], via: [[200, 306]] }
};

const NARROW: Places = {
	NONE: [54, 30, 84, 32],
	SYN_SENT: [54, 126, 96, 40],
	SYN_SENT2: [172, 178, 84, 40],
	SYN_RECV: [54, 246, 96, 40],
	ESTABLISHED: [54, 388, 104, 48],
	CLOSE: [172, 318, 64, 116],
	FIN_WAIT: [290, 388, 92, 40],
	CLOSE_WAIT: [290, 286, 92, 40],
	LAST_ACK: [290, 186, 92, 40],
	TIME_WAIT: [290, 78, 92, 40]
};

const NARROW_WAYS: Ways = {
	'NONE>ESTABLISHED': {
		out: [12, 30],
		in: [2, 388],
		via: [
			[-10, 30],
			[-7, 120],
			[-8, 300],
			[-10, 380]
		],
		label: [10, 324]
	},
	'NONE>SYN_SENT': { out: [54, 46], in: [54, 106], label: [54, 74] },
	'SYN_SENT>SYN_RECV': { out: [44, 146], in: [44, 226], label: [44, 186] },
	'SYN_RECV>ESTABLISHED': { out: [44, 266], in: [44, 364], label: [52, 306] },
	'SYN_SENT>SYN_SENT2': { out: [102, 120], in: [160, 158], via: [[152, 120]], label: [140, 116] },
	'SYN_SENT2>SYN_RECV': { out: [150, 198], in: [102, 240], via: [[146, 238]], label: [128, 226] },
	'SYN_RECV>FIN_WAIT': {
		out: [96, 266],
		in: [252, 408],
		via: [
			[126, 300],
			[108, 420],
			[172, 446],
			[240, 440]
		],
		label: [126, 428]
	},
	'ESTABLISHED>FIN_WAIT': {
		out: [54, 412],
		in: [290, 408],
		via: [
			[54, 474],
			[290, 474]
		],
		label: [190, 462]
	},
	'FIN_WAIT>CLOSE_WAIT': { out: [282, 368], in: [282, 306], label: [282, 338] },
	'CLOSE_WAIT>LAST_ACK': { out: [282, 266], in: [282, 206], label: [282, 236] },
	'FIN_WAIT>LAST_ACK': {
		out: [336, 380],
		in: [336, 194],
		via: [
			[356, 370],
			[356, 204]
		],
		label: [340, 258]
	},
	'LAST_ACK>TIME_WAIT': { out: [290, 166], in: [290, 98], label: [290, 134] },
	'TIME_WAIT>SYN_SENT': {
		out: [244, 70],
		in: [84, 106],
		via: [
			[180, 58],
			[92, 66]
		],
		label: [174, 66]
	},
	'CLOSE>SYN_SENT': {
		out: [148, 260],
		in: [86, 146],
		via: [
			[146, 222],
			[90, 212]
		],
		label: [94, 190]
	},
	'SYN_SENT>CLOSE': {
		out: [102, 134],
		in: [154, 260],
		via: [
			[124, 150],
			[120, 212],
			[152, 218]
		]
	},
	'SYN_SENT2>CLOSE': { out: [178, 198], in: [178, 260] },
	'SYN_RECV>CLOSE': { out: [102, 252], in: [140, 286], via: [[120, 254]] },
	'ESTABLISHED>CLOSE': { out: [94, 364], in: [140, 336], via: [[106, 338]] },
	'FIN_WAIT>CLOSE': { out: [248, 370], in: [204, 346], via: [[236, 348]] },
	'CLOSE_WAIT>CLOSE': { out: [244, 292], in: [204, 312], via: [[226, 310]] },
	'LAST_ACK>CLOSE': { out: [252, 206], in: [204, 282], via: [[242, 276]] },
	'TIME_WAIT>CLOSE': {
		out: [252, 98],
		in: [192, 260],
		via: [
			[224, 120],
			[232, 200],
			[196, 240]
		]
	}
};

const SIZES = { wide: [128, 48], narrow: [96, 40] } as const;

/** The point on a box's edge towards another point. */
export function edgePoint(box: StateBox, to: Point): Point {
	const dx = to.x - box.x;
	const dy = to.y - box.y;
	if (dx === 0 && dy === 0) return { x: box.x, y: box.y };
	const share = Math.min(
		dx === 0 ? Infinity : box.width / 2 / Math.abs(dx),
		dy === 0 ? Infinity : box.height / 2 / Math.abs(dy)
	);
	return { x: box.x + dx * share, y: box.y + dy * share };
}

const curve = line<Point>()
	.x(({ x }) => Math.round(x * 10) / 10)
	.y(({ y }) => Math.round(y * 10) / 10)
	.curve(curveBasis);

const point = ([x, y]: readonly [number, number, ...unknown[]]): Point => ({ x, y });

function lineOf(
	from: StateBox,
	to: StateBox,
	way: Way
): Pick<TransitionLine, 'd' | 'head' | 'label'> {
	const via = (way.via ?? []).map(point);
	const start = way.out ? point(way.out) : edgePoint(from, via[0] ?? to);
	const end = way.in ? point(way.in) : edgePoint(to, via.at(-1) ?? from);
	const points = [start, ...via, end];
	const before = points.at(-2)!;
	const middle = points[Math.floor(points.length / 2)]!;
	const label = via.length === 0 ? { x: (start.x + end.x) / 2, y: (start.y + end.y) / 2 } : middle;
	return {
		d: curve(points)!,
		head: { ...end, angle: (Math.atan2(end.y - before.y, end.x - before.x) * 180) / Math.PI },
		label: way.label ? point(way.label) : label
	};
}

function layout(
	kind: TcpLayout['kind'],
	[width, height]: readonly [number, number],
	places: Places,
	ways: Ways
): TcpLayout {
	const boxes = new Map(
		(Object.entries(places) as [TcpStateName, Place][]).map(([state, [x, y, w, h]]) => [
			state,
			{ state, x, y, width: w ?? SIZES[kind][0], height: h ?? SIZES[kind][1] }
		])
	);
	const lines = TRANSITIONS.map(({ from, to, by }) => ({
		key: transitionKey({ from, to }),
		from,
		to,
		...lineOf(boxes.get(from)!, boxes.get(to)!, ways[transitionKey({ from, to })] ?? {}),
		reset: by.every((segment) => segment.kind === 'RST')
	}));
	return { kind, width, height, boxes, lines };
}

export const TCP_LAYOUTS: readonly TcpLayout[] = [
	layout('wide', [1000, 470], WIDE, WIDE_WAYS),
	layout('narrow', [344, 486], NARROW, NARROW_WAYS)
];

/**
 * The line of a transition that the table itself does not have — the tracker took it for a reason of its own, such as
 * the answer to a SYN that it had let pass.
 */
export function extraLine(
	{ boxes }: TcpLayout,
	from: TcpStateName,
	to: TcpStateName
): TransitionLine {
	const a = boxes.get(from)!;
	const b = boxes.get(to)!;
	const bend = { x: (a.x + b.x) / 2 + (b.y - a.y) * 0.12, y: (a.y + b.y) / 2 - (b.x - a.x) * 0.12 };
	const drawn = lineOf(a, b, { via: [[bend.x, bend.y]] });
	return { key: transitionKey({ from, to }), from, to, ...drawn, reset: false };
}
