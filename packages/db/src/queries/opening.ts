import { type Kysely, sql, type Transaction } from 'kysely';
import type { Schema, StoredAnswers } from '../schema.ts';

interface WindowKey {
	engagementId: string;
	windowId: string;
}

/**
 * Windows whose answers are to be opened: those that have closed, and opened ones whose code table
 * was not yet written anew.
 */
export async function listWindowsToOpen(db: Kysely<Schema>): Promise<WindowKey[]> {
	return await db
		.selectFrom('survey_window as w')
		.select(['w.engagement_id as engagementId', 'w.id as windowId'])
		.where('w.source', '=', 'codes')
		.where((where) =>
			where.or([
				where('w.status', '=', 'closed'),
				where.and([
					where('w.status', '=', 'opened'),
					where.exists(
						where
							.selectFrom('access_code as c')
							.select('c.window_id')
							.whereRef('c.engagement_id', '=', 'w.engagement_id')
							.whereRef('c.window_id', '=', 'w.id')
							.where('c.sid_hash', 'is not', null),
					),
				]),
			]),
		)
		.orderBy('w.closes_at')
		.orderBy('w.id')
		.execute();
}

/** One page of a window's sealed envelopes, in the order of their random ids. */
export async function listEnvelopePage(
	db: Kysely<Schema>,
	options: WindowKey & { after: string | null; limit: number },
) {
	let query = db
		.selectFrom('envelope')
		.select(['id', 'cohort_id as cohortId', 'epoch', 'body'])
		.where('engagement_id', '=', options.engagementId)
		.where('window_id', '=', options.windowId)
		.orderBy('id')
		.limit(options.limit);
	if (options.after !== null) {
		query = query.where('id', '>', options.after);
	}
	return await query.execute();
}

/** The cohorts of a window: narrowest first, then wider ones made by merging. */
export async function listCohorts(db: Kysely<Schema>, key: WindowKey) {
	return await db
		.selectFrom('cohort')
		.select(['id', 'site_id', 'grade', 'eligible', 'codes_made'])
		.where('engagement_id', '=', key.engagementId)
		.where('window_id', '=', key.windowId)
		.orderBy('site_id', (order) => order.asc().nullsLast())
		.orderBy('grade', (order) => order.asc().nullsLast())
		.orderBy('id')
		.execute();
}

/** Makes a wider cohort for answers of cohorts too small to stand alone. */
export async function createMergedCohort(
	db: Transaction<Schema>,
	cohort: WindowKey & { id: string; siteId: string | null },
): Promise<void> {
	await db
		.insertInto('cohort')
		.values({
			engagement_id: cohort.engagementId,
			id: cohort.id,
			window_id: cohort.windowId,
			site_id: cohort.siteId,
			grade: null,
			eligible: 0,
			codes_made: 0,
		})
		.execute();
}

/**
 * Writes opened responses in the order given, which must be shuffled, in chunks of 500 rows.
 */
export async function insertResponses(
	db: Transaction<Schema>,
	key: WindowKey,
	responses: { id: string; cohortId: string; answers: StoredAnswers }[],
): Promise<void> {
	const chunkSize = 500;
	for (let start = 0; start < responses.length; start += chunkSize) {
		await db
			.insertInto('response')
			.values(
				responses.slice(start, start + chunkSize).map((response) => ({
					engagement_id: key.engagementId,
					id: response.id,
					window_id: key.windowId,
					cohort_id: response.cohortId,
					answers: JSON.stringify(response.answers),
				})),
			)
			.execute();
	}
}

/** Takes the envelopes and leftover drafts of a window away. */
export async function deleteSealed(db: Transaction<Schema>, key: WindowKey): Promise<void> {
	for (const table of ['envelope', 'draft'] as const) {
		await db
			.deleteFrom(table)
			.where('engagement_id', '=', key.engagementId)
			.where('window_id', '=', key.windowId)
			.execute();
	}
}

/**
 * Writes the code table of a window anew in the order of the hashes, without submission ids, so
 * that no row keeps a trace of when it was used.
 */
export async function rebuildAccessCodes(db: Transaction<Schema>, key: WindowKey): Promise<void> {
	await sql`
		with old as (
			delete from access_code
			where engagement_id = ${key.engagementId} and window_id = ${key.windowId}
			returning engagement_id, window_id, code_hash, cohort_id, state
		)
		insert into access_code (engagement_id, window_id, code_hash, cohort_id, state, sid_hash)
		select engagement_id, window_id, code_hash, cohort_id, state, null
		from old order by code_hash
	`.execute(db);
}

/** How many responses a window holds. */
export async function countResponses(db: Kysely<Schema>, key: WindowKey): Promise<number> {
	const row = await db
		.selectFrom('response')
		.select((expression) => expression.fn.countAll<number>().as('n'))
		.where('engagement_id', '=', key.engagementId)
		.where('window_id', '=', key.windowId)
		.executeTakeFirstOrThrow();
	return row.n;
}
