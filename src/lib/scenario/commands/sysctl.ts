/** `sysctl` names that change what a host does, and the command (procps 4). */
import type { Host } from '../../engine';
import { CONNTRACK_KNOBS, conntrackKnob } from '../../engine';
import type { CommandResult } from './result';
import { done, failed } from './result';
import { forwardingChanged } from './sysctl-forwarding';

/** What the kernel has where nobody set anything; none of it changes a packet's way here. */
const DEFAULTS: Readonly<Record<string, string>> = {
	'net.netfilter.nf_conntrack_log_invalid': '0',
	'net.netfilter.nf_conntrack_expect_max': '4096',
	'net.netfilter.nf_conntrack_buckets': '262144',
	'net.netfilter.nf_conntrack_icmpv6_timeout': '30',
	'net.netfilter.nf_conntrack_frag6_high_thresh': '4194304',
	'net.netfilter.nf_conntrack_frag6_low_thresh': '3145728',
	'net.netfilter.nf_conntrack_frag6_timeout': '60',
	'net.ipv4.icmp_echo_ignore_broadcasts': '1',
	'net.ipv4.ipfrag_time': '30',
	'net.ipv4.ip_local_port_range': '32768 60999',
	'net.ipv4.tcp_syncookies': '1'
};

/** Names under `net.netfilter.nf_conntrack_` beside the knobs. */
const OTHER_CONNTRACK = /^(buckets|log_invalid|expect_max|frag6_\w+|icmpv6_timeout)$/;
/** Only the first namespace may write these. */
const READ_ONLY = /^(count|buckets|expect_max)$/;

/** Settings of `net.ipv4.conf` that the engine knows, by their key. */
const CONF = {
	rp_filter: 'rpFilter',
	accept_local: 'acceptLocal',
	route_localnet: 'routeLocalnet',
	send_redirects: 'sendRedirects',
	shared_media: 'sharedMedia'
} as const;

const isConf = (key: string): key is keyof typeof CONF => Object.hasOwn(CONF, key);

/** What else there is, without effect here. */
const OTHER =
	/^(net\.ipv4\.(fib|fwmark|icmp|igmp|ip|ipfrag|ping|raw|tcp|udp)_\w+|net\.ipv4\.(neigh|route)\.\S+|net\.(core|ipv6|unix)\.\S+|(kernel|vm)\.\S+)$/;
const OTHER_CONF =
	/^(accept|arp|bc|disable|drop|force|igmpv|ignore|log|mc|promote|proxy|secure|src)\w+$|^(medium_id|tag|bootp_relay)$/;

function hasDevice(host: Host, device: string): boolean {
	return device === 'all' || device === 'default' || host.interface(device) !== null;
}

/** A name as the file system or the command has it, with dots (`slashdot`). */
function dotted(name: string): string {
	const first = /[./]/.exec(name)?.[0];
	if (first !== '/') return name;
	return name.replace(/[./]/g, (mark) => (mark === '/' ? '.' : '/'));
}

/** Read one; `null` where there is no such name. */
export function readSysctl(host: Host, given: string): string | null {
	const name = dotted(given);
	const { ip } = host;
	const conntrack = /^net\.netfilter\.nf_conntrack_(\w+)$/.exec(name)?.[1];
	if (conntrack !== undefined) {
		if (conntrack === 'count') return String(host.conntrack.table.count);
		const knob = conntrackKnob(conntrack);
		if (knob) return String(knob.get(host.conntrack.settings));
	}
	if (name === 'net.ipv4.ip_forward') return String(ip.forwarding.get('all') ?? 0);
	if (name === 'net.ipv4.ip_default_ttl') return String(ip.defaultTtl);
	if (name === 'net.ipv4.icmp_echo_ignore_all') return ip.icmpEchoIgnoreAll ? '1' : '0';
	const conf = /^net\.ipv4\.conf\.([^.]+)\.(\w+)$/.exec(name);
	if (conf) {
		const [, device = '', key = ''] = conf;
		if (!hasDevice(host, device)) return null;
		if (key === 'forwarding')
			return String(ip.forwarding.get(device) ?? ip.forwarding.get('default') ?? 0);
		if (isConf(key)) return String(ip[CONF[key]].get(device) ?? (key === 'shared_media' ? 1 : 0));
	}
	// A host that forwards does not heed redirects, unless it is told to (`inet_forward_change`).
	if (conf?.[2] === 'accept_redirects' && !Object.hasOwn(ip.other, name))
		return /^(all|default)$/.test(conf[1]!) && ip.forwarding.get('all') ? '0' : '1';
	const known = Object.hasOwn(ip.other, name) ? ip.other : DEFAULTS;
	return Object.hasOwn(known, name) ? known[name]! : null;
}

/** A whole number as the kernel reads one: decimal, octal or hexadecimal (`strtoul_lenient`). */
function numberOf(text: string): number | null {
	const [word = ''] = text.trim().split(/\s+/);
	if (/^0[0-7]+$/.test(word)) return parseInt(word, 8);
	return /^(0|[1-9]\d*|0[xX][0-9a-fA-F]+)$/.test(word) ? Number(word) : null;
}

