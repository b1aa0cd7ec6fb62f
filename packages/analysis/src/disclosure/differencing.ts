/** One number of a series as it was or will be published, and what limits it. */
export interface SeriesPoint {
	/** What tells it from the others: '2025-10-31', 'grades 9-12'. */
	label: string;
	n: number;
}

/** A number shown as a band. */
export interface BandPoint {
	label: string;
	band: string;
}

/** Whether a later table may be published beside the earlier ones. */
export interface DifferencingDecision {
	decision: 'allow' | 'block';
	/** The greatest number that differs by less than minN from an earlier one; null for bands. */
	difference: number | null;
	/** The label of the first point that must not be published. */
	blocked: string | null;
	reason: 'none' | 'small_difference' | 'band_change';
}

/**
 * Step 8 for exact numbers, over time or over filters: a point that differs from any earlier one by
 * 0 < d < minN gives away the few people in between. `difference` is that of the blocked pair, else
 * that of the last two points.
 */
export function checkDifferencing(
	points: readonly SeriesPoint[],
	minN: number,
): DifferencingDecision {
	for (const [index, point] of points.entries()) {
		for (const earlier of points.slice(0, index)) {
			const difference = Math.abs(point.n - earlier.n);
			if (difference > 0 && difference < minN) {
				return {
					decision: 'block',
					difference,
					blocked: point.label,
					reason: 'small_difference',
				};
			}
		}
	}
	const [last, before] = [points.at(-1), points.at(-2)];
	const difference = last === undefined || before === undefined ? 0 : Math.abs(last.n - before.n);
	return { decision: 'allow', difference, blocked: null, reason: 'none' };
}

/**
 * Step 8 for bands: a band that changes between two dates, when something known happened to fewer
 * than minN people in between, tells which group they belong to (NIST SP 800-53, SI-19(5)).
 */
export function checkBandChange(
	points: readonly BandPoint[],
	options: { peopleInKnownEvent: number; minN: number },
): DifferencingDecision {
	const { peopleInKnownEvent: people, minN } = options;
	const changed = points.find((point, index) => {
		const earlier = points[index - 1];
		return earlier !== undefined && earlier.band !== point.band;
	});
	const isBlocked = changed !== undefined && people > 0 && people < minN;
	return {
		decision: isBlocked ? 'block' : 'allow',
		difference: null,
		blocked: isBlocked ? changed.label : null,
		reason: isBlocked ? 'band_change' : 'none',
	};
}
