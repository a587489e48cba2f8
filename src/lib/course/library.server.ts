import { checkScenario, type Scenario } from '$lib/scenario/scenario';
import type { Library } from './build/expand';

const files = import.meta.glob<unknown>('/content/scenarios/*.json', {
	eager: true,
	import: 'default'
});

/** The scenarios of content/scenarios, for facts that pages other than lessons are filled with. */
export const library: Library = {
	scenario(name: string): Scenario {
		const checked = checkScenario(files[`/content/scenarios/${name}.json`]);
		if (checked.ok) return checked.scenario;
		throw new Error(`no valid scenario ${name}`);
	}
};
