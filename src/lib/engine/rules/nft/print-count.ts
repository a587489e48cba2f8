/** `ct count` as `nft list` writes it. */
import type { CountStatement } from '../ruleset';

export function printCount({ over, limit }: CountStatement): string {
	return `ct count ${over ? 'over ' : ''}${limit}`;
}
