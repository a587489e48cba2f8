import { both } from './both';

/** The site in English. Its shape is the shape of every other language: a missing key is a type error. */
export const en = {
	...both.en,
	header: {
		skip: 'Skip to content',
		home: 'Conntrack Lab, home',
		/** Says, in the other language, that this page can be read in it. */
		twin: '简体中文',
		nav: 'Site',
		lab: 'Lab'
	},
	theme: {
		label: 'Theme',
		auto: 'Auto',
		light: 'Light',
		dark: 'Dark'
	},
	home: {
		title: 'Walk a packet through Linux',
		lead: 'Each lesson is a page of prose with a live network in it. You put a packet on the wire and walk it, hook by hook, through a Linux gateway: which chains are asked, which are passed over and why, what the connection tracking table says before and after, and where an address is rewritten.',
		proof:
			'Nothing here is a recorded film. An engine in the page does what Linux does, and it is held against the real kernel, packet by packet. Go back, jump, change a rule, and see what follows.',
		start: 'Start the first lesson',
		lessons: 'Lessons',
		points: [
			{
				title: 'Step, and step back',
				text: 'Every station of the hook path, forwards and backwards, by mouse or by keyboard.'
			},
			{
				title: 'Change the rules',
				text: 'The nft rules are live text. Switch one off or change a port, and the walk runs anew.'
			},
			{
				title: 'Say it first',
				text: 'A question before the answer: what you predicted wrongly is what you will remember.'
			}
		]
	},
	roundTrip: {
		label:
			'A request from the client to 198.51.100.1, port 80, leaves the gateway for 10.0.0.2, port 8080. The reply from 10.0.0.2 leaves the gateway with the source 198.51.100.1, port 80: the entry in between remembers.',
		client: 'client',
		gateway: 'gateway',
		server: 'server',
		entry: 'the entry remembers'
	},
	lesson: {
		minutes: (minutes: number) => `${minutes} min`,
		number: (number: number) => `Lesson ${number}`,
		buildsOn: 'Builds on',
		misconception: 'Many think',
		terms: 'Terms',
		contents: 'On this page',
		next: 'Next lesson',
		previous: 'Previous lesson',
		all: 'All lessons',
		turn: 'Other lessons',
		/** Between the items of a list in one line. */
		separator: ', ',
		colon: ': '
	},
	question: {
		label: 'Before you go on',
		check: 'Check',
		choose: 'Choose an answer first.',
		right: 'Right.',
		wrong: 'Not so.',
		answer: 'Show the answer'
	},
	repair: { label: 'Repair it' },
	summary: { title: 'Summary' },
	nav: {
		lessons: 'Lessons',
		exercises: 'Exercises',
		reference: 'Reference',
		glossary: 'Glossary',
		progress: 'Progress'
	},
	reference: {
		title: 'Reference',
		lead: 'To look things up: hooks and priorities, states, timeouts, the table, both rule languages, and a sheet to print.',
		print: 'Print'
	},
	search: {
		open: 'Search',
		label: 'Search lessons, terms and the reference',
		close: 'Close',
		hint: 'In lessons, terms and the reference. Arrow keys walk through what is found.',
		loading: 'Fetching the index …',
		failed: 'The index could not be fetched.',
		found: (count: number) =>
			count === 0 ? 'Nothing found.' : count === 1 ? '1 place found.' : `${count} places found.`,
		kinds: { lesson: 'Lesson', term: 'Term', reference: 'Reference' }
	},
	map: {
		title: 'Map of the course',
		lead: 'What builds on what. Start anywhere: a lesson names those that it leans on.',
		open: 'See what builds on what'
	},
	progress: {
		title: 'Your progress',
		lead: 'What you have read, predicted and repaired. It is kept in this browser, and nobody else sees it.',
		read: 'read',
		predicted: (right: number, answered: number) => `${right} of ${answered} predicted`,
		repaired: 'repaired',
		haveRead: 'I have read this lesson',
		notKept:
			'This browser does not let the site keep anything: your progress is gone when you leave.',
		unread: (problem: string) =>
			`What was kept here cannot be read${problem && ` (${problem})`}. It has been put aside; nothing is overwritten. Save it, and then wipe it.`,
		problem: (path: string, what: string) => (path ? `${path}: ${what}` : what),
		saveUnread: 'Save what cannot be read',
		tally: (read: number, predicted: number, repaired: number, all: number) =>
			`Of ${all} lessons: ${read} read, ${predicted} with predictions, ${repaired} repaired.`,
		yours: 'It is yours',
		where:
			'Export it to go on in another browser. What you import is added to what is here; nothing is lost by it.',
		export: 'Export',
		import: 'Import …',
		wipe: 'Wipe',
		keep: 'Keep it',
		sure: 'Wipe all that this browser knows of your progress? It cannot be undone.',
		wiped: 'Wiped.',
		brought: (count: number) =>
			count === 1 ? 'Taken in: 1 lesson.' : `Taken in: ${count} lessons.`,
		notRead: (name: string, problem: string) =>
			`${name} is no progress of this site${problem && ` (${problem})`}. Nothing was changed.`,
		needsScript: 'Progress is kept by scripts, which are off in this browser.'
	},
	glossary: {
		title: 'Glossary',
		lead: 'What the words of this course mean, each in a sentence or two. In a lesson, a word with dots below opens its meaning in place.',
		lesson: (number: number, title: string) => `Lesson ${number}: ${title}`,
		see: 'See also',
		inGlossary: 'In the glossary',
		close: 'Close'
	},
	callout: { note: 'Note', warning: 'Careful', myth: 'Why people think otherwise' },
	footer: {
		licence: 'Free software under the MIT licence',
		gallery: 'Gallery'
	}
};
