/** What nft leaves out of a rule before the kernel gets it (`stmt_reduce`). */
import type { Family, Statement } from './ruleset';

/** EtherTypes of what tables of one family see. */
const ETHER_TYPE_OF: Readonly<Partial<Record<Family, number>>> = { ip: 0x0800, ip6: 0x86dd };

/** `meta protocol ip` in a table of family ip, unless it is the last that the rule says. */
export function goesWithoutSaying(
	statements: readonly Statement[],
	at: number,
	family: Family
): boolean {
	const statement = statements[at]!;
	return (
		at < statements.length - 1 &&
		statement.kind === 'match' &&
		statement.op === '==' &&
		statement.left.kind === 'meta' &&
		statement.left.key === 'protocol' &&
		statement.right.kind === 'value' &&
		statement.right.value === ETHER_TYPE_OF[family]
	);
}
