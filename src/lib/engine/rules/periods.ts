import type { LimitStatement } from './ruleset';

/** Seconds of the periods that rates are counted by. */
export const PERIOD_SECONDS: Readonly<Record<LimitStatement['per'], number>> = {
	second: 1,
	minute: 60,
	hour: 3600,
	day: 86_400,
	week: 604_800
};
