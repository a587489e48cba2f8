/** A scenario's hosts and wires, as they are drawn. */
import type { Scenario } from '$lib/scenario/scenario';
import type { Network } from '../geometry/network-layout';

export function networkOf(scenario: Scenario): Network {
	return {
		hosts: Object.entries(scenario.hosts).map(([name, spec]) => ({
			name,
			label: spec.label ?? name,
			kind: spec.kind,
			interfaces: Object.entries(spec.interfaces).map(([device, { address }]) => ({
				name: device,
				addresses: address === undefined ? [] : [address].flat()
			}))
		})),
		links: scenario.links
	};
}
