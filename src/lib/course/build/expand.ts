/** Facts that the engine knows, written into a lesson's text when the site is built. */
import { CONNTRACK_KNOBS, conntrackKnob, defaultSettings } from '../../engine';
import type { Language } from '../../i18n/languages';
import type { Scenario } from '../../scenario/scenario';
import { asText } from '../../scenario/scenario';
import { eventLines, folded, listing } from '../facts/conntrack';
import { runInConsole } from '../facts/console';
import { hostOf, play, type Played } from '../facts/play';
import { dumpLines } from '../facts/tcpdump';
import { stateNames, stationsTable, transitionsTable } from '../facts/tables';
import { traceLines } from '../facts/trace';
import { valueAt, valuesOf } from '../facts/values';
import { readAttributes, stepOf } from './attributes';
import { lineAt, type Fault, type Fence, type Source } from './scan';

/** What the build knows beside one lesson's text. */
export interface Library {
	/** A scenario of content/scenarios by name. @throws Error where there is none, or where it is not valid */
	scenario(name: string): Scenario;
}

/** Languages of fenced blocks whose text comes out of the engine, and what may stand after each. */
const FILLED: Record<string, readonly string[]> = {
	conntrack: ['scenario', 'step', 'host', 'fold', 'grep'],
	events: ['scenario', 'step', 'steps', 'host', 'grep'],
	trace: ['scenario', 'step', 'steps', 'host', 'packets', 'grep'],
	tcpdump: ['scenario', 'step', 'steps', 'at', 'grep'],
	console: ['scenario', 'step', 'host', 'prompt'],
	nft: ['scenario', 'host'],
	iptables: ['scenario', 'host']
};

/** Blocks that become tables of the reference. */
const TABLES: Record<string, (language: Language) => string> = {
	stations: stationsTable,
	'tcp-original': (language) => transitionsTable(language, 'original'),
	'tcp-reply': (language) => transitionsTable(language, 'reply'),
	'tcp-states': stateNames
};

/** Whether a block is one that the build fills. */
export function isFilled({ language, info }: Fence): boolean {
	if (Object.hasOwn(TABLES, language)) return true;
	return language in FILLED && (!['nft', 'iptables'].includes(language) || /\bscenario=/.test(info));
}

/**
 * The text with every fact and every block of the engine's in its place. The lines of the text above a block stay where
 * they were.
 */
export function expand(
	source: Source,
	library: Library,
	page: Language
): { text: string; faults: Fault[] } {
	const faults: Fault[] = [];
	const guard = (line: number, make: () => string): string => {
		try {
			return make();
		} catch (error) {
			faults.push({ line, message: (error as Error).message });
			return '';
		}
	};
	const inline = expandFacts(source, library, guard).split('\n');
	// From the end, so that the lines before keep their numbers.
	for (const fence of [...source.fences].reverse()) {
		if (!isFilled(fence)) continue;
		const table = TABLES[fence.language];
		if (table) {
			inline.splice(fence.line - 1, fence.end - fence.line + 1, '', table(page), '');
			continue;
		}
		const body = guard(fence.line, () => filled(fence, library));
		const language = ['nft', 'iptables', 'console', 'conntrack'].includes(fence.language)
			? fence.language
			: 'text';
		inline.splice(fence.line - 1, fence.end - fence.line + 1, `\`\`\`${language}`, body, '```');
	}
	return { text: inline.join('\n'), faults };
}

const FACT = /<Fact\s+([^<>]*?)\s*\/>/g;

function expandFacts(
	{ text, prose }: Source,
	library: Library,
	guard: (line: number, make: () => string) => string
): string {
	let out = '';
	let from = 0;
	for (const match of prose.matchAll(FACT)) {
		out += text.slice(from, match.index);
		out += guard(lineAt(text, match.index), () => fact(match[1]!, library));
		from = match.index + match[0].length;
	}
	return out + text.slice(from);
}

