import { type Kysely, sql, type Transaction } from 'kysely';
import type { Schema, StoredAnswers } from '../schema.ts';

interface WindowKey {
	engagementId: string;
	windowId: string;
}

/**
 * Windows whose answers are to be opened: those that have closed, and opened ones whose tables were
 * not yet written anew.
 */
export async function listWindowsToOpen(db: Kysely<Schema>): Promise<WindowKey[]> {
	return await db
		.selectFrom('survey_window as w')
		.leftJoin('opening as o', (join) =>
			join.onRef('o.engagement_id', '=', 'w.engagement_id').onRef('o.window_id', '=', 'w.id'),
		)
		.select(['w.engagement_id as engagementId', 'w.id as windowId'])
		.where('w.source', '=', 'codes')
		.where((where) =>
			where.or([
				where('w.status', '=', 'closed'),
				where.and([where('o.window_id', 'is not', null), where('o.rewritten_on', 'is', null)]),
			]),
		)
		.orderBy('w.closes_at')
		.orderBy('w.id')
		.execute();
}

/** How far a window's opening has come; undefined before it is opened. */
export async function readOpening(db: Kysely<Schema>, key: WindowKey) {
	return await db
		.selectFrom('opening')
		.select([
			'epoch',
			'rewritten_on as rewrittenOn',
			'backed_up_on as backedUpOn',
			'key_destroyed_on as keyDestroyedOn',
		])
		.where('engagement_id', '=', key.engagementId)
		.where('window_id', '=', key.windowId)
		.executeTakeFirst();
}

/** Notes that a window was opened. */
export async function insertOpening(
	db: Transaction<Schema>,
	opening: WindowKey & { epoch: number; openedOn: string },
): Promise<void> {
	await db
		.insertInto('opening')
		.values({
			engagement_id: opening.engagementId,
			window_id: opening.windowId,
			epoch: opening.epoch,
			opened_on: opening.openedOn,
		})
		.execute();
}

/** Notes the day on which a step of an opening was done; a day that stands there stays. */
export async function markOpening(
	db: Kysely<Schema>,
	key: WindowKey,
	done: { step: 'rewritten_on' | 'backed_up_on' | 'key_destroyed_on'; day: string },
): Promise<void> {
	await db
		.updateTable('opening')
		.set({ [done.step]: done.day })
		.where('engagement_id', '=', key.engagementId)
		.where('window_id', '=', key.windowId)
		.where(done.step, 'is', null)
		.execute();
}

/** Opened windows whose key is still to be destroyed, with how many responses each holds. */
export async function listKeysToDestroy(db: Kysely<Schema>) {
	return await db
		.selectFrom('opening as o')
		.select(['o.engagement_id as engagementId', 'o.window_id as windowId', 'o.epoch'])
		.select((query) => [
			'o.backed_up_on as backedUpOn',
			query
				.selectFrom('response as r')
				.select((expression) => expression.fn.countAll<number>().as('n'))
				.whereRef('r.engagement_id', '=', 'o.engagement_id')
				.whereRef('r.window_id', '=', 'o.window_id')
				.as('responses'),
		])
		.where('o.rewritten_on', 'is not', null)
		.where('o.key_destroyed_on', 'is', null)
		.orderBy('o.window_id')
		.execute();
}

/**
 * One page of a window's sealed envelopes, in the order of their random ids.
 * @param options.shelf that of the window: nothing of it lies elsewhere.
 */
export async function listEnvelopePage(
	db: Kysely<Schema>,
	options: WindowKey & { shelf: number; after: string | null; limit: number },
) {
	let query = db
		.selectFrom('envelope')
		.select(['id', 'cohort_id as cohortId', 'epoch', 'body'])
		.where('shelf', '=', options.shelf)
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

/**
 * How many codes of a window are spent. Once the window has closed the number stays: a submission
 * under way keeps it from closing.
 */
export async function countSpent(db: Kysely<Schema>, key: WindowKey): Promise<number> {
	const row = await db
		.selectFrom('access_code')
		.select((expression) => expression.fn.countAll<number>().as('n'))
		.where('engagement_id', '=', key.engagementId)
		.where('window_id', '=', key.windowId)
		.where('state', '=', 1)
		.executeTakeFirstOrThrow();
	return row.n;
}

/**
 * Waits until nobody else opens this window, until the end of the transaction.
 * https://www.postgresql.org/docs/current/explicit-locking.html#ADVISORY-LOCKS
 */
export async function lockOpening(db: Transaction<Schema>, key: WindowKey): Promise<void> {
	await sql`
		select pg_advisory_xact_lock(hashtextextended(${`throughline:opening:${key.windowId}`}, 0))
	`.execute(db);
}
