/** `sysctl` names that change what a host does, and the command. */
import type { Host } from '../../engine';
import { CONNTRACK_KNOBS, conntrackKnob } from '../../engine';
import type { CommandResult } from './result';
import { done, failed } from './result';

/** Read one; `null` where there is no such name. */
export function readSysctl(host: Host, name: string): string | null {
	const { ip } = host;
	const conntrack = /^net\.netfilter\.nf_conntrack_(\w+)$/.exec(name);
	if (conntrack) {
		if (conntrack[1] === 'count') return String(host.conntrack.table.count);
		const knob = conntrackKnob(conntrack[1]!);
		return knob ? String(knob.get(host.conntrack.settings)) : (ip.other[name] ?? null);
	}
	if (name === 'net.ipv4.ip_forward') return ip.forward ? '1' : '0';
	if (name === 'net.ipv4.ip_default_ttl') return String(ip.defaultTtl);
	if (name === 'net.ipv4.icmp_echo_ignore_all') return ip.icmpEchoIgnoreAll ? '1' : '0';
	const conf = /^net\.ipv4\.conf\.([^.]+)\.(\w+)$/.exec(name);
	if (conf) {
		const [, device, key] = conf;
		const table = {
			rp_filter: ip.rpFilter,
			accept_local: ip.acceptLocal,
			route_localnet: ip.routeLocalnet
		}[key!];
		if (table) return String(table[device!] ?? 0);
		if (key === 'forwarding') return ip.forward ? '1' : '0';
	}
	return ip.other[name] ?? null;
}

/** Set one; a string says what is wrong. */
export function writeSysctl(host: Host, name: string, value: string): string | null {
	const { journal } = host;
	const number = Number(value);
	const slashless = name.replaceAll('/', '.');
	const conntrack = /^net\.netfilter\.nf_conntrack_(\w+)$/.exec(slashless);
	if (conntrack) {
		const knob = conntrackKnob(conntrack[1]!);
		if (knob) {
			if (!Number.isInteger(number) || number < 0 || number > knob.max) return 'Invalid argument';
			journal.set(host.conntrack, 'settings', knob.set(host.conntrack.settings, number));
			return null;
		}
		if (conntrack[1] === 'count') return 'Permission denied';
		if (!/^(buckets|log_invalid|frag6_|icmpv6_|sctp_|dccp_|max|helper)/.test(conntrack[1]!))
			return 'No such file or directory';
	}
	if (slashless === 'net.nf_conntrack_max') {
		const knob = conntrackKnob('max')!;
		journal.set(host.conntrack, 'settings', knob.set(host.conntrack.settings, number));
		return null;
	}
	const { ip } = host;
	const conf = /^net\.ipv4\.conf\.([^.]+)\.(\w+)$/.exec(slashless);
	if (
		slashless === 'net.ipv4.ip_forward' ||
		(conf && conf[2] === 'forwarding' && conf[1] === 'all')
	)
		journal.set(host, 'ip', { ...ip, forward: number !== 0 });
	else if (slashless === 'net.ipv4.ip_default_ttl')
		journal.set(host, 'ip', { ...ip, defaultTtl: number });
	else if (slashless === 'net.ipv4.icmp_echo_ignore_all')
		journal.set(host, 'ip', { ...ip, icmpEchoIgnoreAll: number !== 0 });
	else if (conf && conf[2] === 'rp_filter')
		journal.set(host, 'ip', { ...ip, rpFilter: { ...ip.rpFilter, [conf[1]!]: number } });
	else if (conf && conf[2] === 'accept_local')
		journal.set(host, 'ip', { ...ip, acceptLocal: { ...ip.acceptLocal, [conf[1]!]: number } });
	else if (conf && conf[2] === 'route_localnet')
		journal.set(host, 'ip', {
			...ip,
			routeLocalnet: { ...ip.routeLocalnet, [conf[1]!]: number }
		});
	else if (/^(net|kernel|vm)\./.test(slashless))
		journal.set(host, 'ip', { ...ip, other: { ...ip.other, [slashless]: value } });
	else return 'No such file or directory';
	return null;
}

/** Run `sysctl …` (its words without the name). */
export function sysctlCommand(host: Host, argv: readonly string[]): CommandResult {
	const out: string[] = [];
	let bare = false;
	for (const word of argv) {
		if (word === '-w' || word === '-q') continue;
		if (word === '-n') bare = true;
		else if (word === '-a') {
			for (const name of CONNTRACK_KNOBS)
				out.push(
					`net.netfilter.nf_conntrack_${name} = ${readSysctl(host, `net.netfilter.nf_conntrack_${name}`)}`
				);
		} else {
			const [name, value] = word.split('=');
			if (value !== undefined) {
				const wrong = writeSysctl(host, name!, value);
				if (wrong) return failed(`sysctl: setting key "${name}": ${wrong}`, 1);
				out.push(`${name} = ${value}`);
			} else {
				const found = readSysctl(host, name!);
				if (found === null)
					return failed(`sysctl: cannot stat ${name}: No such file or directory`, 1);
				out.push(bare ? found : `${name} = ${found}`);
			}
		}
	}
	return done(argv.includes('-q') ? [] : out);
}
