/** What a scenario file's values must be, one by one. */
import * as v from 'valibot';
import { parseAddress, parseInterfaceAddress } from '../engine';
import type { PacketJson } from './packet-json';

const whole = (max: number): v.GenericSchema<number> =>
	v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(max)) as v.GenericSchema<number>;
const u8 = whole(255);
const u16 = whole(65535);
const u32 = whole(0xffffffff);
const address = v.pipe(
	v.string(),
	v.check(
		(text) => parseAddress(text) !== null,
		(issue) => `\`${String(issue.input)}\` is no IPv4 address`
	)
);
const interfaceAddress = v.pipe(
	v.string(),
	v.check(
		(text) => parseInterfaceAddress(text) !== null,
		(issue) =>
			`\`${String(issue.input)}\` is no IPv4 address with a prefix length, such as 10.0.0.1/24`
	)
);
const hex = v.pipe(
	v.string(),
	v.check((text) => /^([0-9a-fA-F]{2})*$/.test(text), 'expected hex digits, two for each byte')
);
const name = v.pipe(v.string(), v.minLength(1));

const options = v.strictObject({
	mss: v.optional(u16),
	sackOk: v.optional(v.boolean()),
	ts: v.optional(v.tuple([u32, u32])),
	wscale: v.optional(u8),
	sack: v.optional(v.pipe(v.array(v.tuple([u32, u32])), v.maxLength(4)))
});

const packet: v.GenericSchema<PacketJson> = v.strictObject({
	ip: v.optional(
		v.strictObject({
			src: v.optional(address),
			dst: v.optional(address),
			ttl: v.optional(u8),
			id: v.optional(u16),
			tos: v.optional(u8),
			df: v.optional(v.boolean()),
			mf: v.optional(v.boolean()),
			offset: v.optional(
				v.pipe(
					whole(65528),
					v.check((n) => n % 8 === 0, 'a fragment begins at a multiple of 8 bytes')
				)
			),
			protocol: v.optional(u8)
		})
	),
	tcp: v.optional(
		v.strictObject({
			sport: v.optional(u16),
			dport: v.optional(u16),
			flags: v.optional(
				v.pipe(
					v.string(),
					v.regex(/^(?!.*(.).*\1)[FSRPAUEC]*$/, 'expected letters of FSRPAUEC, each at most once')
				)
			),
			seq: v.optional(u32),
			ack: v.optional(u32),
			window: v.optional(u16),
			urgent: v.optional(u16),
			options: v.optional(options),
			optionBytes: v.optional(v.pipe(hex, v.maxLength(80)))
		})
	),
	udp: v.optional(
		v.strictObject({
			sport: v.optional(u16),
			dport: v.optional(u16),
			noChecksum: v.optional(v.boolean())
		})
	),
	icmp: v.optional(
		v.strictObject({
			type: v.optional(u8),
			code: v.optional(u8),
			id: v.optional(u16),
			seq: v.optional(u16),
			mtu: v.optional(u16),
			inner: v.optional(v.lazy(() => packet)),
			innerLength: v.optional(u16),
			innerFrom: v.optional(whole(1e6))
		})
	),
	payload: v.optional(v.union([v.string(), v.strictObject({ hex })])),
	badChecksum: v.optional(v.boolean()),
	cut: v.optional(v.tuple([u16, u16]))
}) as unknown as v.GenericSchema<PacketJson>;

const text = v.union([v.string(), v.array(v.string())]);

const host = v.looseObject({
	kind: v.picklist(['wire', 'linux']),
	interfaces: v.record(
		name,
		v.looseObject({
			address: v.optional(v.union([interfaceAddress, v.array(interfaceAddress)])),
			via: v.optional(address),
			mtu: v.optional(whole(65535))
		})
	),
	routes: v.optional(
		v.array(
			v.looseObject({
				to: v.pipe(
					v.string(),
					v.check(
						(to) => to === 'default' || parseInterfaceAddress(to) !== null,
						'expected `default` or a prefix such as 10.0.0.0/24'
					)
				),
				via: v.optional(address),
				dev: v.optional(name)
			})
		)
	),
	sysctl: v.optional(v.record(name, v.union([v.number(), v.string()]))),
	nft: v.optional(text),
	iptables: v.optional(text),
	ipset: v.optional(text),
	label: v.optional(v.string())
});

const step = v.union(
	[
		v.strictObject({
			send: v.strictObject({
				from: name,
				packet,
				replyTo: v.optional(whole(1e6)),
				hold: v.optional(
					v.strictObject({ on: name, hook: v.picklist(['input', 'forward', 'output']) })
				)
			})
		}),
		v.strictObject({ release: whole(1e6) }),
		v.strictObject({ advance: v.pipe(v.number(), v.minValue(0), v.maxValue(1e9)) }),
		v.strictObject({ run: v.strictObject({ on: name, command: v.string() }) })
	],
	'expected one of send, release, advance, run'
);

export const KINDS = ['send', 'release', 'advance', 'run'] as const;
/** Each kind of step by itself, so that an error is told of the one that was meant. */
export const stepOf: Record<string, v.GenericSchema> = Object.fromEntries(
	KINDS.map((kind, i) => [kind, (step as unknown as { options: v.GenericSchema[] }).options[i]!])
);

/** A scenario; its steps are checked one by one besides. */
export const shape = v.looseObject({
	version: v.literal(1, 'expected 1, the only version there is'),
	title: v.optional(v.string()),
	hosts: v.record(name, host),
	links: v.array(v.pipe(v.array(name), v.minLength(2, 'a wire has two ends or more'))),
	steps: v.array(v.looseObject({}, 'expected a step: one of send, release, advance, run'))
});
