/** Blocks of code in a lesson: each is read by the parser of its language. */
import {
	applyIptablesRestore,
	applyNft,
	emptyRuleset,
	runIptablesCommand,
	type Ruleset,
	type RuleTextError
} from '../../engine';
import { rulesEnv } from '../../scenario/commands/run';
import { checkScenario } from '../../scenario/scenario';
import { runInConsole } from '../facts/console';
import { hostOf, play, type Played } from '../facts/play';
import { readAttributes } from './attributes';
import type { Fault, Fence } from './scan';

/** The languages that a static block may have, and what may stand after each. */
const STATIC: Record<string, readonly string[]> = {
	nft: ['rules', 'unchecked'],
	iptables: ['unchecked'],
	bash: ['unchecked'],
	json: [],
	text: []
};

/** How rules that stand alone are looked at: inside each of these, until one takes them. */
const WRAPS = [
	'table inet lesson {\n\tchain lesson {\n',
	...['prerouting', 'output', 'postrouting', 'input'].map(
		(hook) => `table ip lesson {\n\tchain lesson { type nat hook ${hook} priority 0;\n`
	),
	'table inet lesson {\n'
];

/**
 * What is wrong with a block that is not filled by the build.
 * @param worlds makes the lesson's scenarios as they stand after their last step; commands are tried on their hosts
 */
export function checkBlock(fence: Fence, worlds: () => readonly Played[]): Fault[] {
	const known = STATIC[fence.language];
	if (!known) {
		const all = [...Object.keys(STATIC), 'conntrack', 'events', 'trace', 'tcpdump', 'console'].join(', ');
		const said = fence.language === '' ? 'a block of code names its language' : `no language \`${fence.language}\``;
		return [{ line: fence.line, message: `${said}; there are ${all}` }];
	}
	try {
		const given = readAttributes(fence.info, known);
		const reason = given.get('unchecked');
		if (reason === '') throw new Error('unchecked="…" says why the block cannot be checked');
		if (reason !== undefined) return [];
		if (fence.language === 'nft') return nftFaults(fence, given.has('rules'));
		if (fence.language === 'iptables') return iptablesFaults(fence);
		if (fence.language === 'bash') {
			const made = worlds();
			return commandFaults(fence, made.length > 0 ? made : [bareWorld()]);
		}
		return [];
	} catch (error) {
		return [{ line: fence.line, message: (error as Error).message }];
	}
}

/** A Linux host with two interfaces and nothing else, for texts that need one to be read. */
function bareWorld(): Played {
	const checked = checkScenario({
		version: 1,
		hosts: { host: { kind: 'linux', interfaces: { eth0: { address: '192.0.2.1/24' } } } },
		links: [],
		steps: []
	});
	if (!checked.ok) throw new Error('the bare host cannot be built');
	return play(checked.scenario);
}

const faultsAt = (fence: Fence, errors: readonly RuleTextError[], offset = 0): Fault[] =>
	errors.map((error) => ({
		line: fence.line + error.line - offset,
		message: `${fence.language}, column ${error.column}: ${error.message}`
	}));

function nftFaults(fence: Fence, alone: boolean): Fault[] {
	const env = rulesEnv(hostOf(bareWorld()), 0);
	const read = (text: string): readonly RuleTextError[] => {
		const result = applyNft(emptyRuleset, text, env);
		return result.ok ? [] : result.errors;
	};
	if (!alone) return faultsAt(fence, read(fence.body));
	const all = WRAPS.map((wrap) => ({
		offset: wrap.split('\n').length - 1,
		errors: read(`${wrap}${fence.body}\n${wrap.includes('chain lesson') ? '\t}\n' : ''}}\n`)
	}));
	if (all.some(({ errors }) => errors.length === 0)) return [];
	return faultsAt(fence, all[0]!.errors, all[0]!.offset);
}

/** A text of `iptables-save`, or commands. */
function iptablesFaults(fence: Fence): Fault[] {
	const env = rulesEnv(hostOf(bareWorld()), 0);
	if (/^\s*(#.*\n\s*)*\*/.test(fence.body)) {
		const result = applyIptablesRestore(emptyRuleset, fence.body, env);
		return result.ok ? [] : faultsAt(fence, result.errors);
	}
	let ruleset: Ruleset = emptyRuleset;
	return commandLines(fence).flatMap(({ line, command }) => {
		const result = runIptablesCommand(ruleset, command, env);
		ruleset = result.ruleset;
		return result.exit === 0 ? [] : [{ line, message: result.stderr.join('; ') }];
	});
}

/** Commands of a shell that the engine knows; the rest is the shell's own business. */
const OURS = /^(nft|iptables|iptables-save|conntrack|ip|sysctl)$/;

/** What a command may say although it is well formed: what it names is not there. */
const ABSENT =
	/there is no (table|chain|rule|set|map|element)|No chain\/target\/match|does a matching rule exist|0 flow entries|unreachable|Cannot find device|events are shown|such conntrack|already exists|File exists|No such process|Cannot assign/;

/** Commands that only watch, or look at what a scenario's host has none of: they are not run. */
const WATCHES = /^(nft\s+monitor|ip\s+(netns|neigh|-s|-d|monitor|rule)|conntrack\s+(-E|--event))\b/;

function commandFaults(fence: Fence, worlds: readonly Played[]): Fault[] {
	const faults: Fault[] = [];
	// A block's commands build on one another, on each host by itself.
	const hosts = worlds.flatMap((played) => [...played.world.hosts.keys()].map((host) => ({ played, host })));
	for (const { line, command } of commandLines(fence)) {
		if (!OURS.test(command.split(/\s/)[0]!) || WATCHES.test(command)) continue;
		const said = hosts.map(({ played, host }) => runInConsole(played, command, host));
		const fine = said.some(({ exit, lines }) => exit === 0 || lines.some((text) => ABSENT.test(text)));
		if (!fine)
			faults.push({
				line,
				message: `\`${command}\`: ${said[0]?.lines.join(' ')}`
			});
	}
	return faults;
}

/** The simple commands of a block: comments, prompts, pipes and what runs a command elsewhere are taken off. */
function commandLines(fence: Fence): { line: number; command: string }[] {
	const found: { line: number; command: string }[] = [];
	let pending = '';
	fence.body.split('\n').forEach((text, index) => {
		const whole = pending + text;
		if (whole.endsWith('\\')) {
			pending = whole.slice(0, -1);
			return;
		}
		pending = '';
		for (const one of whole.split(/&&|;(?=\s+(?:nft|iptables|conntrack|ip|sysctl)\b)/)) {
			const command = one
				.replace(/(^|\s)#.*$/, '')
				.replace(/\s[|>].*$/, '')
				.trim()
				.replace(/^\$\s+/, '')
				.replace(/^(sudo|watch(\s+-\S+)*|ip\s+netns\s+exec\s+\S+)\s+/, '');
			if (command !== '') found.push({ line: fence.line + 1 + index, command });
		}
	});
	return found;
}
