/** What the engine says about a state of the gallery: what its views have to show, whatever they look like. */
import type { Packet } from '../../src/lib/engine';
import { formatAddress } from '../../src/lib/engine';
import { stopOf, type State } from '../../src/lib/lab/gallery/states';
import { recordingOf } from '../../src/lib/lab/model/recording';
import { listTable } from '../../src/lib/scenario/observe';
import { asText } from '../../src/lib/scenario/scenario';
import { runTimeline } from '../../src/lib/timeline/run';

export interface Oracle {
	/** Each host with its addresses. */
	readonly hosts: readonly (readonly string[])[];
	/** Station names of the gateway with their priorities, hook by hook; only of hooks that the packet visits. */
	readonly stations: readonly string[];
	/** Addresses and ports of the packet at hand. */
	readonly packet: readonly string[];
	/** Lines of `conntrack -L`. */
	readonly table: readonly string[];
	readonly rules: readonly string[];
	readonly stops: number;
}

function packetWords({ ip, l4 }: Packet): string[] {
	const words = [
		`src.*${formatAddress(ip.src)}`,
		`dst.*${formatAddress(ip.dst)}`,
		`ttl.*${ip.ttl}`
	];
	if ('sport' in l4 && 'dport' in l4)
		words.push(`sport.*${String(l4.sport)}`, `dport.*${String(l4.dport)}`);
	return words;
}

/** Runs the state's scenario and looks at it where the gallery stands. */
export function oracleOf(state: State): Oracle {
	const scenario = state.scenario();
	const timeline = runTimeline(scenario);
	const recording = recordingOf(timeline);
	const at = stopOf(state, recording)!;
	const stop = recording.stops[at - 1];
	timeline.goTo(stop?.cursor ?? 0);
	const name = Object.keys(scenario.hosts).find((one) => scenario.hosts[one]!.kind === 'linux')!;
	const host = timeline.world.hosts.get(name)!;
	const event = stop ? recording.events[stop.focus]! : null;
	const hook = event?.kind === 'station' ? event.station.hook : null;
	return {
		hosts: Object.entries(scenario.hosts).map(([one, { interfaces }]) => [
			one,
			...Object.values(interfaces).flatMap(({ address }) => (address ? [address].flat() : []))
		]),
		stations:
			hook && event && 'host' in event && event.host === name
				? host.stations[hook].flatMap(({ kind, name: station }) =>
						kind === 'chain' ? [station] : kind === 'conntrack' ? ['conntrack'] : []
					)
				: [],
		packet: event && 'packet' in event ? packetWords(event.packet) : [],
		table: listTable(host, timeline.world.now),
		rules: (['nft', 'iptables'] as const).flatMap((language) =>
			asText(scenario.hosts[name]![language])
				.split('\n')
				.map((line) => line.trim())
				.filter((line) => line !== '')
		),
		stops: recording.stops.length
	};
}
