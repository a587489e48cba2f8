/**
 * What stands in the form for rules, kept for as long as the tab lives. Where storage is closed or full it is not, and
 * everything else goes on.
 */
import * as v from 'valibot';
import {
	networks,
	usualChoices,
	type Choices,
	type PastedLanguage,
	type ReadyNetwork
} from '../networks';

type NetworkId = ReadyNetwork['id'];

export interface Draft {
	readonly text: string;
	readonly written: PastedLanguage | 'auto';
	readonly chosen: NetworkId;
	/** Of each network, by its id. */
	readonly every: Readonly<Record<string, Choices>>;
}

const KEY = 'conntrack-lab:rules';

/** The choices that one network has, no others. */
function choicesOf(network: ReadyNetwork): v.GenericSchema<Choices> {
	const { devices, addresses, behind } = usualChoices(network);
	const same = (fields: object) =>
		v.object(Object.fromEntries(Object.keys(fields).map((key) => [key, v.string()])));
	return v.object({
		devices: same(devices),
		addresses: same(addresses),
		behind: same(behind),
		port: v.number(),
		flows: v.array(v.picklist(network.flows.map(({ id }) => id)))
	});
}

const shape = v.object({
	text: v.string(),
	written: v.picklist(['auto', 'nft', 'iptables', 'ipset']),
	chosen: v.picklist(networks.map(({ id }) => id)),
	every: v.object(Object.fromEntries(networks.map((one) => [one.id, choicesOf(one)])))
});

/** What was kept; `null` where there is nothing that can be read. */
export function readDraft(): Draft | null {
	try {
		return v.parse(shape, JSON.parse(sessionStorage.getItem(KEY) ?? 'null'));
	} catch {
		return null;
	}
}

export function keepDraft(draft: Draft): void {
	try {
		sessionStorage.setItem(KEY, JSON.stringify(draft));
	} catch {
		// Closed or full.
	}
}
