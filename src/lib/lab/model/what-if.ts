/** What a reader can do otherwise at a stop: a form's texts made into steps of a scenario, and what to offer them. */
import type { Chain, EngineEvent, HookName, Ruleset, Table } from '$lib/engine';
import type { PacketJson } from '$lib/scenario/packet-json';
import type { Hold, Scenario, Step } from '$lib/scenario/scenario';
import type { Recording } from './recording';
import { ruleText } from './rule-text';

/** The texts of the packet form; empty ones are left out. */
export interface PacketTexts {
	from: string;
	/** Step (from 0) whose packet is answered. */
	replyTo: number | null;
	protocol: 'tcp' | 'udp' | 'icmp';
	src: string;
	dst: string;
	sport: string;
	dport: string;
	/** Letters of FSRPAUEC, in this order. */
	flags: string;
	seq: string;
	ack: string;
	type: string;
	code: string;
	id: string;
	icmpSeq: string;
	ttl: string;
	payload: string;
}

/** Wire interfaces, then Linux hosts: who can send. */
export function sendersOf({ hosts }: Scenario): string[] {
	const wire = Object.entries(hosts).flatMap(([name, { kind, interfaces }]) =>
		kind === 'wire' ? Object.keys(interfaces).map((device) => `${name}/${device}`) : []
	);
	const linux = Object.entries(hosts).flatMap(([name, { kind }]) =>
		kind === 'linux' ? [name] : []
	);
	return [...wire, ...linux];
}

/** The first address of who sends; empty where there is none. */
export function addressOf({ hosts }: Scenario, from: string): string {
	const [name = '', device] = from.split('/');
	const interfaces = hosts[name]?.interfaces ?? {};
	const { address } =
		(device === undefined ? Object.values(interfaces)[0] : interfaces[device]) ?? {};
	return (typeof address === 'string' ? address : address?.[0])?.split('/')[0] ?? '';
}

const text = (value: number | string | undefined): string =>
	value === undefined ? '' : String(value);

/** Begins with the packet that a step sends: what one tries out mostly differs from it in a thing or two. */
export function textsOf(recording: Recording, step: Step | undefined): PacketTexts {
	const { scenario } = recording;
	const send = step && 'send' in step ? step.send : null;
	const from = send?.from ?? sendersOf(scenario)[0] ?? '';
	const packet: PacketJson = send?.packet ?? {};
	const { ip, tcp, udp, icmp } = packet;
	return {
		from,
		replyTo: send?.replyTo ?? null,
		protocol: tcp ? 'tcp' : udp ? 'udp' : icmp ? 'icmp' : answeredProtocol(recording, send),
		src: ip?.src ?? (send?.replyTo === undefined ? addressOf(scenario, from) : ''),
		dst: ip?.dst ?? '',
		sport: text(tcp?.sport ?? udp?.sport),
		dport: text(tcp?.dport ?? udp?.dport),
		flags: tcp?.flags ?? (send ? '' : 'S'),
		seq: text(tcp?.seq),
		ack: text(tcp?.ack),
		type: text(icmp?.type),
		code: text(icmp?.code),
		id: text(icmp?.id),
		icmpSeq: text(icmp?.seq),
		ttl: text(ip?.ttl),
		payload: typeof packet.payload === 'string' ? packet.payload : ''
	};
}

/** An answer that does not say of which protocol it is, is of that of the packet it answers. */
function answeredProtocol(
	recording: Recording,
	send: { readonly from: string; readonly replyTo?: number | undefined } | null
): PacketTexts['protocol'] {
	if (send?.replyTo === undefined) return 'tcp';
	const { replyTo, from } = send;
	const [asked] = receivedAt(recording, from, replyTo + 1);
	return (asked?.step === replyTo && formProtocol(asked.packet)) || 'tcp';
}

/** What the form calls a packet's protocol; `null` where it has no fields for it. */
export function formProtocol({ l4: { kind } }: Received['packet']): PacketTexts['protocol'] | null {
	return kind === 'tcp' || kind === 'udp' || kind === 'icmp' ? kind : null;
}

/** A number where the text is one; other text is left for the check to find fault with. */
function number(value: string): number | undefined {
	const trimmed = value.trim();
	if (trimmed === '') return undefined;
	return /^\d+$/.test(trimmed) ? Number(trimmed) : (trimmed as unknown as number);
}

/** Without the fields that say nothing. */
function given<T extends object>(fields: T): T {
	return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as T;
}

