/**
 * The doors of the generated parser: a restore text into lines, a command into words, a word
 * into a value.
 */
import { parseLooseAddress } from '../../packet';
import { parse } from './grammar.generated.js';
import { ICMP_TYPES, PROTOCOLS, SERVICES, TCP_FLAGS, TOS_NAMES } from './names';
import { GROUPS, USERS } from '../users';
import { Refusal, type ExitStatus } from './refusal';

/** A word of the text, quotes taken off; `from` and `to` are offsets of it as written. */
export interface Word {
	readonly text: string;
	readonly from: number;
	readonly to: number;
	/** Some of it stood in quotes. */
	readonly quoted: boolean;
	/** Every quote that was opened was closed. */
	readonly closed: boolean;
}

export interface CounterWord {
	readonly packets: number;
	readonly bytes: number;
	readonly from: number;
	readonly to: number;
}

export interface RestoreLine {
	readonly kind: 'blank' | 'comment' | 'table' | 'chain' | 'commit' | 'rule';
	readonly from: number;
	readonly to: number;
	readonly words: readonly Word[];
	/** `[5:6]` before a rule. */
	readonly counters?: CounterWord | null;
}

/** What an option's argument is read with: start rules of the grammar. */
export type ValueRule =
	| 'Addresses'
	| 'HostMask'
	| 'HostNetwork'
	| 'Host'
	| 'AddressRange'
	| 'NatRange'
	| 'MasqueradePorts'
	| 'PortRange'
	| 'LoosePortRange'
	| 'PortList'
	| 'Number'
	| 'Long'
	| 'NumberRange'
	| 'MssRange'
	| 'LengthRange'
	| 'LongRange'
	| 'Short'
	| 'NodeCount'
	| 'Byte'
	| 'U32'
	| 'Tos'
	| 'Dscp'
	| 'Ect'
	| 'Mark'
	| 'States'
	| 'ConntrackStates'
	| 'ConntrackStatuses'
	| 'Direction'
	| 'TcpFlags'
	| 'IcmpType'
	| 'AddressTypes'
	| 'Rate'
	| 'HashlimitRate'
	| 'HashlimitBurst'
	| 'Probability'
	| 'SetDirections'
	| 'Interface'
	| 'Text'
	| 'Protocol'
	| 'UserRange'
	| 'GroupRange'
	| 'ChainName'
	| 'SetAddresses'
	| 'SetPorts'
	| 'SetAddressRange'
	| 'SetPortRange';

interface PeggyError extends Error {
	readonly expected:
		| readonly { readonly type: string; readonly description?: string; readonly text?: string }[]
		| null;
	readonly found: string | null;
	readonly location: {
		readonly start: { readonly offset: number };
		readonly end: { readonly offset: number };
	};
}

/** What the grammar asks for: names of every kind, and how an address is read. */
const GIVEN = {
	looseAddress: parseLooseAddress,
	services: SERVICES,
	protocols: PROTOCOLS,
	tcpFlags: TCP_FLAGS,
	icmpTypes: ICMP_TYPES,
	tosNames: TOS_NAMES,
	users: USERS,
	groups: GROUPS
};

/** Every text has a reading as lines: what is wrong with them is for later. */
export function parseRestore(text: string): readonly RestoreLine[] {
	return parse(text, { startRule: 'Restore' }) as RestoreLine[];
}

/** The words of a command, split as a shell would. */
export function parseCommand(text: string): readonly Word[] {
	return parse(text, { startRule: 'Command' }) as Word[];
}

/**
 * The value of a word, read with a rule of the grammar.
 * @throws {Refusal} that points into the word and says what was expected.
 */
export function parseValue(rule: ValueRule, word: Word, exit: ExitStatus = 2): unknown {
	try {
		return parse(word.text, { startRule: rule, ...GIVEN }) as unknown;
	} catch (error) {
		throw refusalOf(error as PeggyError, word, exit);
	}
}

function refusalOf(error: PeggyError, word: Word, exit: ExitStatus): Refusal {
	const shift = word.from + (word.quoted ? 1 : 0);
	const start = error.location.start.offset;
	const from = Math.min(shift + start, Math.max(word.to - 1, word.from));
	if (error.expected === null) return new Refusal(error.message, from, word.to, exit);
	const expected = [...new Set(error.expected.map(describe))];
	const last = expected.pop() ?? '';
	const list = expected.length > 0 ? `${expected.join(', ')} or ${last}` : last;
	const rest = word.text.slice(start);
	const found = rest === '' ? 'the end of the word' : `\`${rest}\``;
	return new Refusal(`expected ${list}, found ${found}`, from, word.to, exit);
}

function describe(expectation: NonNullable<PeggyError['expected']>[number]): string {
	switch (expectation.type) {
		case 'literal':
			return `\`${expectation.text ?? ''}\``;
		case 'other':
			return expectation.description ?? '';
		case 'end':
			return 'the end of the word';
		default:
			return 'another character';
	}
}
