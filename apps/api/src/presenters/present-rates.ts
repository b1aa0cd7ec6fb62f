import type { ShownRate } from '@throughline/analysis/disclosure';
import type { WindowCohort } from '@throughline/db/queries/cohort';
import type { listLatestRates } from '@throughline/db/queries/response-rate';
import { z } from 'zod';
import type { RatesView } from '../routes/rates/schema.ts';

/** What `recordResponseRates` stored; nothing else of a row leaves. */
/** A rate as it is stored: what may be shown of it. */
export const shownRate: z.ZodType<ShownRate> = z.object({
	eligible: z.number(),
	shown: z
		.object({ display: z.string(), low: z.number(), high: z.number(), nBand: z.string() })
		.nullable(),
});

export function presentRates(found: {
	window: RatesView['window'];
	cohorts: WindowCohort[];
	rates: Awaited<ReturnType<typeof listLatestRates>>;
	minN: number;
}): RatesView {
	const byScope = new Map(found.rates.map((rate) => [rate.scope, shownRate.parse(rate.shown)]));
	const sites = Map.groupBy(found.cohorts, (cohort) => cohort.siteKey);
	return {
		window: found.window,
		asOf: found.rates[0]?.asOf ?? null,
		minN: found.minN,
		all: byScope.get('all') ?? null,
		sites: [...sites].flatMap(([key, cohorts]) => {
			const rate = byScope.get(`site:${key}`);
			const grades = cohorts.flatMap(({ grade }) => {
				const gradeRate = byScope.get(`cohort:${key}:${grade}`);
				return gradeRate ? [{ grade, rate: gradeRate }] : [];
			});
			return rate ? [{ key, name: cohorts[0]?.site ?? key, rate, grades }] : [];
		}),
	};
}
