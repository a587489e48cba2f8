/** `-m multiport`: up to fifteen ports or ranges, of either end or of both. */
import { bang, extension } from '../extension';
import { serviceName } from '../names';

export interface MultiportMatch {
	readonly which: 'sports' | 'dports' | 'ports';
	readonly ports: readonly { readonly from: number; readonly to: number }[];
	readonly negated: boolean;
}

/** TCP, UDP, DCCP, SCTP, UDP-Lite. */
const PROTOCOLS_WITH_PORTS = [6, 17, 33, 132, 136];
const OPTIONS = ['--sports', '--dports', '--ports'] as const;
/** `XT_MULTI_PORTS`: a range counts as two. */
const MOST = 15;

export const multiport = extension<MultiportMatch>({
	name: 'multiport',
	options: [
		{ name: '--sports', aliases: ['--source-ports'], value: 'PortList', negatable: true },
		{ name: '--dports', aliases: ['--destination-ports'], value: 'PortList', negatable: true },
		{ name: '--ports', value: 'PortList', negatable: true }
	],
	read(given, head) {
		given.atMostOne(...OPTIONS);
		const [option] = given.list;
		if (!option) throw given.refusal('`multiport` needs --sports, --dports or --ports');
		const protocol = head.protocol;
		if (!protocol || protocol.negated || !PROTOCOLS_WITH_PORTS.includes(protocol.number))
			throw given.refusal('match `multiport` needs `-p` with tcp, udp, udplite, sctp or dccp');
		const ports = option.value as MultiportMatch['ports'];
		const count = ports.reduce((sum, { from, to }) => sum + (from === to ? 1 : 2), 0);
		if (count > MOST)
			throw given.refusal(`at most ${MOST} ports (a range counts as two)`, option.spec.name);
		return {
			which: option.spec.name.slice(2) as MultiportMatch['which'],
			ports,
			negated: option.negated
		};
	},
	save: (match) =>
		`${bang(match.negated)}--${match.which} ${match.ports.map((port) => portText(port, String)).join(',')}`,
	list(match, numeric, head) {
		const name = (port: number): string =>
			numeric ? String(port) : serviceName(port, head.protocol?.number ?? 0);
		const ports = match.ports.map((port) => portText(port, name)).join(',');
		return `multiport ${match.which} ${match.negated ? '!' : ''}${ports}`;
	},
	statements: (match) => [{ kind: 'xt', name: 'multiport', options: match }]
});

function portText(
	port: { readonly from: number; readonly to: number },
	name: (port: number) => string
): string {
	return port.from === port.to ? name(port.from) : `${name(port.from)}:${name(port.to)}`;
}
