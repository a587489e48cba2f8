/**
 * Commands that take effect as one, as the lines of a table in `iptables-restore` do: the kernel looks at the whole when
 * it is committed, once, not after each of them.
 */
import { commitFaults, type CommitFault } from '../commit-check';
import type { Rule, Table } from '../ruleset';
import type { ReadCommand } from './reader';
import { Refusal } from './refusal';
import type { SharedTables } from './shared';

/** The words of a command that a fault is about, or else all of it. */
const refusedAt = (
	message: string,
	extension: string | undefined,
	{ chainWord, targetWord, extensionWords }: ReadCommand
): Refusal => {
	const named = extension === undefined ? undefined : extensionWords.get(extension);
	const word = named ?? targetWord ?? chainWord;
	return new Refusal(message, word?.from ?? null, word?.to ?? null, 4);
};

const elsewhere = ({ chain, message }: CommitFault): string =>
	`in chain \`${chain.name}\`: ${message}`;

/** What is wrong with a table after one command, at the words of that command. */
export function faultOfCommand(fault: CommitFault, command: ReadCommand): Refusal {
	if (fault.chain.name === command.chain) return refusedAt(fault.message, fault.extension, command);
	return refusedAt(elsewhere(fault), undefined, command);
}

export class Transaction {
	/** By handle. */
	private readonly makers = new Map<number, ReadCommand>();

	constructor(readonly shared: SharedTables) {}

	/** The command has made the rule. */
	made({ handle }: Rule, command: ReadCommand): void {
		this.makers.set(handle, command);
	}

	/** All that is wrong with the table as it would be, each at the command that made the rule. */
	check(table: Table): readonly Refusal[] {
		return commitFaults(table).map((fault) => {
			const { rule, extension, from, message } = fault;
			const maker = this.makers.get(rule.handle);
			if (!maker) return new Refusal(elsewhere(fault), null, null, 4);
			const said = from ? `chain \`${from.name}\` leads here: ${message}` : message;
			return refusedAt(said, extension, maker);
		});
	}
}
