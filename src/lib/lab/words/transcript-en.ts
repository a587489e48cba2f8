/** What the transcript says, in English. */
export const en = {
	region: 'In words',
	lead: 'Every step of the walk, as a table.',
	table: 'Steps',
	columns: {
		number: 'No.',
		step: 'Packet',
		time: 'Time',
		place: 'Where',
		sentence: 'What happens',
		packet: 'The packet'
	},
	/** Column names of the file for spreadsheets. */
	csv: {
		number: 'number',
		step: 'scenario step',
		time: 'seconds',
		host: 'host',
		hook: 'hook',
		station: 'station',
		direction: 'direction',
		sentence: 'what happens',
		before: 'packet before',
		after: 'packet after'
	},
	group: (step: number, total: number) => `Step ${step} of ${total}`,
	before: 'was',
	after: 'now',
	go: (at: number) => `Go to step ${at}`,
	now: 'you are here',
	copy: 'Copy as text',
	copied: 'Copied',
	text: 'Text file',
	spreadsheet: 'CSV',
	page: (from: number, to: number, of: number) => `Steps ${from} to ${to} of ${of}`,
	earlier: 'Earlier',
	later: 'Later',
	empty: 'Nothing happens in this scenario.',
	more: 'What comes next is behind the question on this page.'
};

export type TranscriptWords = typeof en;
