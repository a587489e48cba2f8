/** `iptables -L`, with `-n`, `-v`, `-x` and `--line-numbers`. */
import { formatAddress } from '../../packet';
import { jumpsTo } from '../names-used';
import type { Chain, CounterState, Rule, Ruleset } from '../ruleset';
import type { TableName } from './builtin';
import { MATCHES, TARGETS } from './extensions';
import { protocolName } from './names';
import { incompatibleLine } from './print';
import { formRead } from './read-nft';
import type { AddressMatch, InterfaceMatch, IptablesRule } from './rule';
import { findTable, listedChains, tellsOfMore } from './tables';
import { maskText } from './text';
import { counterOf } from './translate';

export interface ListOptions {
	readonly chain: string | null;
	readonly number: number | null;
	readonly numeric: boolean;
	readonly verbose: boolean;
	readonly exact: boolean;
	readonly lineNumbers: boolean;
}

const NOTHING: CounterState = { packets: 0, bytes: 0 };

/**
 * The lines of the list; `null` where the chain is not there. Going through them throws a `Refusal` at a rule of nft's
 * that cannot be read.
 */
export function iptablesList(
	ruleset: Ruleset,
	name: TableName,
	options: ListOptions
): Iterable<string> | null {
	const table = findTable(ruleset, name);
	const listed = listedChains(name, table);
	const { builtin, user } = listed;
	const wanted = (one: { readonly name: string }): boolean =>
		options.chain === null || options.chain === one.name;
	const blocks = [
		...builtin
			.filter(wanted)
			.map(({ name: one, chain }) => block(builtinHead(one, chain, options), chain, options)),
		...user.filter(wanted).map((chain) => {
			const count = jumpsTo(chain.name, table?.chains ?? [], table?.sets ?? []);
			return block(`Chain ${chain.name} (${count} references)`, chain, options);
		})
	];
	if (blocks.length === 0) return null;
	return (function* () {
		if (tellsOfMore(name, listed, options.chain)) yield incompatibleLine(name);
		for (const [i, lines] of blocks.entries()) {
			if (i > 0) yield '';
			yield* lines;
		}
	})();
}

function builtinHead(name: string, chain: Chain | null, options: ListOptions): string {
	const policy = chain?.base?.policy === 'drop' ? 'DROP' : 'ACCEPT';
	const { packets, bytes } = chain?.policyCounter ?? NOTHING;
	const count = (value: number): string => number(value, options.exact);
	const counters = options.verbose ? ` ${count(packets)} packets, ${count(bytes)} bytes` : '';
	return `Chain ${name} (policy ${policy}${counters})`;
}

function* block(head: string, chain: Chain | null, options: ListOptions): Iterable<string> {
	const rules = chain?.rules ?? [];
	if (options.number === null) yield* [head, columns(options)];
	for (const [i, rule] of rules.entries())
		if (options.number === null || options.number === i + 1) yield line(rule, i + 1, options);
}

function columns({ lineNumbers, verbose, exact }: ListOptions): string {
	const number = lineNumbers ? 'num  ' : '';
	const counters = verbose ? (exact ? '    pkts      bytes ' : ' pkts bytes ') : '';
	const names = verbose ? 'in     out     ' : '';
	return `${number}${counters}target     prot opt ${names}source               destination         `;
}

function line(rule: Rule, place: number, options: ListOptions): string {
	const form = formRead(rule);
	const { packets, bytes } = counterOf(rule) ?? NOTHING;
	const parts: string[] = [];
	if (options.lineNumbers) parts.push(String(place).padEnd(4));
	if (options.verbose) {
		const width = options.exact ? 8 : 5;
		parts.push(number(packets, options.exact).padStart(width));
		parts.push(number(bytes, options.exact).padStart(options.exact ? 10 : 5));
	}
	parts.push(targetName(form).padEnd(10), protocol(form, options.numeric).padEnd(4));
	parts.push(form.fragment === undefined ? '-- ' : form.fragment === 'only' ? '-f ' : '!f ');
	if (options.verbose)
		parts.push(name(form.in, options.numeric).padEnd(6), name(form.out, options.numeric).padEnd(7));
	parts.push(address(form.source, options.numeric).padEnd(20));
	parts.push(address(form.destination, options.numeric).padEnd(20));
	if (form.target?.kind === 'goto') parts.push('[goto] ');
	for (const match of form.matches)
		parts.push(MATCHES.get(match.name)!.list(match.options, options.numeric, form));
	if (form.target?.kind === 'extension')
		parts.push(TARGETS.get(form.target.name)!.list(form.target.options, options.numeric, form));
	return parts.join(' ');
}

/** Those that have a name even where numbers are wanted (`xtables_chain_protos`). */
const KNOWN_PROTOCOLS = [0, 1, 6, 17, 50, 51, 58, 132, 135, 136];

/** The rule as `-v` tells what is done with it (`FMT_PRINT_RULE`). */
export function spokenRule(form: IptablesRule): string {
	const fragment = form.fragment === undefined ? '--' : form.fragment === 'only' ? '-f' : '!f';
	const parts = [
		targetName(form),
		protocol(form, !KNOWN_PROTOCOLS.includes(form.protocol?.number ?? 0)),
		`opt ${fragment}`,
		`in ${name(form.in, true)} out ${name(form.out, true)}`,
		`${address(form.source, true)} -> ${address(form.destination, true)}`
	];
	if (form.target?.kind === 'goto') parts.push('[goto]');
	for (const match of form.matches)
		parts.push(MATCHES.get(match.name)!.list(match.options, true, form));
	if (form.target?.kind === 'extension')
		parts.push(TARGETS.get(form.target.name)!.list(form.target.options, true, form));
	return parts.filter((part) => part !== '').join('  ');
}

function targetName({ target }: IptablesRule): string {
	switch (target?.kind) {
		case 'verdict':
			return target.verdict;
		case 'jump':
		case 'goto':
			return target.chain;
		case 'extension':
			// The target's real name is what is listed.
			return target.name === 'NOTRACK' ? 'CT' : target.name;
		default:
			return '';
	}
}

function protocol({ protocol }: IptablesRule, numeric: boolean): string {
	const { number, negated } = protocol ?? { number: 0, negated: false };
	return `${negated ? '!' : ''}${numeric ? number : protocolName(number)}`;
}

function name(match: InterfaceMatch | undefined, numeric: boolean): string {
	if (!match) return numeric ? '*' : 'any';
	return `${match.negated ? '!' : ''}${match.name}`;
}

function address(match: AddressMatch | undefined, numeric: boolean): string {
	if (!match) return numeric ? '0.0.0.0/0' : 'anywhere';
	const mask = maskText(match.mask);
	const whole = mask === '/32';
	const named =
		whole && match.address === 0x7f000001 ? 'localhost' : match.mask === 0 ? 'anywhere' : null;
	const text = (!numeric && named) || `${formatAddress(match.address)}${whole ? '' : mask}`;
	return `${match.negated ? '!' : ''}${text}`;
}

/** Above 99999 in thousands, and so on, unless asked to be exact (`xtables_print_num`). */
function number(value: number, exact: boolean): string {
	if (exact || value <= 99999) return String(value);
	let rest = Math.floor((value + 500) / 1000);
	for (const unit of ['K', 'M', 'G']) {
		if (rest <= 9999) return `${rest}${unit}`;
		rest = Math.floor((rest + 500) / 1000);
	}
	return `${rest}T`;
}
