/** Words of the packet, the table, the network and the hook path in detail, in English. */
/** Made once: it is dear. */
const number = new Intl.NumberFormat('en');
const hex = (from: number, to: number) => (to - from > 1 ? `${from}–${to - 1}` : String(from));

export const en = {
	packet: {
		fields: 'Header fields',
		bytes: 'Bytes',
		length: (count: number) => `${count} bytes`,
		place: (from: number, to: number) => `${to - from > 1 ? 'bytes' : 'byte'} ${hex(from, to)}`,
		hint: 'Point at a field, or go through them with the up and down keys: its bytes light up, and here it says who rewrote it.',
		unchanged: 'Nobody has rewritten it on this walk.',
		asSent: 'As it was sent.',
		recomputed: 'recomputed',
		recomputedBy: (where: string) => `Recomputed ${where}, because of what was rewritten there.`,
		checksum: { good: 'right', bad: 'wrong', none: 'left out' },
		quotes: 'It quotes the packet that it is about:',
		cut: (count: number) => `the last ${count} bytes of it are left out`,
		piece: (from: number, to: number, more: boolean) =>
			`a piece: bytes ${from}–${to} of what follows the header (${more ? 'more follow' : 'the last one'})`,
		copy: 'Copy bytes',
		copied: 'Copied',
		all: (count: number) => `Show all ${count} bytes`,
		atHook: (host: string, hook: string, priority: string) =>
			`on ${host} at ${hook}, priority ${priority}`,
		onHost: (host: string) => `on ${host}`,
		byEntry: 'The entry, without any rule:',
		byRule: 'Decided by the rule',
		intoEntry: 'Written into the entry, which rewrites the packet:',
		clashed:
			'No rule asked for it. The port was taken on the far side, so another was chosen and written into the entry:',
		ofChain: (table: string, chain: string, line: number) => `(in ${table} ${chain}, rule ${line})`,
		/** At the end of a sentence. */
		stop: '.',
		setBy: 'Set by the rule',
		setByChain: 'Set in a chain.',
		helper: (name: string) => `Rewritten by the helper ${name} of`,
		sequence: 'Moved with the data that a helper rewrote, as noted in',
		defrag: 'The pieces were put together.',
		forward: 'Forwarding counts the TTL down by one.',
		entry: (id: number) => `entry #${id}`,
		toRow: (id: number) => `entry #${id}: go to its row`,
		changed: (was: string, now: string) => `${was} → ${now}`
	},
	table: {
		filter: 'Filter',
		filterHint: 'address, port, state … or dport=80',
		filterHelp:
			'Words that all have to be in the entry. As key=value: src, dst, sport, dport, proto, state, mark, zone, id, helper, status.',
		shown: (shown: number, of: number) => `${shown} of ${of} entries`,
		noneMatches: 'No entry matches the filter.',
		unknownKey: (key: string) => `There is no key “${key}”.`,
		usage: (count: number, max: number) =>
			`${number.format(count)} of at most ${number.format(max)} (nf_conntrack_max)`,
		full: 'The table is full: a packet that would need a new entry is dropped.',
		empty: 'No entry. Nothing is tracked here yet.',
		turned: 'The reply tuple is the original turned round.',
		turnedWith: (what: readonly string[]) =>
			`The reply tuple is the original turned round, with ${what.join(', ')} written in.`,
		instead: (text: string) => `instead of ${text}`,
		counters: (packets: number, bytes: number) => `${packets} packets, ${bytes} bytes`,
		/** Each direction’s name, and what was counted in it. */
		counted: (...ways: readonly (readonly [way: string, count: string])[]) =>
			ways.map(([way, count]) => `${way}: ${count}`).join('; '),
		zone: (zone: string) => `zone ${zone}`,
		expectedBy: (id: number) => `expected by #${id}`,
		helper: (name: string) => `helper ${name}`,
		expectations: 'Expected',
		expectation: (from: string, to: string) => `${from} → ${to}`,
		any: 'any port',
		of: (id: number) => `of entry #${id}`,
		seconds: 'left',
		list: 'As a list',
		log: 'As a log',
		listCommand: 'conntrack -L',
		logCommand: 'conntrack -E',
		logEmpty: 'Nothing has been reported yet.',
		listEmpty: 'The list is empty.',
		earlier: (count: number) => `${count} earlier lines are copied too`,
		more: (count: number) => `${count} more lines are copied too`,
		copyList: 'Copy list',
		copyLog: 'Copy log',
		copied: 'Copied',
		jump: 'To the entry of this packet',
		bits: {
			EXPECTED: 'foretold by a helper',
			SEEN_REPLY: 'packets have been seen both ways',
			UNREPLIED: 'no reply has been seen',
			ASSURED: 'not to be thrown out early',
			CONFIRMED: 'in the table',
			SRC_NAT: 'the source is translated',
			DST_NAT: 'the destination is translated',
			SEQ_ADJUST: 'sequence numbers are moved',
			SRC_NAT_DONE: 'the source has been decided',
			DST_NAT_DONE: 'the destination has been decided',
			DYING: 'going',
			FIXED_TIMEOUT: 'its time does not begin anew',
			TEMPLATE: 'template',
			NAT_CLASH: 'lost a race for its tuple',
			HELPER: 'its helper was given by a rule'
		} as Readonly<Record<string, string>>
	},
	network: {
		waiting: 'waiting',
		held: 'held',
		heldOn: (name: string, host: string, hook: string) => `${name} is held on ${host} in ${hook}`,
		walking: (name: string, host: string) => `${name} is inside ${host}`,
		copies: 'A copy went to everybody on this wire.',
		more: (count: number) => `and ${count} more`,
		noAddress: 'no address',
		packets: 'Packets on their way',
		onWire: (name: string, from: string, to: string) => `${name} goes from ${from} to ${to}`,
		lost: (name: string, from: string) => `${name} left ${from}; nobody took it`,
		inHost: (name: string, host: string) => `${name} is in ${host}`
	},
	path: {
		unmatched: (count: number) =>
			count === 1 ? '1 rule does not match' : `${count} rules that do not match`,
		folded: (count: number) => (count === 1 ? '1 more rule' : `${count} more rules`),
		chains: (count: number) =>
			count === 1
				? '1 more chain, which no packet comes to'
				: `${count} more chains, which no packet comes to`,
		open: 'Show all',
		close: 'Show less',
		openOf: (station: string) => `Show all rules of ${station}`,
		closeOf: (station: string) => `Show fewer rules of ${station}`,
		held: (name: string) => `${name} is held here`,
		waits: (name: string) => `${name} stands here`,
		loopback: 'over loopback',
		noRules: 'This host has no rules: only connection tracking works here.',
		choose: 'Host'
	}
};
