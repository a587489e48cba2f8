import { parseAddress, parseInterfaceAddress } from '$lib/engine';
import { bare } from './addresses';
import { balancer } from './balancer';
import { container } from './container';
import { gateway } from './gateway';
import type { Choices, Port, PortId, ReadyNetwork } from './types';

export type { Choices, Flow, Port, PortId, ReadyNetwork, Rules, Texts } from './types';
export { interfacesNamed, recognise, type Pasted, type PastedLanguage } from './recognise';

/** The networks that stand ready for pasted rules. */
export const networks: readonly ReadyNetwork[] = [gateway, container, balancer];

/** What a network is like before anybody changes it. */
export function usualChoices({ ports, port, flows }: ReadyNetwork): Choices {
	const each = (what: (one: Port) => string | undefined) =>
		Object.fromEntries(ports.flatMap((one) => (what(one) ? [[one.id, what(one)]] : [])));
	return {
		devices: each((one) => one.device),
		addresses: each((one) => one.address),
		behind: each((one) => one.behind?.address),
		port,
		flows: flows.filter(({ usual }) => usual).map(({ id }) => id)
	};
}

/** A field of `Choices`, as a form names it: `device outside`, `address inside`, `behind inside`, `port`. */
export type ChoiceField = `${'device' | 'address' | 'behind'} ${PortId}` | 'port';

export type ChoiceFault =
	'name' | 'same name' | 'address' | 'prefix' | 'not inside' | 'taken' | 'overlap' | 'port';

const lengthOf = (address: string): number => Number(address.split('/')[1]);

/** The first bits of an address, as a number. */
const network = (address: string, length: number): number =>
	Math.floor((parseAddress(bare(address)) ?? 0) / 2 ** (32 - length));

/** What is wrong with the choices, by field. */
export function checkChoices(choices: Choices): Partial<Record<ChoiceField, ChoiceFault>> {
	const faults: Partial<Record<ChoiceField, ChoiceFault>> = {};
	const ports = Object.keys(choices.devices) as PortId[];
	for (const [i, id] of ports.entries()) {
		const [device, address] = [choices.devices[id]!, choices.addresses[id]!];
		const earlier = ports.slice(0, i);
		// As the kernel has them (`dev_valid_name`).
		if (!/^[^\s/:]{1,15}$/.test(device) || /^(\.|\.\.|lo)$/.test(device))
			faults[`device ${id}`] = 'name';
		else if (earlier.some((one) => choices.devices[one] === device))
			faults[`device ${id}`] = 'same name';
		if (!address.includes('/') || !parseInterfaceAddress(address))
			faults[`address ${id}`] = 'address';
		else if (lengthOf(address) < 8 || lengthOf(address) > 29) faults[`address ${id}`] = 'prefix';
		else if (
			earlier.some((one) => {
				const other = choices.addresses[one]!;
				const wider = Math.min(lengthOf(address), lengthOf(other));
				return !faults[`address ${one}`] && network(address, wider) === network(other, wider);
			})
		)
			faults[`address ${id}`] = 'overlap';
		const behind = choices.behind[id];
		if (behind === undefined || faults[`address ${id}`]) continue;
		if (parseAddress(behind) === null) faults[`behind ${id}`] = 'address';
		else if (network(behind, lengthOf(address)) !== network(address, lengthOf(address)))
			faults[`behind ${id}`] = 'not inside';
		else if (behind === bare(address)) faults[`behind ${id}`] = 'taken';
	}
	const { port } = choices;
	if (!Number.isInteger(port) || port < 1 || port > 65535) faults.port = 'port';
	return faults;
}