/** One fact by its attributes: `of`, `step`, `host`, `get`; or `sysctl`, for a default. */
export function fact(attributes: string, library: Library): string {
	const given = readAttributes(attributes, ['of', 'step', 'host', 'get', 'sysctl']);
	const name = given.get('sysctl');
	if (name !== undefined) return sysctlDefault(name);
	const get = given.get('get');
	const of = given.get('of');
	if (of === undefined || get === undefined) throw new Error('a fact has of="SCENARIO" and get="PATH"');
	const value = valueAt(valuesOf(play(library.scenario(of), stepOf(given)), given.get('host')), get);
	if (/['"`\n{}<>]/.test(value)) throw new Error(`get="${get}" gives ${JSON.stringify(value)}, which cannot stand in prose`);
	return value;
}

/** The default of `nf_conntrack_…`, its name with or without `net.netfilter.`. */
export function sysctlDefault(name: string): string {
	const short = name.replace(/^net\.netfilter\./, '').replace(/^nf_conntrack_/, '');
	const knob = conntrackKnob(short);
	if (!knob) throw new Error(`no sysctl nf_conntrack_${short}; there are ${CONNTRACK_KNOBS.join(', ')}`);
	return String(knob.get(defaultSettings()));
}

/** Facts in a text that is no lesson, such as a definition. */
export function fillFacts(text: string, library: Library): string {
	return text.replace(FACT, (_, attributes: string) => fact(attributes, library));
}

function filled(fence: Fence, library: Library): string {
	const given = readAttributes(fence.info, FILLED[fence.language]!);
	const name = given.get('scenario');
	if (name === undefined) throw new Error(`a block of ${fence.language} has scenario=NAME`);
	const scenario = library.scenario(name);
	if (fence.language !== 'console' && fence.body.trim() !== '')
		throw new Error(`a block of ${fence.language} with a scenario is filled by the build: leave it empty`);
	if (fence.language === 'nft' || fence.language === 'iptables')
		return rulesOf(scenario, fence.language, given.get('host'));
	const steps = stepRange(given, scenario);
	const played = play(scenario, steps.last);
	const host = fence.language === 'tcpdump' ? '' : hostOf(played, given.get('host')).name;
	const events = played.steps.slice(steps.first).flatMap((step) => step.events);
	const grep = given.get('grep');
	const chosen = (lines: readonly string[]): string => {
		const left = grep === undefined ? lines : lines.filter((line) => line.includes(grep));
		if (left.length === 0) throw new Error('nothing to print here');
		return left.join('\n');
	};
	switch (fence.language) {
		case 'conntrack': {
			const text = chosen(listing(played, host));
			return given.has('fold') ? text.split('\n').map(folded).join('\n') : text;
		}
		case 'events':
			return chosen(eventLines(events, host));
		case 'trace':
			return chosen(traceLines(events, host, given.get('packets') !== 'off'));
		case 'tcpdump':
			return chosen(dumpLines(events, placeOf(given, scenario)));
		default:
			return consoleText(fence.body, played, host, given.get('prompt'));
	}
}

/** `steps=1-3`, or `step=2` alone; for a table and a console the last one counts. */
function stepRange(given: Map<string, string>, scenario: Scenario): { first: number; last: number } {
	const range = given.get('steps');
	if (range === undefined) {
		const last = stepOf(given) ?? scenario.steps.length - 1;
		// Without a step, all of them.
		return { first: given.has('step') ? Math.max(last, 0) : 0, last };
	}
	const found = /^(\d+)-(\d+)$/.exec(range);
	if (!found || Number(found[1]) > Number(found[2])) throw new Error(`steps=${range}: expected FIRST-LAST, from 0`);
	return { first: Number(found[1]), last: Number(found[2]) };
}

function placeOf(given: Map<string, string>, { hosts }: Scenario): string {
	const at = given.get('at') ?? '';
	const [host = '', device = ''] = at.split('/');
	if (Object.hasOwn(hosts, host) && Object.hasOwn(hosts[host]!.interfaces, device)) return at;
	throw new Error(`at=${at}: expected HOST/INTERFACE of the scenario`);
}

/** A host's rules as the scenario has them, indented by tabs. */
function rulesOf({ hosts }: Scenario, language: 'nft' | 'iptables', name?: string): string {
	const host = name === undefined ? Object.values(hosts).find(({ kind }) => kind === 'linux') : hosts[name];
	const rules = asText(host?.[language]);
	if (rules.trim() === '') throw new Error(`${name ?? 'the first Linux host'} has no ${language} rules`);
	if (language === 'iptables') return rules.trimEnd();
	let depth = 0;
	return rules
		.trimEnd()
		.split('\n')
		.map((line) => {
			const text = line.trim();
			if (text.startsWith('}')) depth--;
			const indented = '\t'.repeat(Math.max(depth, 0)) + text;
			if (text.endsWith('{')) depth++;
			return text === '' ? '' : indented;
		})
		.join('\n');
}

/** The commands of a block, one a line, each followed by what it prints. */
function consoleText(body: string, played: Played, host: string, prompt = '#'): string {
	const commands = body.split('\n').filter((line) => line.trim() !== '');
	if (commands.length === 0) throw new Error('a block of console has commands, one a line');
	return commands
		.flatMap((line) => {
			const command = line.trim().replace(/^[#$]\s+/, '');
			const { exit, lines } = runInConsole(played, command, host);
			if (exit !== 0 && /not a command|not modelled|unknown option/.test(lines.join(' ')))
				throw new Error(`\`${command}\`: ${lines.join(' ')}`);
			return [`${prompt} ${command}`, ...lines];
		})
		.join('\n');
}
