/** Settings and routes as lines of text that a person edits, and back. */
import type { HostSpec } from '$lib/scenario/scenario';

type Route = NonNullable<HostSpec['routes']>[number];
type Sysctl = Record<string, number | string>;

export type Parsed<T> =
	| { readonly ok: true; readonly value: T }
	/** The number of the first line that is none, from 1. */
	| { readonly ok: false; readonly line: number };

export const sysctlText = (sysctl: Readonly<Record<string, number | string>> = {}): string =>
	Object.entries(sysctl)
		.map(([name, value]) => `${name} = ${value}`)
		.join('\n');

export const routesText = (routes: readonly Route[] = []): string =>
	routes
		.map(({ to, via, dev }) =>
			[to, via ? `via ${via}` : '', dev ? `dev ${dev}` : ''].filter(Boolean).join(' ')
		)
		.join('\n');

/** Lines with something on them, with their numbers. */
const linesOf = (text: string): [number, string][] =>
	text
		.split('\n')
		.map((line, i): [number, string] => [i + 1, line.replace(/#.*$/, '').trim()])
		.filter(([, line]) => line !== '');

export function readSysctl(text: string): Parsed<Sysctl> {
	const entries: [string, number | string][] = [];
	for (const [line, content] of linesOf(text)) {
		const [, name, value] = /^(?:sysctl\s+(?:-w\s+)?)?([\w./-]+)\s*=\s*(\S+)$/.exec(content) ?? [];
		if (name === undefined || value === undefined) return { ok: false, line };
		entries.push([name, /^\d+$/.test(value) ? Number(value) : value]);
	}
	return { ok: true, value: Object.fromEntries(entries) };
}

export function readRoutes(text: string): Parsed<Route[]> {
	const routes: Route[] = [];
	for (const [line, content] of linesOf(text)) {
		const parts = content.replace(/^ip\s+route\s+(?:add|replace)\s+/, '').split(/\s+/);
		const [to, ...rest] = parts;
		const route: Route = { to: to! };
		for (let i = 0; i < rest.length; i += 2) {
			const [key, value] = [rest[i], rest[i + 1]];
			if (value === undefined || (key !== 'via' && key !== 'dev')) return { ok: false, line };
			route[key] = value;
		}
		if (rest.length === 0) return { ok: false, line };
		routes.push(route);
	}
	return { ok: true, value: routes };
}
