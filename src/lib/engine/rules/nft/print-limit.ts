/** `limit` as `nft list` writes it: rates and bursts that are the default are left out. */
import type { LimitStatement } from '../ruleset';

const BYTE_UNITS = ['bytes', 'kbytes', 'mbytes'] as const;

/** The largest unit that counts so many bytes without a remainder. */
export function printBytes(count: number, unit: LimitStatement['unit']): string {
	let at = BYTE_UNITS.indexOf(unit as 'bytes');
	let value = count;
	while (at < 2 && value > 0 && value % 1024 === 0) {
		value /= 1024;
		at++;
	}
	return `${value} ${BYTE_UNITS[at]}`;
}

export function printLimit(limit: LimitStatement): string {
	return `limit ${printRate(limit)}`;
}

/** What stands in a named limit's block. */
export function printRate(limit: LimitStatement): string {
	const over = limit.over ? 'over ' : '';
	if (limit.unit === 'packets') {
		const burst = limit.burst === 5 || limit.burst === 0 ? '' : ` burst ${limit.burst} packets`;
		return `rate ${over}${limit.rate}/${limit.per}${burst}`;
	}
	const burst =
		limit.burst === 0 ? '' : ` burst ${printBytes(limit.burst, limit.burstUnit ?? 'bytes')}`;
	return `rate ${over}${printBytes(limit.rate, limit.unit)}/${limit.per}${burst}`;
}
