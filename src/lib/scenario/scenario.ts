/**
 * The scenario file, version 1: its shape, and checks whose messages say where and what.
 */
import * as v from 'valibot';
import { parseAddress, parseInterfaceAddress } from '../engine';
import type { PacketJson } from './packet-json';

export interface InterfaceSpec {
	address?: string | string[] | undefined;
	/** Wire hosts: where packets for elsewhere go. */
	via?: string | undefined;
	mtu?: number | undefined;
}

export interface HostSpec {
	kind: 'wire' | 'linux';
	interfaces: Record<string, InterfaceSpec>;
	routes?: { to: string; via?: string | undefined; dev?: string | undefined }[] | undefined;
	sysctl?: Record<string, number | string> | undefined;
	nft?: string | string[] | undefined;
	iptables?: string | string[] | undefined;
	ipset?: string | string[] | undefined;
	/** Words for a reader; nothing here changes what happens. */
	label?: string | undefined;
}

export interface Hold {
	on: string;
	hook: 'input' | 'forward' | 'output';
}

export type Step =
	| {
			send: {
				from: string;
				packet: PacketJson;
				replyTo?: number | undefined;
				hold?: Hold | undefined;
			};
	  }
	| { release: number }
	| { advance: number }
	| { run: { on: string; command: string } };

export interface Scenario {
	version: 1;
	title?: string | undefined;
	hosts: Record<string, HostSpec>;
	links: string[][];
	steps: Step[];
}

/** Something wrong with a scenario: where (`steps[0].send.from`) and what. */
export interface ScenarioError {
	readonly path: string;
	readonly message: string;
}

export type ParsedScenario =
	| { readonly ok: true; readonly scenario: Scenario }
	| { readonly ok: false; readonly errors: readonly ScenarioError[] };

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

const KINDS = ['send', 'release', 'advance', 'run'] as const;
/** Each kind of step by itself, so that an error is told of the one that was meant. */
const stepOf: Record<string, v.GenericSchema> = Object.fromEntries(
	KINDS.map((kind, i) => [kind, (step as unknown as { options: v.GenericSchema[] }).options[i]!])
);

const shape = v.looseObject({
	version: v.literal(1, 'expected 1, the only version there is'),
	title: v.optional(v.string()),
	hosts: v.record(name, host),
	links: v.array(v.pipe(v.array(name), v.minLength(2, 'a wire has two ends or more'))),
	steps: v.array(v.looseObject({}, 'expected a step: one of send, release, advance, run'))
});

function pathOf(issue: v.BaseIssue<unknown>, prefix = ''): string {
	let path = prefix;
	for (const item of issue.path ?? []) {
		const key = item.key as string | number;
		if (typeof key === 'number') path += `[${key}]`;
		else path += path === '' ? key : `.${key}`;
	}
	return path === '' ? '(file)' : path;
}

function tell(issue: v.BaseIssue<unknown>, prefix = ''): ScenarioError {
	const last = issue.path?.[issue.path.length - 1];
	if (issue.type === 'strict_object' && issue.expected === 'never')
		return { path: pathOf(issue, prefix), message: `unknown field ${String(last?.key)}` };
	if (issue.received === 'undefined') return { path: pathOf(issue, prefix), message: 'is missing' };
	// valibot's own words for a plain type mismatch begin so; the rest are ours.
	const message = /^Invalid /.test(issue.message)
		? `expected ${issue.expected ?? 'something else'}, found ${issue.received}`
		: issue.message;
	return { path: pathOf(issue, prefix), message };
}

/** Read a scenario file's text. */
export function parseScenario(source: string): ParsedScenario {
	let json: unknown;
	try {
		json = JSON.parse(source);
	} catch (error) {
		return { ok: false, errors: [{ path: jsonPlace(source, error), message: 'this is not JSON' }] };
	}
	return checkScenario(json);
}

/** Line and column of a JSON error, as far as the parser tells a position. */
function jsonPlace(source: string, error: unknown): string {
	const position = /position (\d+)/.exec(error instanceof Error ? error.message : '')?.[1];
	if (position === undefined) return '(file)';
	const before = source.slice(0, Number(position)).split('\n');
	return `line ${before.length}, column ${before[before.length - 1]!.length + 1}`;
}

/** Check a value that is to be a scenario. */
export function checkScenario(json: unknown): ParsedScenario {
	const result = v.safeParse(shape, json);
	const errors: ScenarioError[] = result.success ? [] : result.issues.map((issue) => tell(issue));
	const steps = (json as { steps?: unknown } | null)?.steps;
	if (Array.isArray(steps)) steps.forEach((one, i) => errors.push(...checkStep(one, i)));
	if (errors.length > 0) return { ok: false, errors };
	const scenario = json as Scenario;
	errors.push(...checkMeaning(scenario));
	return errors.length > 0 ? { ok: false, errors } : { ok: true, scenario };
}