/** The step that a filled-in form means. `checkSteps` says what is wrong with it. */
export function sendStep(form: PacketTexts): Step {
	const address = (value: string): string | undefined => value.trim() || undefined;
	const ip = given({ src: address(form.src), dst: address(form.dst), ttl: number(form.ttl) });
	const ports = { sport: number(form.sport), dport: number(form.dport) };
	const packet: PacketJson = {
		...(Object.keys(ip).length > 0 ? { ip } : {}),
		...(form.protocol === 'tcp'
			? {
					tcp: given({ ...ports, flags: form.flags, seq: number(form.seq), ack: number(form.ack) })
				}
			: form.protocol === 'udp'
				? { udp: given(ports) }
				: {
						icmp: given({
							type: number(form.type),
							code: number(form.code),
							id: number(form.id),
							seq: number(form.icmpSeq)
						})
					}),
		...(form.payload === '' ? {} : { payload: form.payload })
	};
	// An answer has its protocol from what it answers: an empty part would say that it is an ICMP query of type 0.
	if (form.replyTo !== null && form.protocol === 'icmp' && Object.keys(packet.icmp!).length === 0)
		delete packet.icmp;
	if (form.replyTo !== null && form.protocol === 'udp' && Object.keys(packet.udp!).length === 0)
		delete packet.udp;
	const replyTo = form.replyTo ?? undefined;
	return { send: { from: form.from, ...(replyTo === undefined ? {} : { replyTo }), packet } };
}

export interface Received {
	readonly step: number;
	readonly packet: Extract<EngineEvent, { kind: 'received' }>['packet'];
}

/** More packets than these nobody looks through. */
const MANY = 50;

/** Packets that came out at an interface before a step, the latest first: each step's first one, which can be answered. */
export function receivedAt(recording: Recording, from: string, before: number): Received[] {
	const { events, stepStarts } = recording;
	const found: Received[] = [];
	for (let step = before - 1; step >= 0 && found.length < MANY; step--) {
		const end = stepStarts[step + 1] ?? events.length;
		for (let i = stepStarts[step] ?? end; i < end; i++) {
			const event = events[i]!;
			if (event.kind !== 'received' || `${event.host}/${event.interface}` !== from) continue;
			found.push({ step, packet: event.packet });
			break;
		}
	}
	return found;
}

/** Steps (from 0) whose packet is held when step `before` begins. */
export function heldBefore({ steps }: Scenario, before: number): number[] {
	const held = new Set<number>();
	steps.slice(0, before).forEach((step, i) => {
		if ('send' in step && step.send.hold) held.add(i);
		else if ('release' in step) held.delete(step.release);
	});
	return [...held];
}

const HOLDING: readonly HookName[] = ['input', 'forward', 'output'];

/** Where the packet that a step sends can be made to wait: hooks of the first host that it walks through. */
export function waitingPlaces(
	{ scenario, events, stepStarts, index }: Recording,
	step: number
): Hold[] {
	const sent = scenario.steps[step];
	if (!sent || !('send' in sent) || sent.send.hold) return [];
	const end = stepStarts[step + 1] ?? events.length;
	for (let i = stepStarts[step] ?? end; i < end; i++) {
		const event = events[i]!;
		if (event.kind !== 'begin' || (event.origin !== 'wire' && event.origin !== 'sent')) continue;
		const hooks = new Set<HookName>();
		for (const at of index.walks.get(event.walk)?.events ?? []) {
			const own = events[at]!;
			if (own.kind === 'hook') hooks.add(own.hook);
			else if (own.kind === 'station') hooks.add(own.station.hook);
		}
		return HOLDING.filter((hook) => hooks.has(hook)).map((hook) => ({
			on: event.host,
			hook: hook as Hold['hook']
		}));
	}
	return [];
}

/** A chain that rules can be put into and taken out of. */
export interface ChainChoice {
	readonly table: Table;
	readonly chain: Chain;
	/** `ip nat prerouting`. */
	readonly name: string;
	readonly rules: readonly string[];
}

export function chainsOf({ tables }: Ruleset): ChainChoice[] {
	return tables.flatMap((table) =>
		table.chains.map((chain) => ({
			table,
			chain,
			name: `${table.family} ${table.name} ${chain.name}`,
			rules: chain.rules.map((rule) => ruleText(rule, table))
		}))
	);
}

export type RuleChange =
	| { readonly kind: 'append' | 'insert'; readonly text: string }
	/** Which rule of the chain, from 0. */
	| { readonly kind: 'delete'; readonly rule: number };

/** The command that changes a chain, in the language that its table was written in. */
export function ruleCommand({ table, chain }: ChainChoice, change: RuleChange): string {
	if (table.language === 'iptables') {
		const what =
			change.kind === 'delete'
				? `-D ${chain.name} ${change.rule + 1}`
				: `-${change.kind === 'append' ? 'A' : 'I'} ${chain.name} ${change.text.trim()}`;
		return `iptables -t ${table.name} ${what}`;
	}
	const where = `${table.family} ${table.name} ${chain.name}`;
	if (change.kind === 'delete')
		return `nft delete rule ${where} handle ${chain.rules[change.rule]?.handle ?? 0}`;
	return `nft ${change.kind === 'append' ? 'add' : 'insert'} rule ${where} ${change.text.trim()}`;
}
