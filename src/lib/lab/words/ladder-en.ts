/** What the ladder says, in English. */
const END = { src: 'source', dst: 'destination' } as const;

export const en = {
	region: 'Ladder',
	lead: 'Time runs down. Choose a row to go to its step.',
	list: 'What went where',
	more: 'What comes next is behind the question on this page.',
	end: (end: 'src' | 'dst'): string => END[end],
	entry: (id: number) => `entry #${id}`,
	quoted: 'the packet quoted in the error, too',
	now: 'you are here',
	dropped: 'dropped',
	lost: 'nobody takes it',
	held: 'held',
	waiting: 'waits',
	released: 'goes on',
	gathering: (pieces: number) =>
		`${pieces === 1 ? 'a fragment waits' : `${pieces} fragments wait`}`,
	merged: (id: number) => `lost the race: takes entry #${id}`,
	beside: 'lost the race: kept beside the winner',
	delivered: 'delivered to the host itself',
	loop: 'back in by loopback',
	time: (seconds: number) => (seconds === 1 ? '1 second' : `${seconds} seconds`),
	copies: (hosts: readonly string[]) => `copies to ${hosts.join(', ')}`,
	/** For a screen reader: the row in one line. */
	row: {
		arrow: (packet: string, from: string, to: string, src: string, dst: string) =>
			`${packet} from ${from} to ${to}: ${src} → ${dst}`,
		nowhere: (packet: string, from: string, src: string, dst: string) =>
			`${packet} from ${from} to nobody: ${src} → ${dst}`,
		withCopies: (told: string, copies: string) => `${told} (${copies})`,
		rewrite: (host: string, hook: string, changes: readonly string[]) =>
			`${host}, ${hook}: ${changes.join('; ')}`,
		change: (end: 'src' | 'dst', before: string, after: string) =>
			`${END[end]} ${before} becomes ${after}`,
		at: (host: string, what: string) => `${host}: ${what}`
	}
};

export type LadderWords = typeof en;
