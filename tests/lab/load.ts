import { readFileSync } from 'node:fs';
import type { Recording } from '$lib/lab/model/recording';
import { recordingOf } from '$lib/lab/model/recording';
import { runTimeline } from '$lib/timeline/run';
import { tellingAt } from '$lib/lab/model/telling';
import type { Telling } from '$lib/lab/words/facts';
import { checkScenario, type Scenario } from '$lib/scenario/scenario';

/** Runs a scenario and looks at all of it. Throws a `ScenarioFault` when its rules cannot be read. */
export function record(given: Scenario): Recording {
	return recordingOf(runTimeline(given));
}

/** A scenario of the lessons, by its file's name. */
export function lessonScenario(name: string): Scenario {
	return scenario(JSON.parse(readFileSync(`content/scenarios/${name}.json`, 'utf8')));
}

/** A scenario written in a test; one that is none fails the test. */
export function scenario(json: unknown): Scenario {
	const checked = checkScenario(json);
	if (!checked.ok) throw new Error(JSON.stringify(checked.errors));
	return checked.scenario;
}

/** A gateway between a client and a server, with these rules and steps. */
export function gateway(nft: string, steps: unknown[], more: object = {}): Scenario {
	return scenario({
		version: 1,
		hosts: {
			client: {
				kind: 'wire',
				interfaces: { eth0: { address: '198.51.100.10/24', via: '198.51.100.1' } }
			},
			gateway: {
				kind: 'linux',
				interfaces: { ext: { address: '198.51.100.1/24' }, int: { address: '10.0.0.1/24' } },
				sysctl: { 'net.ipv4.ip_forward': 1 },
				nft,
				...more
			},
			server: { kind: 'wire', interfaces: { eth0: { address: '10.0.0.2/24', via: '10.0.0.1' } } }
		},
		links: [
			['client/eth0', 'gateway/ext'],
			['server/eth0', 'gateway/int']
		],
		steps
	});
}

/** A segment from the client. */
export const syn = (dst: string, dport: number) => ({
	send: {
		from: 'client/eth0',
		packet: { ip: { src: '198.51.100.10', dst }, tcp: { sport: 40000, dport, flags: 'S', seq: 1 } }
	}
});

/** What the sentences of each stop are told from, the start included. */
export function tellings(recording: Recording): Telling[] {
	return [null, ...recording.stops].map((_, at) => tellingAt(recording, at));
}
