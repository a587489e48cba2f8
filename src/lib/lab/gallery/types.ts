import type { EngineEvent } from '$lib/engine';
import type { Scenario } from '$lib/scenario/scenario';
import type { Texts } from '../networks';
import type { ViewName } from '../views/names';

/** A state of the Lab's views: what leads to it, where in it to stand, and what there is to see. */
export interface State {
	/** Also its anchor on the page. */
	readonly id: string;
	readonly name: Texts;
	/** What must be seen in it. */
	readonly about: Texts;
	readonly scenario: () => Scenario;
	/** The stop to stand at: the last one of which this is true, `'start'` or `'end'`. */
	readonly at: ((event: EngineEvent) => boolean) | 'start' | 'end';
	/** Large: not drawn unless somebody asks for it. */
	readonly heavy?: true;
	/** Which views are open; unless it says otherwise, all. */
	readonly views?: readonly ViewName[];
}
