/** `reject`: what the sender is told. */
import type { RejectWith, Statement } from '../ruleset';
import type { StatementNode } from './ast';
import { Fault } from './fault';
import type { ProtocolContext } from './protocol-context';
import type { ExpressionTranslator } from './translate-expression';
import * as T from './types';

/** Code of ICMP for each icmpx code (`nft_reject_icmp_code`). */
const ICMPX = [0, 3, 1, 13] as const;

/** `reject`, with what it answers: where nothing is said, a port unreachable. */
export function translateReject(
	node: Extract<StatementNode, { kind: 'reject' }>,
	{ family, values, context }: ExpressionTranslator
): Statement {
	const { how } = node;
	let by: RejectWith;
	// Where the rule does not say that this is IPv4, the answer must suit both families.
	if (!how) by = portUnreachable(context);
	else if (how.kind === 'tcp reset') {
		context.need('tcp', how, true);
		by = { kind: 'tcp-reset' };
	} else if (how.kind === 'icmpx') {
		if (family !== 'inet')
			throw new Fault(
				how,
				`\`icmpx\` is for tables of family inet: write \`${family === 'ip6' ? 'icmpv6' : 'icmp'}\` here`
			);
		const code = values.number(how.code, T.ICMPX_CODE);
		if (code > 3) throw new Fault(how.code, `expected ${T.ICMPX_CODE.expected}`);
		by = { kind: 'icmp', code: ICMPX[code]!, icmpx: code };
	} else if (how.kind === 'icmpv6') {
		const code = values.number(how.code, T.ICMPV6_CODE);
		context.need('ip6', how, true);
		by = { kind: 'icmpv6', code };
	} else {
		context.need('ip', how, true);
		by = { kind: 'icmp', code: values.number(how.code, T.ICMP_CODE) };
	}
	return { kind: 'reject', with: by, ...(how ? { explicit: true } : {}) };
}

/** What a bare `reject` answers, by what the rule says of the family. */
function portUnreachable({ network, severalFamilies }: ProtocolContext): RejectWith {
	const code = network === 'ip6' ? 4 : 3;
	// Of several families nft goes by the last, and the kernel takes the code for any of them.
	if (network === null || severalFamilies) return { kind: 'icmp', code, icmpx: 1 };
	return { kind: network === 'ip6' ? 'icmpv6' : 'icmp', code };
}
