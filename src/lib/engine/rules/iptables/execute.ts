/**
 * What each command does to a ruleset. The same for `iptables …` and for the lines of
 * `iptables-restore`; listing is apart (`list.ts`, `print.ts`).
 */
import type { Ruleset } from '../ruleset';
import { ChainCommand } from './execute-chain';
import { ContentCommand } from './execute-content';
import { RuleCommand } from './execute-rule';
import type { ReadCommand } from './reader';
import type { ExecuteOptions } from './table-command';

/**
 * The ruleset after the command. Nothing is changed in place but counters of rules that nft
 * put there (`-Z`), and those through the journal.
 * @throws {Refusal}
 */
export function execute(ruleset: Ruleset, command: ReadCommand, options: ExecuteOptions): Ruleset {
	switch (command.name) {
		case 'append':
		case 'insert':
		case 'delete':
		case 'replace':
		case 'check':
			return new RuleCommand(ruleset, command, options).run();
		case 'flush':
			return new ContentCommand(ruleset, command, options).flush();
		case 'zero':
			return new ContentCommand(ruleset, command, options).zero();
		case 'list':
			return command.alsoZero
				? new ContentCommand(ruleset, command, options).zeroListed()
				: ruleset;
		case 'new-chain':
			return new ChainCommand(ruleset, command, options).make();
		case 'delete-chain':
			return new ChainCommand(ruleset, command, options).delete();
		case 'policy':
			return new ChainCommand(ruleset, command, options).setPolicy();
		case 'rename-chain':
			return new ChainCommand(ruleset, command, options).rename();
		default:
			return ruleset;
	}
}
