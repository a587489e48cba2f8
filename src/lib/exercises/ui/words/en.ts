import { beforeEn } from './before';

/** Words of the exercises' pages in English. Its shape is the shape of the other language. */
export const en = {
	...beforeEn,
	title: 'Exercises',
	lead: 'Each is checked by the engine: what you change, send or foretell is run, and what follows from it decides.',
	kinds: {
		predict: 'Predict',
		trace: 'Trace',
		'fill-in': 'Fill in',
		repair: 'Repair',
		construct: 'Construct',
		diagnose: 'Diagnose'
	},
	grade: 'Grade',
	grades: { 1: 'Grade 1: first steps', 2: 'Grade 2: put together', 3: 'Grade 3: to think about' },
	belongsTo: 'Lesson:',
	all: 'All exercises',
	forTeachers: 'Set and mark exercises',
	solvedMark: 'solved',
	check: 'Check',
	reset: 'Start over',
	hint: 'Show a hint',
	hintNumber: (n: number) => `Hint ${n}`,
	solution: 'Show the solution',
	solutionNote: 'A solution that was shown never counts as solved.',
	solved: 'Solved.',
	solvedShown: 'That is right. The solution had been shown, so it does not count as solved.',
	notSolved: 'Not solved yet.',
	over: 'No tries are left.',
	held: {
		unread: 'Not checked: a line above cannot be read.',
		long: 'Not checked: it is too long.'
	},
	solvedUncounted: 'That is right, but does not count.',
	logFull: 'Your log is full: what is checked from here on does not count.',
	tries: (n: number, most: number) =>
		most > 0 ? `Tries: ${n} of ${most}` : n === 1 ? '1 try' : `${n} tries`,
	goals: 'What has to hold',
	hiddenCase: (n: number) => `Further case ${n}`,
	hiddenNote: (n: number) =>
		n === 1
			? 'One further case is run when you check, with other packets.'
			: `${n} further cases are run when you check, with other packets.`,
	met: 'met',
	unmet: 'not met',
	open: 'open',
	right: 'right',
	wrong: 'not so',
	cannot: 'This cannot be run:',
	network: 'The network',
	hosts: 'Hosts',
	rulesOf: (host: string) => `Rules of ${host}`,
	packets: 'What happens',
	play: 'Run it in the Lab',
	lab: 'In the Lab',
	labLater:
		'The network can be stepped through once it is solved, the solution is shown, or no tries are left.',
	parts: {
		nft: 'nft rules',
		iptables: 'iptables rules',
		ipset: 'ipsets',
		sysctl: 'sysctl, one `name = value` a line',
		routes: 'routes, one `PREFIX via ADDRESS` or `PREFIX dev NAME` a line'
	},
	editorOf: (host: string, part: string) => `${host}: ${part}`,
	sysctlLine: (n: number) => `line ${n}: expected name = value`,
	routeLine: (n: number) => `line ${n}: expected PREFIX via ADDRESS, or PREFIX dev NAME`,
	trace: {
		at: (hook: string, station: string) => `${hook}: ${station}`,
		/** What the engine names otherwise. */
		names: {} as Record<string, string | undefined>,
		pool: 'Stations',
		poolHelp: 'Choose the stations in the order in which they do something with the packet.',
		order: 'The packet’s way',
		none: 'Nothing chosen yet.',
		add: (name: string) => `Add ${name}`,
		remove: (name: string) => `Take out ${name}`,
		up: (name: string) => `Move ${name} up`,
		down: (name: string) => `Move ${name} down`,
		rewritten: (field: string) => `Where is \`${field}\` rewritten?`,
		choose: 'Choose …',
		nowhere: 'Nowhere'
	},
	field: (line: number, field: string) => `Line ${line}, ${field}`,
	flagsHelp: 'Flags: [UNREPLIED], [ASSURED], both, or nothing.',
	construct: {
		actions: 'Actions',
		done: 'Done so far',
		none: 'Nothing has been done yet.',
		undo: 'Take the last one back',
		left: (n: number) => (n === 1 ? '1 action left' : `${n} actions left`)
	},
	evidence: {
		events: (on: string) => `conntrack -E on ${on}`,
		table: (on: string) => `conntrack -L on ${on}`,
		trace: (on: string) => `nft monitor trace on ${on}`,
		arrivals: (on: string) => `What came out at ${on}`,
		rules: (on: string) => `The rules of ${on}`,
		stats: (on: string) => `conntrack -S on ${on}`,
		empty: '(nothing)'
	},
	answer: 'Answer'
};