function checkStep(one: unknown, index: number): ScenarioError[] {
	const path = `steps[${index}]`;
	if (typeof one !== 'object' || one === null) return [];
	const kinds = KINDS.filter((kind) => Object.hasOwn(one, kind));
	if (kinds.length !== 1)
		return [{ path, message: 'expected exactly one of send, release, advance, run' }];
	const result = v.safeParse(stepOf[kinds[0]!]!, one);
	return result.success ? [] : result.issues.map((issue) => tell(issue, path));
}

/** What a schema cannot see: names that lead nowhere. */
function checkMeaning(scenario: Scenario): ScenarioError[] {
	const errors: ScenarioError[] = [];
	const wrong = (path: string, message: string): void => void errors.push({ path, message });
	const { hosts } = scenario;
	const hostOf = (n: string): HostSpec | null => (Object.hasOwn(hosts, n) ? hosts[n]! : null);
	const isInterface = (n: string): boolean => {
		const [host, device, ...rest] = n.split('/');
		const spec = hostOf(host ?? '');
		return rest.length === 0 && spec !== null && Object.hasOwn(spec.interfaces, device ?? '');
	};
	const linked = new Map<string, number>();
	scenario.links.forEach((ends, i) =>
		ends.forEach((end, j) => {
			const path = `links[${i}][${j}]`;
			if (!isInterface(end)) wrong(path, `no interface ${end}`);
			else if (linked.has(end)) wrong(path, `${end} is on wire ${linked.get(end)} already`);
			linked.set(end, i);
		})
	);
	for (const [hostName, spec] of Object.entries(hosts)) {
		if (hostName.includes('/')) wrong(`hosts.${hostName}`, 'a host’s name has no slash');
		if (spec.kind === 'wire')
			for (const key of ['routes', 'sysctl', 'nft', 'iptables', 'ipset'] as const)
				if (spec[key] !== undefined)
					wrong(`hosts.${hostName}.${key}`, 'a wire host is a bare pair of hands and has none');
		spec.routes?.forEach((route, i) => {
			const path = `hosts.${hostName}.routes[${i}]`;
			if (route.via === undefined && route.dev === undefined)
				wrong(path, 'a route has a via or a dev');
			if (route.dev !== undefined && !Object.hasOwn(spec.interfaces, route.dev))
				wrong(`${path}.dev`, `no interface ${hostName}/${route.dev}`);
		});
	}
	scenario.steps.forEach((one, i) => {
		const path = `steps[${i}]`;
		if ('send' in one) {
			const { from, replyTo, packet: p, hold } = one.send;
			const linux = hostOf(from)?.kind === 'linux';
			const wire = isInterface(from) && hostOf(from.split('/')[0]!)?.kind === 'wire';
			if (!linux && !wire)
				wrong(
					`${path}.send.from`,
					isInterface(from)
						? `${from} is a linux host's interface: a linux host sends by its own name`
						: from.includes('/')
							? `no interface ${from}`
							: hostOf(from)
								? `${from} is a wire host: name its interface, ${from}/…`
								: `no host ${from}`
				);
			const earlier = (n: number | undefined, where: string): void => {
				if (n === undefined) return;
				if (n >= i) wrong(`${path}.send.${where}`, `step ${n} is no earlier step`);
			};
			earlier(replyTo, 'replyTo');
			earlier(p.icmp?.innerFrom, 'packet.icmp.innerFrom');
			const kinds = [p.tcp, p.udp, p.icmp].filter((kind) => kind !== undefined);
			if (kinds.length > 1) wrong(`${path}.send.packet`, 'a packet has one of tcp, udp, icmp');
			if (kinds.length === 0 && replyTo === undefined && p.ip?.protocol === undefined)
				wrong(`${path}.send.packet`, 'expected tcp, udp, icmp or ip.protocol');
			const addressed = replyTo !== undefined || p.icmp?.innerFrom !== undefined;
			for (const end of ['src', 'dst'] as const)
				if (!addressed && p.ip?.[end] === undefined)
					wrong(`${path}.send.packet.ip.${end}`, 'is missing');
			if (hold && hostOf(hold.on)?.kind !== 'linux')
				wrong(`${path}.send.hold.on`, `no linux host ${hold.on}`);
		} else if ('release' in one) {
			const held = scenario.steps[one.release];
			if (one.release >= i || !held || !('send' in held) || !held.send.hold)
				wrong(`${path}.release`, `step ${one.release} is no earlier step that holds a packet`);
		} else if ('run' in one && hostOf(one.run.on)?.kind !== 'linux')
			wrong(`${path}.run.on`, `no linux host ${one.run.on}`);
	});
	return errors;
}

export { asText } from './as-text';
