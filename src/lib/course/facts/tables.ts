/** Tables of the reference, made of the engine's own. As Markdown. */
import {
	HOOKS,
	SEGMENT_KINDS,
	TCP_STATES,
	TCP_TRANSITIONS,
	applyNft,
	buildStations,
	emptyRuleset,
	type HookName
} from '../../engine';
import type { Language } from '../../i18n/languages';
import { checkScenario } from '../../scenario/scenario';
import { rulesEnv } from '../../scenario/commands/run';
import { hostOf, play } from './play';

function markdownTable(rows: readonly (readonly string[])[]): string {
	const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
	const [head = [], ...rest] = rows;
	return [line(head), line(head.map(() => '---')), ...rest.map(line)].join('\n');
}

/** A chain at each named priority of each hook that may have one, so that the engine lines them all up. */
const NAMED: Record<string, readonly HookName[]> = {
	raw: ['prerouting', 'output'],
	mangle: HOOKS,
	dstnat: ['prerouting'],
	filter: HOOKS,
	security: ['input', 'forward', 'output'],
	srcnat: ['postrouting']
};

const STATION_WORDS = {
	en: {
		priority: 'priority',
		name: 'name',
		last: 'last',
		defrag: 'fragments gathered',
		conntrack: 'connection tracking',
		'nat-rules': 'NAT chains, first packet only',
		nat: 'translation by the entry',
		confirm: 'confirmation',
		chain: 'chains'
	},
	zh: {
		priority: '优先级',
		name: '名字',
		last: '最后',
		defrag: '重组分片',
		conntrack: '连接跟踪',
		'nat-rules': 'NAT 链，只问首包',
		nat: '依条目转换',
		confirm: '确认',
		chain: '链'
	}
};

/** Each hook's stations by priority: a row a priority, a column a hook. */
export function stationsTable(language: Language): string {
	const words = STATION_WORDS[language];
	const chains = Object.entries(NAMED).flatMap(([name, hooks]) =>
		hooks.map((hook) => {
			const type = name === 'dstnat' || name === 'srcnat' ? 'nat' : 'filter';
			return `chain ${name}_${hook} { type ${type} hook ${hook} priority ${name}; }`;
		})
	);
	const checked = checkScenario({
		version: 1,
		hosts: { host: { kind: 'linux', interfaces: {} } },
		links: [],
		steps: []
	});
	if (!checked.ok) throw new Error('the bare host cannot be built');
	const host = hostOf(play(checked.scenario));
	const applied = applyNft(
		emptyRuleset,
		`table ip reference {\n${chains.join('\n')}\n}`,
		rulesEnv(host, 0)
	);
	if (!applied.ok) throw new Error(applied.errors[0]?.message);
	const stations = buildStations(applied.ruleset);
	const all = HOOKS.flatMap((hook) => stations[hook]);
	const priorities = [...new Set(all.map(({ priority }) => priority))].sort((a, b) => a - b);
	const names = new Map(
		all.flatMap(({ chain, priority }) =>
			chain ? [[priority, chain.replace(/_.*/, '')] as const] : []
		)
	);
	names.set(-100, 'dstnat').set(100, 'srcnat');
	const rows = priorities.map((priority) => [
		priority > 1000 ? words.last : String(priority).replace('-', '−'),
		names.has(priority) ? `\`${names.get(priority)}\`` : '',
		...HOOKS.map((hook) =>
			stations[hook]
				.filter((station) => station.priority === priority)
				.map(({ kind }) => words[kind])
				.join(language === 'zh' ? '；' : '; ')
		)
	]);
	return markdownTable([
		[words.priority, words.name, ...HOOKS.map((hook) => hook.toUpperCase())],
		...rows
	]);
}

const SHORT = ['NO', 'SS', 'SR', 'ES', 'FW', 'CW', 'LA', 'TW', 'CL', 'S2', '—', 'ig'];

/** The TCP tracker's table: a row a kind of segment, a column the state before, a cell the state after. */
export function transitionsTable(language: Language, direction: 'original' | 'reply'): string {
	const corner = language === 'zh' ? '报文段' : 'segment';
	const rows = TCP_TRANSITIONS[direction === 'original' ? 0 : 1]!.map((cells, kind) => [
		SEGMENT_KINDS[kind] === 'none' ? (language === 'zh' ? '其他' : 'other') : SEGMENT_KINDS[kind]!,
		...cells.map((state) => SHORT[state]!)
	]);
	return markdownTable([[corner, ...TCP_STATES.map((_, state) => SHORT[state]!)], ...rows]);
}

/** What the short names of states stand for. */
export function stateNames(language: Language): string {
	const [short, state] = language === 'zh' ? ['简写', '状态'] : ['short', 'state'];
	return markdownTable([
		[short, state],
		...TCP_STATES.map((name, index) => [SHORT[index]!, `\`${name}\``])
	]);
}
