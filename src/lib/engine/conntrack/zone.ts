/**
 * A conntrack zone (`struct nf_conntrack_zone`): the same tuple may stand in the table once for
 * each. A zone can hold for one direction only; the other is then in zone 0.
 */
import type { Direction } from './entry';
import { ORIGINAL } from './entry';

export interface Zone {
	readonly id: number;
	readonly direction: 'both' | 'original' | 'reply';
}

/** Where everything is that no rule puts elsewhere. */
export const DEFAULT_ZONE: Zone = { id: 0, direction: 'both' };

/** The zone's number in one direction (`nf_ct_zone_id`). */
export function zoneIn(zone: Zone, direction: Direction): number {
	if (zone.direction === 'both') return zone.id;
	return zone.direction === (direction === ORIGINAL ? 'original' : 'reply') ? zone.id : 0;
}
