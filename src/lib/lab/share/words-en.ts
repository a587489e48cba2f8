/** What is said about taking a Lab along, in English. */
export const en = {
	link: 'Link',
	linkHere: 'Link to this Lab at this step',
	panel: 'Take this Lab along',
	address: 'Address',
	copied: (what: string) => `The link is copied. ${what}`,
	notCopied: 'The browser did not allow copying. Copy it from here.',
	plain: 'It leads to this page, to this Lab at this step.',
	packed: 'It holds the whole scenario, as it is now, and this step. No server sees it.',
	tooLong: (size: number, most: number) =>
		`This scenario would make a link of ${size} characters, and no more than ${most} are sure to arrive. Save it as a file instead: the page “Your own Lab” opens it.`,
	save: 'Save as a file',
	own: 'Open on a page of its own',
	again: 'Copy again',
	close: 'Close',
	held: (asked: number, limit: number) =>
		`The link leads to step ${asked}. A question on this page comes first: the Lab stands at step ${limit} until it is answered.`,
	beyond: (asked: number, last: number) =>
		`The link leads to step ${asked}, but there are ${last}. You stand at the last one.`,
	goOn: (asked: number) => `Go to step ${asked}`
};
