import type { GroupShare, GroupSize } from '../routes/dialogs/schema.ts';

/**
 * How much of a group agreed, so that nobody stands out: a count is given only when at least
 * `minN` did and at least `minN` did not; otherwise it is none, some or all.
 */
export function shareOf(n: number, total: number, minN: number): GroupShare {
	if (total === 0) {
		return { kind: 'nobody_yet' };
	}
	if (n === 0 || n === total) {
		return { kind: n === 0 ? 'none' : 'all' };
	}
	return n >= minN && total - n >= minN ? { kind: 'count', n } : { kind: 'some' };
}

/** How many people took part: exact from `minN` on. */
export function sizeOf(n: number, minN: number): GroupSize {
	return n < minN ? { kind: 'fewer_than', n: minN } : { kind: 'exact', n };
}
