/** One narrow cohort and how many envelopes it holds. */
export interface SealedCohort {
	id: string;
	siteId: string | null;
	count: number;
}

/** Where each narrow cohort's answers go: their own cohort, their site, or the whole district. */
export interface MergePlan {
	stays: string[];
	/** Cohorts whose answers keep their site but lose their grade, by site. */
	toSite: Map<string, string[]>;
	/** Cohorts whose answers keep neither. */
	toDistrict: string[];
}

/**
 * Decides which cohorts are opened on their own and which are merged upward, so that every pile
 * holds at least `minimum` envelopes: grade → site → district. A pile that stays too small takes
 * the smallest neighbour with it. Cohorts without envelopes take no part.
 *
 * When the whole window holds fewer than `minimum`, everything becomes one district pile.
 */
export function planMerge(cohorts: SealedCohort[], minimum: number): MergePlan {
	const stays = new Set<string>();
	const toSite = new Map<string, string[]>();
	const toDistrict: SealedCohort[] = [];

	for (const [siteId, own] of bySite(cohorts.filter((cohort) => cohort.count > 0))) {
		const { pile, rest } = gatherPile(own, minimum);
		rest.forEach((cohort) => stays.add(cohort.id));
		if (pile.length === 0) {
			continue;
		}
		if (siteId === null || total(pile) < minimum) {
			toDistrict.push(...pile);
			continue;
		}
		toSite.set(
			siteId,
			pile.map((cohort) => cohort.id),
		);
	}

	// A district pile that is too small takes the smallest cohorts that stood alone.
	const alone = cohorts
		.filter((cohort) => stays.has(cohort.id))
		.sort((a, b) => a.count - b.count || compare(a.id, b.id));
	while (toDistrict.length > 0 && total(toDistrict) < minimum) {
		const next = alone.shift();
		if (!next) {
			break;
		}
		stays.delete(next.id);
		toDistrict.push(next);
	}
	// Only site piles are left to join: the smallest goes along.
	const sites = [...toSite].sort((a, b) => sizeOf(a[1], cohorts) - sizeOf(b[1], cohorts));
	while (toDistrict.length > 0 && total(toDistrict) < minimum) {
		const next = sites.shift();
		if (!next) {
			break;
		}
		toSite.delete(next[0]);
		toDistrict.push(...cohorts.filter((cohort) => next[1].includes(cohort.id)));
	}
	return { stays: [...stays], toSite, toDistrict: toDistrict.map((cohort) => cohort.id) };
}

/** The cohorts of one site that must be merged: the small ones, and neighbours until it is enough. */
function gatherPile(own: SealedCohort[], minimum: number) {
	const sorted = [...own].sort((a, b) => a.count - b.count || compare(a.id, b.id));
	let size = sorted.filter((cohort) => cohort.count < minimum).length;
	while (size > 0 && size < sorted.length && total(sorted.slice(0, size)) < minimum) {
		size += 1;
	}
	return { pile: sorted.slice(0, size), rest: sorted.slice(size) };
}

function bySite(cohorts: SealedCohort[]): Map<string | null, SealedCohort[]> {
	return Map.groupBy(cohorts, (cohort) => cohort.siteId);
}

function total(cohorts: SealedCohort[]): number {
	return cohorts.reduce((sum, cohort) => sum + cohort.count, 0);
}

function sizeOf(ids: string[], cohorts: SealedCohort[]): number {
	return total(cohorts.filter((cohort) => ids.includes(cohort.id)));
}

function compare(a: string, b: string): number {
	return a < b ? -1 : Number(a > b);
}
