/** The views of a Lab, in the order in which they stand. */
export const ALL_VIEWS = [
	'network',
	'path',
	'packet',
	'table',
	'ladder',
	'tcp',
	'rules',
	'transcript'
] as const;

export type ViewName = (typeof ALL_VIEWS)[number];

/** Those that are open unless whoever embeds the Lab says otherwise. A reader can open the others. */
export const USUAL_VIEWS: readonly ViewName[] = ['network', 'path', 'packet', 'table', 'rules'];
