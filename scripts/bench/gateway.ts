/**
 * The gateway that is measured, the same for the engine and for the kernel: one service behind
 * DNAT, everybody inside behind masquerade, and a stateful filter between.
 */

export const OUTSIDE = { address: '198.51.100.1', length: 24, peer: '198.51.100.254' } as const;
export const INSIDE = { address: '10.0.0.1', length: 24, peer: '10.0.0.2' } as const;

export const RULES = `table ip nat {
	chain prerouting {
		type nat hook prerouting priority dstnat; policy accept;
		iifname "ext" ip daddr ${OUTSIDE.address} tcp dport 80 dnat to ${INSIDE.peer}:8080
	}
	chain postrouting {
		type nat hook postrouting priority srcnat; policy accept;
		oifname "ext" masquerade
	}
}
table ip filter {
	chain forward {
		type filter hook forward priority filter; policy drop;
		ct state established,related accept
		ct state invalid drop
		iifname "int" accept
		ct status dnat accept
	}
}
`;

/** One direction of a flow as its sender puts it on the wire. */
export interface Half {
	readonly from: 'ext' | 'int';
	readonly src: string;
	readonly dst: string;
	readonly sport: number;
	readonly dport: number;
}

/** Flows of one far address: their ports tell them apart, and none has to give way to another. */
const PORTS = 32768;

/**
 * Flow number `i` as its two ends see it: [first sender, answerer]. Even ones come from outside
 * and are DNATed, odd ones from inside and are masqueraded.
 */
export function flow(i: number): readonly [Half, Half] {
	const pair = i >> 1;
	const port = 1024 + (pair % PORTS);
	const far = `203.0.${113 + (pair >> 23)}.${1 + Math.floor(pair / PORTS)}`;
	return i % 2 === 0
		? [
				{ from: 'ext', src: far, dst: OUTSIDE.address, sport: port, dport: 80 },
				{ from: 'int', src: INSIDE.peer, dst: far, sport: 8080, dport: port }
			]
		: [
				{ from: 'int', src: INSIDE.peer, dst: far, sport: port, dport: 443 },
				{ from: 'ext', src: far, dst: OUTSIDE.address, sport: 443, dport: port }
			];
}

/** Segments of the handshake, then of the connection: [who sends it, flags, seq, ack]. */
export const HANDSHAKE: readonly (readonly [0 | 1, string, number, number])[] = [
	[0, 'S', 1, 0],
	[1, 'SA', 1, 2],
	[0, 'A', 2, 2]
];
