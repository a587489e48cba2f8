/** Putting a draw into an exercise file: `{{names}}`, then addresses and ports, then networks. */
import type { Drawn } from './draw';
import { isNetwork } from './draw';

/** Fields whose plain numbers are ports or ICMP ids. */
const PORT_FIELDS = new Set(['sport', 'dport', 'id']);

type Json = unknown;

function pattern(keys: readonly string[], after: string): RegExp | null {
	if (keys.length === 0) return null;
	const longest = [...keys].sort((a, b) => b.length - a.length || (a < b ? -1 : 1));
	const any = longest.map((key) => key.replaceAll('.', '\\.')).join('|');
	return new RegExp(`(?<![\\d.])(?:${any})${after}`, 'g');
}

/** A function that gives a value of the file as it is in this variant. Keys of objects are substituted too. */
export function substitution({ literals, names }: Drawn): (json: Json) => Json {
	const [networks, others] = [[...literals.keys()].filter(isNetwork), [...literals.keys()]].map(
		(keys, i) => (i === 0 ? keys : keys.filter((key) => !isNetwork(key)))
	) as [string[], string[]];
	const wholes = pattern(others, '(?!\\d|\\.\\d)');
	const beginnings = pattern(networks, '(?=\\.\\d)');
	const fresh = (found: string): string => literals.get(found) ?? found;

	const inText = (text: string): string => {
		let out = text;
		if (names.size > 0)
			out = out.replace(/\{\{([A-Za-z0-9_-]+)\}\}/g, (all, name: string) => {
				if (!names.has(name)) return all;
				const value = names.get(name);
				return Array.isArray(value) ? value.join('\n') : String(value);
			});
		if (wholes) out = out.replace(wholes, fresh);
		if (beginnings) out = out.replace(beginnings, fresh);
		return out;
	};

	const inList = (list: readonly Json[]): Json[] =>
		list.flatMap((item) => {
			// A list put into a list is spliced in: lines of a ruleset, steps.
			const whole = typeof item === 'string' ? /^\{\{([A-Za-z0-9_-]+)\}\}$/.exec(item)?.[1] : null;
			const value = whole && names.has(whole) ? names.get(whole) : undefined;
			return Array.isArray(value) ? inList(value) : [inside(item)];
		});

	const inside = (json: Json, key = ''): Json => {
		if (typeof json === 'string') {
			const whole = /^\{\{([A-Za-z0-9_-]+)\}\}$/.exec(json)?.[1];
			if (whole !== undefined && names.has(whole)) return inside(names.get(whole), key);
			return inText(json);
		}
		if (typeof json === 'number' && PORT_FIELDS.has(key)) {
			const drawn = literals.get(String(json));
			return drawn === undefined ? json : Number(drawn);
		}
		if (Array.isArray(json)) return inList(json);
		if (typeof json === 'object' && json !== null) {
			// Made from entries: a key `__proto__` is a key like any other.
			return Object.fromEntries(
				Object.entries(json).map(([name, value]) => [inText(name), inside(value, name)])
			);
		}
		return json;
	};
	return (json) => inside(json);
}

/** The first placeholder left over, with its place. */
export function leftOver(
	json: Json,
	path = ''
): { readonly path: string; readonly name: string } | null {
	if (typeof json === 'string') {
		const name = /\{\{([A-Za-z0-9_-]+)\}\}/.exec(json)?.[1];
		return name === undefined ? null : { path, name };
	}
	if (typeof json !== 'object' || json === null) return null;
	for (const [key, value] of Object.entries(json)) {
		const at = Array.isArray(json) ? `${path}[${key}]` : path === '' ? key : `${path}.${key}`;
		const found = leftOver(value, at);
		if (found) return found;
	}
	return null;
}
