import { ratesKnown, type ReleaseTable } from '@throughline/analysis/disclosure';
import { listLatestRates } from '@throughline/db/queries/response-rate';
import { listOrigins } from '@throughline/db/queries/results';
import type { Schema } from '@throughline/db/schema';
import type { Kysely } from 'kysely';
import { localDate } from '../presenters/local-time.ts';
import { shownRate } from '../presenters/present-rates.ts';
import type { CountedWindow } from './read-window.ts';

const SITE = /^site:(.+)$/;

/**
 * What the response rates of a window told, as tables that its results are audited with: the team
 * saw both. Empty where no rates were recorded, as for responses that were imported.
 */
export async function readKnownRates(
	db: Kysely<Schema>,
	window: CountedWindow,
): Promise<ReleaseTable[]> {
	const rates = await listLatestRates(db, window);
	const rateOf = (scope: string) => {
		const found = rates.find((rate) => rate.scope === scope);
		return found === undefined ? null : shownRate.parse(found.shown);
	};
	const all = rateOf('all');
	const [first] = rates;
	if (all === null || first === undefined) {
		return [];
	}
	const origins = await listOrigins(db, window);
	return [
		ratesKnown({
			populationId: window.windowId,
			attributeId: 'site',
			all,
			groups: rates.flatMap(({ scope }) => {
				const [, id] = SITE.exec(scope) ?? [];
				const rate = rateOf(scope);
				return id === undefined || rate === null ? [] : [{ id, rate }];
			}),
			areGroupsWhole: origins.every((origin) => origin.site_key !== null),
			areFinal: String(first.asOf) > localDate(window.closesAt, window.timezone),
		}),
	];
}
