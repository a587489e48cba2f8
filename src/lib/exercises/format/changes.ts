/** Changes to the Linux hosts of a scenario: what is broken at the start, what a student writes, what mends it. */
import type { HostSpec, Scenario } from '../../scenario/scenario';
import { asText } from '../../scenario/scenario';

/** Parts of a Linux host that can be changed. */
export const PARTS = ['nft', 'iptables', 'ipset', 'sysctl', 'routes'] as const;
export type Part = (typeof PARTS)[number];
export const TEXT_PARTS = ['nft', 'iptables', 'ipset'] as const;
export type TextPart = (typeof TEXT_PARTS)[number];

/** A text's old words and new ones; each old one has to stand in it exactly once. */
export interface Replacement {
	readonly replace: readonly (readonly [old: string, fresh: string])[];
}

export type Route = NonNullable<HostSpec['routes']>[number];

export interface HostChange {
	readonly nft?: string | readonly string[] | Replacement | undefined;
	readonly iptables?: string | readonly string[] | Replacement | undefined;
	readonly ipset?: string | readonly string[] | Replacement | undefined;
	/** Laid over the host's own, name by name. */
	readonly sysctl?: Readonly<Record<string, number | string>> | undefined;
	/** In place of the host's own. */
	readonly routes?: readonly Route[] | undefined;
}

/** By the host's name. */
export type Changes = Readonly<Record<string, HostChange>>;

/** Something that cannot be changed as asked: where and why. */
export interface ChangeError {
	readonly path: string;
	readonly message: string;
}

function changedText(
	given: string,
	change: string | readonly string[] | Replacement,
	path: string,
	errors: ChangeError[]
): string {
	if (typeof change === 'string') return change;
	if (!('replace' in change)) return change.join('\n');
	let text = given;
	change.replace.forEach(([old, fresh], i) => {
		const at = text.indexOf(old);
		if (old === '' || at < 0)
			errors.push({ path: `${path}.replace[${i}]`, message: `\`${old}\` does not stand there` });
		else if (text.indexOf(old, at + 1) >= 0)
			errors.push({ path: `${path}.replace[${i}]`, message: `\`${old}\` stands there twice` });
		else text = text.slice(0, at) + fresh + text.slice(at + old.length);
	});
	return text;
}

/**
 * A scenario with changes laid over its hosts. The scenario given is left as it is.
 *
 * @param path where the changes stand, for errors
 */
export function applyChanges(
	scenario: Scenario,
	changes: Changes,
	path = 'changes'
): { readonly scenario: Scenario; readonly errors: readonly ChangeError[] } {
	const errors: ChangeError[] = [];
	const hosts: [string, HostSpec][] = [];
	for (const name of Object.keys(changes))
		if (!Object.hasOwn(scenario.hosts, name) || scenario.hosts[name]!.kind !== 'linux')
			errors.push({ path: `${path}.${name}`, message: `no linux host ${name}` });
	for (const [name, spec] of Object.entries(scenario.hosts)) {
		const change = Object.hasOwn(changes, name) ? changes[name]! : null;
		if (!change || spec.kind !== 'linux') {
			hosts.push([name, spec]);
			continue;
		}
		const fresh: HostSpec = { ...spec };
		for (const part of TEXT_PARTS) {
			const wanted = change[part];
			if (wanted === undefined) continue;
			const text = changedText(asText(spec[part]), wanted, `${path}.${name}.${part}`, errors);
			// A language with no word in it is one that is not there.
			if (text.trim() === '') delete fresh[part];
			else fresh[part] = text;
		}
		if (change.sysctl) fresh.sysctl = { ...spec.sysctl, ...change.sysctl };
		if (change.routes) fresh.routes = change.routes.map((route) => ({ ...route }));
		hosts.push([name, fresh]);
	}
	return { scenario: { ...scenario, hosts: Object.fromEntries(hosts) }, errors };
}