/** Set one; a string says what is wrong. */
export function writeSysctl(host: Host, given: string, value: string): string | null {
	const { journal, ip } = host;
	const name = dotted(given);
	const set = (changed: Partial<Host['ip']>): null => {
		journal.set(host, 'ip', { ...ip, ...changed });
		return null;
	};
	const number = numberOf(value);
	const between = (low: number, high: number): boolean =>
		number !== null && number >= low && number <= high;
	const missing = 'No such file or directory';
	const invalid = 'Invalid argument';
	const conntrack = /^net\.netfilter\.nf_conntrack_(\w+)$/.exec(name)?.[1];
	if (conntrack !== undefined) {
		if (READ_ONLY.test(conntrack)) return 'Permission denied';
		const knob = conntrackKnob(conntrack);
		if (!knob && !OTHER_CONNTRACK.test(conntrack)) return missing;
		const most = conntrack === 'log_invalid' ? 255 : 2 ** 31 - 1;
		if (!between(0, knob?.max ?? most)) return invalid;
		if (!knob) return set({ other: { ...ip.other, [name]: String(number) } });
		for (const { conntrack: one } of knob.shared ? host.kin.values() : [host])
			journal.set(one, 'settings', knob.set(one.settings, number!));
		return null;
	}
	if (name === 'net.ipv4.ip_default_ttl')
		return between(1, 255) ? set({ defaultTtl: number! }) : invalid;
	if (name === 'net.ipv4.icmp_echo_ignore_all')
		return between(0, 1) ? set({ icmpEchoIgnoreAll: number !== 0 }) : invalid;
	const conf = /^net\.ipv4\.conf\.([^.]+)\.(\w+)$/.exec(name);
	const device = name === 'net.ipv4.ip_forward' ? 'all' : (conf?.[1] ?? '');
	const key = name === 'net.ipv4.ip_forward' ? 'forwarding' : (conf?.[2] ?? '');
	if (conf && !hasDevice(host, device)) return missing;
	if (key === 'forwarding' || isConf(key)) {
		if (!between(0, 2 ** 31 - 1)) return invalid;
		if (key === 'forwarding') return set({ forwarding: forwardingChanged(host, device, number!) });
		const field = CONF[key];
		return set({ [field]: new Map(ip[field]).set(device, number!) });
	}
	const known = conf ? OTHER_CONF.test(key) : OTHER.test(name);
	return known ? set({ other: { ...ip.other, [name]: value.trim() } }) : missing;
}

/** Run `sysctl …` (its words without the name). What goes wrong does not stop what comes after. */
export function sysctlCommand(host: Host, argv: readonly string[]): CommandResult {
	const flags = new Set<string>();
	const given: string[] = [];
	let pattern = '';
	for (let i = 0; i < argv.length; i++) {
		const word = argv[i]!;
		if (word === '--pattern') pattern = argv[++i] ?? '';
		else if (word.startsWith('--')) flags.add(LONG.get(word.slice(2)) ?? '?');
		else if (/^-\w+$/.test(word)) {
			for (const flag of word.slice(1)) flags.add(flag);
			if (word.endsWith('r')) pattern = argv[++i] ?? '';
		} else given.push(word);
	}
	const unknown = [...flags].find((flag) => !'abenqNrwAX'.includes(flag));
	if (unknown !== undefined)
		return { exit: 1, stdout: [], stderr: [`sysctl: invalid option -- '${unknown}'`] };
	const shown = (name: string, value: string): string =>
		flags.has('N') ? name : flags.has('n') || flags.has('b') ? value : `${name} = ${value}`;
	if (flags.has('a') || flags.has('A') || flags.has('X')) {
		// Whoever wrote a scenario need not be trusted: what could make a search take for ever is left out.
		if (!PLAIN.test(pattern)) return failed(`sysctl: the pattern "${pattern}" is not modelled`);
		const wanted = new RegExp(pattern);
		const names = [...CONNTRACK_KNOBS, 'count'].map((name) => `net.netfilter.nf_conntrack_${name}`);
		const chosen = names.filter((name) => wanted.test(name)).sort();
		return done(chosen.map((name) => shown(name, readSysctl(host, name) ?? '')));
	}
	if (given.length === 0)
		return { exit: 1, stdout: [], stderr: ['sysctl: no variables specified'] };
	const stdout: string[] = [];
	const stderr: string[] = [];
	let exit = 0;
	const complain = (text: string): void => {
		exit = 1;
		stderr.push(`sysctl: ${text}`);
	};
	const absent = (name: string): void => {
		if (!flags.has('e'))
			complain(`cannot stat /proc/sys/${name.replaceAll('.', '/')}: No such file or directory`);
	};
	for (const word of given) {
		const equals = word.indexOf('=');
		const name = dotted((equals < 0 ? word : word.slice(0, equals)).trim());
		if (equals < 0 && flags.has('w')) {
			complain(`command line(0): invalid syntax, continuing...`);
			continue;
		}
		if (equals < 0) {
			const found = readSysctl(host, name);
			if (found === null) absent(name);
			else stdout.push(shown(name, found));
			continue;
		}
		const value = word.slice(equals + 1).trim();
		const wrong = writeSysctl(host, name, value);
		if (wrong === 'No such file or directory') absent(name);
		else if (wrong === 'Permission denied')
			// The command takes a name that nobody may write for no fault of its own.
			stderr.push(`sysctl: setting key "${name}": Invalid argument`);
		else if (wrong) complain(`setting key "${name}": ${wrong}`);
		else if (!flags.has('q')) stdout.push(shown(name, value));
	}
	return { exit, stdout, stderr };
}

/** Of extended regular expressions: letters, digits, any character, beginning and end. */
const PLAIN = /^\^?[\w.]*\$?$/;

const LONG: ReadonlyMap<string, string> = new Map([
	['all', 'a'],
	['binary', 'b'],
	['ignore', 'e'],
	['names', 'N'],
	['quiet', 'q'],
	['values', 'n'],
	['write', 'w']
]);
