/** Marks files one by one, away from the page. */
import type { Assignment } from '../circle/assignment';
import { markFile } from '../circle/mark';
import type { Template } from '../format/make';

interface Setup {
	readonly assignment: Assignment;
	readonly templates: readonly (readonly [string, Template])[];
}
interface Job {
	readonly file: string;
	readonly text: string;
}

let setup: { assignment: Assignment; templates: Map<string, Template> } | null = null;

self.onmessage = ({ data }: MessageEvent<Setup | Job>) => {
	if ('templates' in data)
		setup = { assignment: data.assignment, templates: new Map(data.templates) };
	else if (setup)
		self.postMessage(markFile(data.file, data.text, setup.assignment, setup.templates));
};
