import { sql } from 'kysely';
import { json } from '../open-values.ts';
import type { Database } from '../types.ts';

interface WindowKey {
	engagementId: string;
	windowId: string;
}

/**
 * Windows whose rates are still to be recorded today: open ones, and closed ones until the first
 * record after the day they closed. Days are those of the district.
 */
export async function listWindowsToRecord(db: Database, now: Date) {
	const today = sql<string>`(${now}::timestamptz at time zone d.timezone)::date`;
	return await db
		.selectFrom('survey_window as w')
		.innerJoin('engagement as e', 'e.id', 'w.engagement_id')
		.innerJoin('district as d', 'd.id', 'e.district_id')
		.select(['w.engagement_id as engagementId', 'w.id as windowId', 'e.min_n as minN'])
		.select(today.as('today'))
		.where('w.source', '=', 'codes')
		.where('w.status', 'in', ['open', 'closed', 'opened'])
		.where((where) =>
			where.exists(
				where
					.selectFrom('access_code as a')
					.select('a.cohort_id')
					.whereRef('a.engagement_id', '=', 'w.engagement_id')
					.whereRef('a.window_id', '=', 'w.id'),
			),
		)
		.where((where) =>
			where.not(
				where.exists(
					where
						.selectFrom('response_rate as r')
						.select('r.scope')
						.whereRef('r.engagement_id', '=', 'w.engagement_id')
						.whereRef('r.window_id', '=', 'w.id')
						.where(
							sql<boolean>`r.as_of >= case when w.status = 'open' then ${today}
								else least(${today}, (w.closes_at at time zone d.timezone)::date + 1) end`,
						),
				),
			),
		)
		.orderBy('w.engagement_id')
		.orderBy('w.id')
		.execute();
}

/** Stores what may be shown of a day. A day that has been recorded stays as it is. */
export async function insertResponseRates(
	db: Database,
	key: WindowKey & { asOf: string },
	rates: { scope: string; shown: unknown }[],
): Promise<void> {
	if (rates.length === 0) {
		return;
	}
	await db
		.insertInto('response_rate')
		.values(
			rates.map((rate) => ({
				engagement_id: key.engagementId,
				window_id: key.windowId,
				as_of: key.asOf,
				scope: rate.scope,
				shown: json(rate.shown),
			})),
		)
		.onConflict((conflict) => conflict.doNothing())
		.execute();
}

/** The newest recorded day of a window, or an empty list. */
export async function listLatestRates(db: Database, key: WindowKey) {
	return await db
		.selectFrom('response_rate')
		.select(['as_of as asOf', 'scope', 'shown'])
		.where('engagement_id', '=', key.engagementId)
		.where('window_id', '=', key.windowId)
		.where('as_of', '=', (query) =>
			query
				.selectFrom('response_rate')
				.select((expression) => expression.fn.max('as_of').as('latest'))
				.where('engagement_id', '=', key.engagementId)
				.where('window_id', '=', key.windowId),
		)
		.orderBy('scope')
		.execute();
}
