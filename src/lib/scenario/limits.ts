/**
 * How large a scenario may be that comes from outside: from a file, a link, a box on a page. The format has no such
 * limits; a page that opens what somebody else wrote has.
 */
import type { ScenarioError } from './scenario';

/** What is opened at most. */
export const LIMITS = {
	/** Characters of a file. */
	characters: 4_000_000,
	/** Objects and lists inside one another. */
	depth: 40,
	hosts: 64,
	interfaces: 64,
	routes: 256,
	links: 256,
	/** Ends of one link. */
	ends: 64,
	steps: 10_000,
	/** Elements that the `add` lines of ipset stand for. */
	elements: 200_000,
	/** What a run tells: events, and rules asked. */
	events: 250_000,
	asked: 2_500_000,
	/** Characters that commands print. */
	printed: 8_000_000
} as const;

const count = (value: number): string => value.toLocaleString('en-US');

const sizeOf = (value: unknown): number =>
	typeof value !== 'object' || value === null
		? 0
		: Array.isArray(value)
			? value.length
			: Object.keys(value).length;

/** Names that JavaScript has for something else. No host, interface or field needs them. */
const TAKEN = ['__proto__', 'constructor', 'prototype'];

/** What is wrong with how a value is built; without recursion, which is what depth is dangerous for. */
function misbuilt(json: unknown): ScenarioError | null {
	let level: { value: object; path: string }[] = [];
	const into = (value: unknown, path: string, next: typeof level): void => {
		if (typeof value === 'object' && value !== null) next.push({ value, path });
	};
	into(json, '', level);
	for (let depth = 0; level.length > 0; depth++) {
		if (depth > LIMITS.depth) {
			const path = `${level[0]!.path.slice(0, 60)}…`;
			return { path, message: `deeper than ${LIMITS.depth} levels, and not opened here` };
		}
		const next: typeof level = [];
		for (const { value, path } of level)
			for (const [key, inner] of Object.entries(value)) {
				const dot = path === '' ? '' : '.';
				const place = Array.isArray(value) ? `${path}[${key}]` : `${path}${dot}${key}`;
				if (TAKEN.includes(key))
					return { path: place, message: `\`${key}\` cannot be a name here` };
				into(inner, place, next);
			}
		level = next;
	}
	return null;
}

/** What is too large about a value that is to be a scenario, before its form is looked at. */
export function tooLarge(json: unknown): ScenarioError[] {
	const errors: ScenarioError[] = [];
	const wrong = misbuilt(json);
	if (wrong) return [wrong];
	const most = (path: string, value: unknown, limit: number, what: string): void => {
		const size = sizeOf(value);
		if (size > limit)
			errors.push({
				path,
				message: `${count(size)} ${what}; no more than ${count(limit)} are opened here`
			});
	};
	const file = (typeof json === 'object' ? json : null) as Record<string, unknown> | null;
	most('hosts', file?.hosts, LIMITS.hosts, 'hosts');
	most('links', file?.links, LIMITS.links, 'links');
	most('steps', file?.steps, LIMITS.steps, 'steps');
	if (errors.length > 0) return errors;
	const hosts = file?.hosts;
	if (typeof hosts === 'object' && hosts !== null)
		for (const [name, host] of Object.entries(hosts as Record<string, unknown>)) {
			if (typeof host !== 'object' || host === null) continue;
			const spec = host as Record<string, unknown>;
			most(`hosts.${name}.interfaces`, spec.interfaces, LIMITS.interfaces, 'interfaces');
			most(`hosts.${name}.routes`, spec.routes, LIMITS.routes, 'routes');
		}
	if (Array.isArray(file?.links))
		file.links.forEach((ends: unknown, i) => most(`links[${i}]`, ends, LIMITS.ends, 'ends'));
	return errors;
}

/** How many addresses a part of an ipset element stands for, or how many ports. */
function spanOf(part: string): number {
	const prefix = /^[\d.]+\/(\d{1,2})$/.exec(part);
	if (prefix) return 2 ** Math.max(0, 32 - Number(prefix[1]));
	const ends = part.replace(/^[a-z]+:/i, '').split('-');
	if (ends.length !== 2) return 1;
	const number = (text: string): number =>
		text.split('.').reduce((sum, digits) => sum * 256 + Number(digits), 0);
	const span = Math.abs(number(ends[1]!) - number(ends[0]!)) + 1;
	return Number.isFinite(span) ? span : 1;
}

/**
 * At most how many elements the `add` lines of an ipset text stand for. Counted before they are made: one short line can
 * stand for millions.
 */
export function elementsOf(text: string): number {
	let sum = 0;
	/** Name of a set → which part of its elements is a network. */
	const nets = new Map<string, number>();
	for (const line of text.split('\n')) {
		const words = line.trim().split(/\s+/);
		if (words[0] === 'ipset') words.shift();
		const [command = '', name = '', what = ''] = words.filter((word) => !/^-(!|exist)$/.test(word));
		const net = /^(hash:net|nethash)/.test(what)
			? 0
			: /^(hash:ip,port,net|ipportnethash)$/.test(what)
				? 2
				: -1;
		if (/^(create|n|-N|--create)$/.test(command) && net >= 0) nets.set(name, net);
		if (!/^(add|a|-A|--add)$/.test(command)) continue;
		const parts = what.split(',');
		// In a set of networks a prefix, and a range cut into prefixes, is few elements.
		sum += parts.reduce(
			(product, part, i) => product * (i === nets.get(name) ? 1 : spanOf(part)),
			1
		);
	}
	return sum;
}
