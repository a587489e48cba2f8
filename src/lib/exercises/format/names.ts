/** Names that a file may use: hosts, interfaces, stations, fields. Each check gives the errors it finds, with their place. */
import * as v from 'valibot';
import type { HookName, World } from '../../engine';
import { HOOKS } from '../../engine';
import type { PacketJson } from '../../scenario/packet-json';
import type { Scenario } from '../../scenario/scenario';
import { stepOf } from '../../scenario/scenario-schema';
import { ROUTING } from '../run/stations';
import { DROP_REASONS } from '../words/places';
import type { ExerciseError } from './exercise';
import { tellIssue } from './issues';

export const error = (path: string, message: string): ExerciseError[] => [{ path, message }];

/** What commands a Linux host of a scenario knows. */
export const COMMANDS = [
	'nft',
	'iptables',
	'iptables-save',
	'iptables-restore',
	'ipset',
	'conntrack',
	'sysctl',
	'ip'
] as const;

export function commandName(command: string, path: string): ExerciseError[] {
	const [name = ''] = command.trim().split(/\s+/);
	return (COMMANDS as readonly string[]).includes(name)
		? []
		: error(path, `no command \`${name}\`; there are ${COMMANDS.join(', ')}`);
}

const specOf = ({ hosts }: Scenario, name: string) =>
	Object.hasOwn(hosts, name) ? hosts[name]! : null;

export function linuxHost(scenario: Scenario, name: string, path: string): ExerciseError[] {
	return specOf(scenario, name)?.kind === 'linux' ? [] : error(path, `no linux host ${name}`);
}

/** A place where packets arrive: a wire host's interface, or a Linux host. */
export function endpoint(scenario: Scenario, name: string, path: string): ExerciseError[] {
	if (specOf(scenario, name)?.kind === 'linux') return [];
	const [host = '', device = '', ...rest] = name.split('/');
	const spec = specOf(scenario, host);
	if (spec && device === '')
		return error(path, `${host} is a wire host: name its interface, ${host}/…`);
	if (!spec || rest.length > 0 || !Object.hasOwn(spec.interfaces, device))
		return error(path, device === '' ? `no host ${host}` : `no interface ${name}`);
	return spec.kind === 'wire'
		? []
		: error(path, `${host} is a linux host: what is delivered to it arrives at \`${host}\``);
}

/** Fields of a packet that is asked for; any may be left out, none may be unknown. */
export function packetFields(packet: PacketJson, path: string): ExerciseError[] {
	const result = v.safeParse(stepOf.send!, { send: { from: 'x', packet } });
	return (result.issues ?? [])
		.flatMap((issue) => tellIssue(issue))
		.map(({ path: at, message }) => ({
			path: `${path}${at.slice('send.packet'.length)}`,
			message
		}));
}

const TUPLE = ['src', 'dst', 'sport', 'dport', 'type', 'code', 'id', 'packets', 'bytes'];

/** Fields of a line of `conntrack -L`. */
export const LINE_FIELDS: readonly string[] = [
	'protocol',
	'number',
	'seconds',
	'state',
	...['original', 'reply'].flatMap((way) => TUPLE.map((field) => `${way}.${field}`)),
	'mark',
	'zone',
	'helper'
];

export const lineField = (field: string, path: string, more: readonly string[] = []) =>
	LINE_FIELDS.includes(field) || more.includes(field)
		? []
		: error(path, `no field \`${field}\` on a line of conntrack -L`);

/** Stations that are there without rules, by hook. */
const BUILT_IN: Readonly<Record<HookName, readonly string[]>> = {
	prerouting: ['defragment', 'conntrack', 'NAT chains', 'NAT'],
	input: ['NAT chains', 'NAT', 'confirm'],
	forward: [],
	output: ['defragment', 'conntrack', 'NAT chains', 'NAT'],
	postrouting: ['NAT chains', 'NAT', 'confirm']
};

/** Whether one of these worlds has a chain's station at a host. */
function hasChain(worlds: Iterable<World>, on: string, hooks: readonly HookName[], name: string) {
	for (const world of worlds) {
		const stations = world.hosts.get(on)?.stations;
		if (stations && hooks.some((hook) => stations[hook].some((one) => one.name === name)))
			return true;
	}
	return false;
}

/**
 * A place in a host: a hook, a station, both; for drops a reason, for questions routing.
 *
 * @param worlds in which a user's chain may stand; more are asked for only while it was not found
 */
export function place(
	text: string,
	on: string,
	path: string,
	worlds: () => Iterable<World>,
	also: 'reasons' | 'routing' | 'none'
): ExerciseError[] {
	if (also === 'reasons' && DROP_REASONS.includes(text)) return [];
	if (also === 'routing' && text === ROUTING) return [];
	if ((HOOKS as readonly string[]).includes(text)) return [];
	const slash = text.indexOf('/');
	const hook = HOOKS.find((one) => text.startsWith(`${one}/`));
	const name = slash < 0 || !hook ? text : text.slice(slash + 1);
	const hooks = hook ? [hook] : HOOKS;
	if (hooks.some((one) => BUILT_IN[one].includes(name))) return [];
	if (hasChain(worlds(), on, hooks, name)) return [];
	return error(path, `no station \`${text}\` on ${on}`);
}
