/** Words of going through time and of branches, in English. */
import { shortly } from './step-shortly';
import type { TimeWords } from './time';

export const en: TimeWords = {
	tools: 'Jump and try out',
	unit: { packet: 'Packet', hook: 'Hook', change: 'Table' },
	next: { packet: 'Next packet', hook: 'Next hook', change: 'Next change of the table' },
	previous: {
		packet: 'Previous packet',
		hook: 'Previous hook',
		change: 'Previous change of the table'
	},
	tryOut: 'What if …',
	shortcuts: 'Keyboard shortcuts',
	branch: 'Branch',
	forget: 'Forget this branch',
	unloaded: 'This part could not be loaded. Try again.',
	branchName({ difference }) {
		if (!difference) return 'As it was';
		if (difference.kind === 'rules') return `Other rules on ${difference.hosts.join(', ')}`;
		const { at, steps, meanwhile, rest } = difference.insertion;
		const [first] = steps;
		const what = first
			? shortly(first, {
					answer: 'answer',
					seconds: (n) => `${n} s pass`,
					goes: (n) => `packet of step ${n} goes on`
				})
			: 'nothing';
		const more = steps.length > 1 ? ` and ${steps.length - 1} more` : '';
		const when = meanwhile ? `While step ${at} waits` : at === 0 ? 'First' : `After step ${at}`;
		return `${when}: ${what}${more}${rest === 'left' ? ', then nothing' : ''}`;
	}
};
