/** `quota` as `nft list` writes it. */
import type { QuotaState } from '../ruleset';
import { printBytes } from './print-limit';

/** Without what is used where no state is asked for; no more is told to be used than there is (`nft_quota_do_dump`). */
export function printQuota({ bytes, used, over }: QuotaState, stateless = false): string {
	const told = Math.min(used, bytes);
	const gone = told > 0 && !stateless ? ` used ${printBytes(told, 'bytes')}` : '';
	return `${over ? 'over ' : ''}${printBytes(bytes, 'bytes')}${gone}`;
}
