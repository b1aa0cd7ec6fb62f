import { leastOfRates, protectResponseRates, surveyParams } from '@throughline/analysis/disclosure';
import { countSpentCodes } from '@throughline/db/queries/access-code';
import { listWindowCohorts } from '@throughline/db/queries/cohort';
import { insertResponseRates, listWindowsToRecord } from '@throughline/db/queries/response-rate';
import type { Deps } from '../deps.ts';

/**
 * Records what may be shown of today's response rates, once per district day and window: no count
 * is stored, and what was recorded stays. Safe to run at any time, any number of times.
 */
export async function recordResponseRates(deps: Pick<Deps, 'db' | 'clock'>): Promise<void> {
	for (const { engagementId, windowId, minN, today } of await listWindowsToRecord(
		deps.db,
		deps.clock(),
	)) {
		const key = { engagementId, windowId };
		const cohorts = await listWindowCohorts(deps.db, key);
		const spent = await countSpentCodes(deps.db, key);
		const sites = Map.groupBy(cohorts, (cohort) => cohort.siteKey);
		const rates = protectResponseRates(
			[...sites].map(([id, ofSite]) => ({
				id,
				cohorts: ofSite.map((cohort) => ({
					id: cohort.grade,
					eligible: cohort.eligible,
					answered: spent.get(cohort.id) ?? 0,
				})),
			})),
			{ ...surveyParams, minN: leastOfRates(minN) },
		);
		await insertResponseRates(deps.db, { ...key, asOf: today }, [
			{ scope: 'all', shown: rates.all },
			...rates.sites.flatMap((site) => [
				{ scope: `site:${site.id}`, shown: site.rate },
				...site.cohorts.map((cohort) => ({
					scope: `cohort:${site.id}:${cohort.id}`,
					shown: cohort.rate,
				})),
			]),
		]);
	}
}
