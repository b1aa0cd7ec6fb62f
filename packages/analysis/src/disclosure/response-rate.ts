import { protectOneDimension } from './one-dimension.ts';
import type { DisclosureParams } from './params.ts';
import { nBand } from './percent.ts';

/** How many of one grade of one site were given a code, and how many have sent their answers. */
export interface CohortCount {
	id: string;
	eligible: number;
	answered: number;
}

export interface SiteCount {
	id: string;
	cohorts: readonly CohortCount[];
}

/** A response rate as it may be shown; null where it may not. Its base is a public count. */
export interface ShownRate {
	eligible: number;
	shown: {
		/** '35–40%', or '≥95%' at the end. */
		display: string;
		/** Percent: what `display` says, the true share lies between them. */
		low: number;
		high: number;
		/** '40-99' people have answered. */
		nBand: string;
	} | null;
}

export interface ProtectedRates {
	all: ShownRate;
	sites: { id: string; rate: ShownRate; cohorts: { id: string; rate: ShownRate }[] }[];
}

/** No rate stands on fewer than this, however small the groups are that an engagement shows. */
const LEAST = 10;

/**
 * On how many students a response rate stands at least. Who took part is known while the survey is open
 * and students can still be asked, so it is never fewer than ten.
 */
export function leastOfRates(minN: number): number {
	return Math.max(minN, LEAST);
}

/** The width of a shown share, by how many were eligible: never fewer than about four people. */
const steps = [
	{ eligible: 100, points: 5 },
	{ eligible: 40, points: 10 },
	{ eligible: 0, points: 20 },
] as const;

/**
 * Response rates by site and grade of one day. A rate is shown when at least minN have answered
 * and hiding it is not needed to keep another one hidden: a grade among those of its site, a site
 * among all sites. The grades of a hidden site are hidden too, because they add up to it. Exact
 * eligible counts are public; an answered count is shown only as an interval of its share.
 *
 * @example protectResponseRates([{ id: 'north', cohorts: [{ id: '9', eligible: 200, answered: 73 }] }], surveyParams)
 */
export function protectResponseRates(
	sites: readonly SiteCount[],
	params: DisclosureParams,
): ProtectedRates {
	const sums = sites.map((site) => ({ ...sumOf(site.cohorts), id: site.id }));
	const all = sumOf(sums);
	const hiddenSites = hiddenOf(sums, params);
	return {
		all: rateOf(all, { isHidden: all.answered < params.minN, params }),
		sites: sites.map((site) => {
			const isSiteHidden = hiddenSites.has(site.id);
			const hiddenCohorts = hiddenOf(site.cohorts, params);
			return {
				id: site.id,
				rate: rateOf(sumOf(site.cohorts), { isHidden: isSiteHidden, params }),
				cohorts: site.cohorts.map((cohort) => ({
					id: cohort.id,
					rate: rateOf(cohort, {
						isHidden: isSiteHidden || hiddenCohorts.has(cohort.id),
						params,
					}),
				})),
			};
		}),
	};
}

/** The lines of one total that must be hidden. A line nobody is eligible for hides nothing. */
function hiddenOf(counts: readonly CohortCount[], params: DisclosureParams): Set<string> {
	const groups = counts
		.filter(({ eligible }) => eligible > 0)
		.map(({ id, answered }) => ({ id, count: answered }));
	const total = groups.reduce((sum, { count }) => sum + count, 0);
	if (total < params.minN) {
		return new Set(counts.map(({ id }) => id));
	}
	const { primary, complementary, isTotalShown } = protectOneDimension(groups, {
		isTotalShown: true,
		params,
	});
	return new Set(isTotalShown ? [...primary, ...complementary] : counts.map(({ id }) => id));
}

function rateOf(
	{ eligible, answered }: Omit<CohortCount, 'id'>,
	options: { isHidden: boolean; params: DisclosureParams },
): ShownRate {
	if (options.isHidden || eligible === 0) {
		return { eligible, shown: null };
	}
	const points = steps.find((step) => eligible >= step.eligible)?.points ?? 20;
	const share = Math.min(100, (100 * answered) / eligible);
	const low = Math.min(100 - points, Math.floor(share / points) * points);
	const high = low + points;
	return {
		eligible,
		shown: {
			display: high === 100 ? `≥${low}%` : `${low}–${high}%`,
			low,
			high,
			nBand: nBand(answered, options.params),
		},
	};
}

function sumOf(counts: readonly Omit<CohortCount, 'id'>[]): Omit<CohortCount, 'id'> {
	return {
		eligible: counts.reduce((sum, { eligible }) => sum + eligible, 0),
		answered: counts.reduce((sum, { answered }) => sum + answered, 0),
	};
}
