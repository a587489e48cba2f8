import type { HostSpec, Scenario, ScenarioError } from './scenario';

/** What a schema cannot see: names that lead nowhere. */
export function checkMeaning(scenario: Scenario): ScenarioError[] {
	const errors: ScenarioError[] = [];
	const wrong = (path: string, message: string): void => void errors.push({ path, message });
	const { hosts } = scenario;
	const hostOf = (n: string): HostSpec | null => (Object.hasOwn(hosts, n) ? hosts[n]! : null);
	const isInterface = (n: string): boolean => {
		const [host, device, ...rest] = n.split('/');
		const spec = hostOf(host ?? '');
		return rest.length === 0 && spec !== null && Object.hasOwn(spec.interfaces, device ?? '');
	};
	const linked = new Map<string, number>();
	scenario.links.forEach((ends, i) =>
		ends.forEach((end, j) => {
			const path = `links[${i}][${j}]`;
			if (!isInterface(end)) wrong(path, `no interface ${end}`);
			else if (linked.has(end)) wrong(path, `${end} is on wire ${linked.get(end)} already`);
			linked.set(end, i);
		})
	);
	for (const [hostName, spec] of Object.entries(hosts)) {
		if (hostName.includes('/')) wrong(`hosts.${hostName}`, 'a host’s name has no slash');
		if (spec.kind === 'wire')
			for (const key of ['routes', 'sysctl', 'nft', 'iptables', 'ipset'] as const)
				if (spec[key] !== undefined)
					wrong(`hosts.${hostName}.${key}`, 'a wire host is a bare pair of hands and has none');
		spec.routes?.forEach((route, i) => {
			const path = `hosts.${hostName}.routes[${i}]`;
			if (route.via === undefined && route.dev === undefined)
				wrong(path, 'a route has a via or a dev');
			if (route.dev !== undefined && !Object.hasOwn(spec.interfaces, route.dev))
				wrong(`${path}.dev`, `no interface ${hostName}/${route.dev}`);
		});
	}
	scenario.steps.forEach((one, i) => {
		const path = `steps[${i}]`;
		if ('send' in one) {
			const { from, replyTo, packet: p, hold } = one.send;
			const linux = hostOf(from)?.kind === 'linux';
			const wire = isInterface(from) && hostOf(from.split('/')[0]!)?.kind === 'wire';
			if (!linux && !wire)
				wrong(
					`${path}.send.from`,
					isInterface(from)
						? `${from} is a linux host's interface: a linux host sends by its own name`
						: from.includes('/')
							? `no interface ${from}`
							: hostOf(from)
								? `${from} is a wire host: name its interface, ${from}/…`
								: `no host ${from}`
				);
			const earlier = (n: number | undefined, where: string): void => {
				if (n === undefined) return;
				if (n >= i) wrong(`${path}.send.${where}`, `step ${n} is no earlier step`);
			};
			earlier(replyTo, 'replyTo');
			earlier(p.icmp?.innerFrom, 'packet.icmp.innerFrom');
			const kinds = [p.tcp, p.udp, p.icmp].filter((kind) => kind !== undefined);
			if (kinds.length > 1) wrong(`${path}.send.packet`, 'a packet has one of tcp, udp, icmp');
			if (kinds.length === 0 && replyTo === undefined && p.ip?.protocol === undefined)
				wrong(`${path}.send.packet`, 'expected tcp, udp, icmp or ip.protocol');
			const addressed = replyTo !== undefined || p.icmp?.innerFrom !== undefined;
			for (const end of ['src', 'dst'] as const)
				if (!addressed && p.ip?.[end] === undefined)
					wrong(`${path}.send.packet.ip.${end}`, 'is missing');
			if (hold && hostOf(hold.on)?.kind !== 'linux')
				wrong(`${path}.send.hold.on`, `no linux host ${hold.on}`);
		} else if ('release' in one) {
			const held = scenario.steps[one.release];
			if (one.release >= i || !held || !('send' in held) || !held.send.hold)
				wrong(`${path}.release`, `step ${one.release} is no earlier step that holds a packet`);
		} else if ('run' in one && hostOf(one.run.on)?.kind !== 'linux')
			wrong(`${path}.run.on`, `no linux host ${one.run.on}`);
	});
	return errors;
}
