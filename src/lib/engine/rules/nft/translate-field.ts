/** Header fields that are set: which can be, and to what. */
import type { PayloadProtocol, Statement } from '../ruleset';
import type { AssignAst } from './ast';
import { Fault, notModelled } from './fault';
import { FIELDS } from './selectors';
import type { ExpressionTranslator } from './translate-expression';

/** The others say what the packet is made of, or what of it is not kept. */
const WRITABLE: Readonly<Record<PayloadProtocol, readonly string[]>> = {
	ip: ['id', 'frag-off', 'ttl', 'dscp', 'ecn', 'saddr', 'daddr'],
	ip6: ['hoplimit', 'dscp', 'ecn', 'flowlabel', 'saddr', 'daddr'],
	tcp: ['sport', 'dport', 'sequence', 'ackseq', 'flags', 'window', 'checksum', 'urgptr'],
	udp: ['sport', 'dport', 'checksum'],
	sctp: ['sport', 'dport', 'vtag', 'checksum'],
	icmp: ['type', 'code', 'checksum', 'id', 'sequence', 'gateway', 'mtu'],
	icmpv6: ['type', 'code', 'checksum', 'id', 'sequence', 'mtu', 'max-delay'],
	th: ['sport', 'dport']
};
/** `IP_DF`: what `ip frag-off` is of a packet that is no fragment, beside 0. */
const DONT_FRAGMENT = 0x4000;

export function translateField(
	node: Extract<AssignAst, { target: 'payload' }>,
	expressions: ExpressionTranslator
): Statement {
	const target = expressions.left(node.key);
	if (target.kind !== 'payload') throw notModelled(node.key, 'a raw payload that is set');
	const { protocol, field } = target;
	if (!WRITABLE[protocol].includes(field)) throw notModelled(node, `${protocol} ${field} set`);
	const { type } = FIELDS[protocol][field]!;
	// nft 1.0.6 aborts when something else is to go into a part of two bytes.
	if (type.bits < 16 && !expressions.constant(node.value))
		throw new Fault(node.value, `\`${protocol} ${field} set\` takes a plain value`);
	const value = expressions.assigned(node.value, type);
	if (value.kind === 'binary' && (value.op === '<<' || value.op === '>>'))
		throw notModelled(node.value, 'a shifted value in a header field');
	if (field === 'frag-off' && !(value.kind === 'constant' && isWhole(Number(value.value))))
		throw notModelled(node.value, 'a fragment that a rule makes');
	return { kind: 'assign', target: { kind: 'payload', protocol, field }, value };
}

function isWhole(fragment: number): boolean {
	return fragment === 0 || fragment === DONT_FRAGMENT;
}
