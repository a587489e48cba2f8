import { SCTP_STATES, type SctpStateName } from './sctp/state';

/**
 * The `net.netfilter.nf_conntrack_*` sysctls that change what tracking does, with the kernel's
 * defaults. Times are seconds.
 */
export interface ConntrackSettings {
	max: number;
	expectMax: number;
	checksum: boolean;
	acct: boolean;
	timestamp: boolean;
	events: number;
	tcpLoose: boolean;
	tcpBeLiberal: boolean;
	tcpIgnoreInvalidRst: boolean;
	tcpMaxRetrans: number;
	tcpTimeouts: { byState: number[]; maxRetrans: number; unacknowledged: number };
	udpTimeout: number;
	udpTimeoutStream: number;
	icmpTimeout: number;
	genericTimeout: number;
	greTimeout: number;
	greTimeoutStream: number;
	sctpTimeouts: Readonly<Record<SctpStateName, number>>;
}

/** A host's own copy of the defaults. */
export function defaultSettings(): ConntrackSettings {
	return {
		max: 262144,
		expectMax: 4096,
		checksum: true,
		acct: false,
		timestamp: false,
		events: 2,
		tcpLoose: true,
		tcpBeLiberal: false,
		tcpIgnoreInvalidRst: false,
		tcpMaxRetrans: 3,
		// NONE, SYN_SENT, SYN_RECV, ESTABLISHED, FIN_WAIT, CLOSE_WAIT, LAST_ACK, TIME_WAIT, CLOSE, SYN_SENT2
		tcpTimeouts: {
			byState: [0, 120, 60, 432000, 120, 60, 30, 120, 10, 120],
			maxRetrans: 300,
			unacknowledged: 300
		},
		udpTimeout: 30,
		udpTimeoutStream: 120,
		icmpTimeout: 30,
		genericTimeout: 600,
		greTimeout: 30,
		greTimeoutStream: 180,
		sctpTimeouts: {
			NONE: 10,
			CLOSED: 10,
			COOKIE_WAIT: 3,
			COOKIE_ECHOED: 3,
			ESTABLISHED: 210,
			SHUTDOWN_SENT: 3,
			SHUTDOWN_RECD: 3,
			SHUTDOWN_ACK_SENT: 3,
			HEARTBEAT_SENT: 30
		}
	};
}

const TCP_TIMEOUT_STATES: Readonly<Record<string, number>> = {
	syn_sent: 1,
	syn_recv: 2,
	established: 3,
	fin_wait: 4,
	close_wait: 5,
	last_ack: 6,
	time_wait: 7,
	close: 8
};

interface Knob {
	readonly get: (s: ConntrackSettings) => number;
	/** Makes a new value: settings are replaced whole, so that a change can be taken back. */
	readonly set: (s: ConntrackSettings, value: number) => ConntrackSettings;
	readonly max: number;
	/** Whether there is one for all namespaces, so that who sets it sets it for every host. */
	readonly shared?: true;
}

function number(
	key: {
		[K in keyof ConntrackSettings]: ConntrackSettings[K] extends number ? K : never;
	}[keyof ConntrackSettings]
): Knob {
	return { get: (s) => s[key], set: (s, value) => ({ ...s, [key]: value }), max: 2 ** 31 - 1 };
}
function flag(
	key: {
		[K in keyof ConntrackSettings]: ConntrackSettings[K] extends boolean ? K : never;
	}[keyof ConntrackSettings]
): Knob {
	return {
		get: (s) => (s[key] ? 1 : 0),
		set: (s, value) => ({ ...s, [key]: value !== 0 }),
		max: 1
	};
}

const KNOBS: Readonly<Record<string, Knob>> = {
	max: { ...number('max'), shared: true },
	expect_max: number('expectMax'),
	checksum: flag('checksum'),
	acct: flag('acct'),
	timestamp: flag('timestamp'),
	events: { ...number('events'), max: 2 },
	tcp_loose: flag('tcpLoose'),
	tcp_be_liberal: flag('tcpBeLiberal'),
	tcp_ignore_invalid_rst: flag('tcpIgnoreInvalidRst'),
	tcp_max_retrans: { ...number('tcpMaxRetrans'), max: 255 },
	udp_timeout: number('udpTimeout'),
	udp_timeout_stream: number('udpTimeoutStream'),
	icmp_timeout: number('icmpTimeout'),
	generic_timeout: number('genericTimeout'),
	gre_timeout: number('greTimeout'),
	gre_timeout_stream: number('greTimeoutStream'),
	tcp_timeout_max_retrans: {
		get: (s) => s.tcpTimeouts.maxRetrans,
		set: (s, value) => ({ ...s, tcpTimeouts: { ...s.tcpTimeouts, maxRetrans: value } }),
		max: 2 ** 31 - 1
	},
	tcp_timeout_unacknowledged: {
		get: (s) => s.tcpTimeouts.unacknowledged,
		set: (s, value) => ({ ...s, tcpTimeouts: { ...s.tcpTimeouts, unacknowledged: value } }),
		max: 2 ** 31 - 1
	},
	...Object.fromEntries(
		Object.entries(TCP_TIMEOUT_STATES).map(([name, state]): [string, Knob] => [
			`tcp_timeout_${name}`,
			{
				get: (s) => s.tcpTimeouts.byState[state]!,
				set: (s, value) => ({
					...s,
					tcpTimeouts: {
						...s.tcpTimeouts,
						byState: s.tcpTimeouts.byState.map((old, i) => (i === state ? value : old))
					}
				}),
				max: 2 ** 31 - 1
			}
		])
	),
	...Object.fromEntries(
		SCTP_STATES.slice(1).map((state): [string, Knob] => [
			`sctp_timeout_${state.toLowerCase()}`,
			{
				get: (s) => s.sctpTimeouts[state],
				set: (s, value) => ({ ...s, sctpTimeouts: { ...s.sctpTimeouts, [state]: value } }),
				max: 2 ** 31 - 1
			}
		])
	)
};

/** The knob behind `net.netfilter.nf_conntrack_NAME`; `null` where the kernel has none. */
export function conntrackKnob(name: string): Knob | null {
	return Object.hasOwn(KNOBS, name) ? KNOBS[name]! : null;
}

/** All of them, as `sysctl` lists them. */
export const CONNTRACK_KNOBS: readonly string[] = Object.keys(KNOBS);
