import type { Scenario } from '../../src/lib/scenario/scenario';
export function generate(seed: number): Scenario {
	throw new Error(String(seed));
}
