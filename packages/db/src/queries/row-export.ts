import { sql, type Transaction } from 'kysely';
import type { Schema } from '../schema.ts';
import type { Database } from '../types.ts';

/** A window has few exports; more than this is not a list to read. */
const MOST_EXPORTS = 200;

export interface ExportKey {
	engagementId: string;
	exportId: string;
}

function selectExports(db: Database) {
	return db
		.selectFrom('row_export as x')
		.innerJoin('person as asker', 'asker.id', 'x.requested_by')
		.leftJoin('person as decider', 'decider.id', 'x.decided_by')
		.innerJoin('survey_window as w', (join) =>
			join.onRef('w.engagement_id', '=', 'x.engagement_id').onRef('w.id', '=', 'x.window_id'),
		)
		.select([
			'x.engagement_id as engagementId',
			'x.id',
			'x.window_id as windowId',
			'w.label as window',
			'x.k',
			'x.rules',
			'x.reason',
			'x.requested_by as requestedBy',
			'asker.name as requestedByName',
			'x.requested_at as requestedAt',
			'x.decided_by as decidedBy',
			'decider.name as decidedByName',
			'x.decided_at as decidedAt',
			'x.is_approved as isApproved',
			'x.decision_reason as decisionReason',
			'x.expires_at as expiresAt',
			'x.fetched_at as fetchedAt',
			'x.file_hash as fileHash',
		]);
}

/** The row exports of an engagement, newest first. */
export async function listRowExports(db: Database, engagementId: string) {
	return await selectExports(db)
		.where('x.engagement_id', '=', engagementId)
		.orderBy('x.requested_at', 'desc')
		.orderBy('x.id', 'desc')
		.limit(MOST_EXPORTS)
		.execute();
}

/** One row export, or undefined. */
export async function findRowExport(db: Database, key: ExportKey) {
	return await selectExports(db)
		.where('x.engagement_id', '=', key.engagementId)
		.where('x.id', '=', key.exportId)
		.executeTakeFirst();
}

/** Row exports with this id, in whatever engagement, for commands. */
export async function findRowExportPlaces(db: Database, id: string): Promise<ExportKey[]> {
	return await db
		.selectFrom('row_export')
		.select(['engagement_id as engagementId', 'id as exportId'])
		.where(sql<boolean>`id::text = ${id}`)
		.orderBy('engagement_id')
		.limit(MOST_EXPORTS)
		.execute();
}

/**
 * Waits until nobody else asks for, decides on or fetches rows of this engagement, and keeps them
 * waiting until the transaction ends: what is counted and compared stays so.
 */
export async function lockRowExports(
	trx: Transaction<Schema>,
	engagementId: string,
): Promise<void> {
	await sql`select pg_advisory_xact_lock(hashtextextended(${`row export ${engagementId}`}, 0))`.execute(
		trx,
	);
}

/** How often a person asked for rows, and fetched them, since a time. */
export async function countRowExports(
	db: Database,
	{ personId, since }: { personId: string; since: Date },
): Promise<{ asked: number; fetched: number }> {
	const counted = await db
		.selectFrom('row_export')
		.select([
			sql<number>`count(*) filter (where requested_at > ${since})::int`.as('asked'),
			sql<number>`count(*) filter (where fetched_at > ${since})::int`.as('fetched'),
		])
		.where('requested_by', '=', personId)
		.executeTakeFirstOrThrow();
	return counted;
}

/** In which ways rows of a window were let out so far: one, or none yet. */
export async function listExportedWays(
	db: Database,
	key: { engagementId: string; windowId: string },
): Promise<{ k: number; rules: string }[]> {
	return await db
		.selectFrom('row_export')
		.select(['k', 'rules'])
		.distinct()
		.where('engagement_id', '=', key.engagementId)
		.where('window_id', '=', key.windowId)
		.where('fetched_at', 'is not', null)
		.orderBy('k')
		.orderBy('rules')
		.execute();
}

/** Notes that somebody asks for the rows of a window. */
export async function insertRowExport(
	db: Database,
	request: {
		engagementId: string;
		id: string;
		windowId: string;
		k: number;
		rules: string;
		reason: string;
		personId: string;
		at: Date;
		expiresAt: Date;
	},
): Promise<void> {
	await db
		.insertInto('row_export')
		.values({
			engagement_id: request.engagementId,
			id: request.id,
			window_id: request.windowId,
			k: request.k,
			rules: request.rules,
			reason: request.reason,
			requested_by: request.personId,
			requested_at: request.at,
			decided_by: null,
			decided_at: null,
			is_approved: null,
			decision_reason: null,
			expires_at: request.expiresAt,
			fetched_at: null,
			file_hash: null,
		})
		.execute();
}

/** Notes the second person's answer. @returns false when there was one already. */
export async function decideRowExport(
	db: Database,
	decision: ExportKey & {
		personId: string;
		isApproved: boolean;
		reason: string;
		at: Date;
		expiresAt: Date;
	},
): Promise<boolean> {
	const result = await db
		.updateTable('row_export')
		.set({
			decided_by: decision.personId,
			decided_at: decision.at,
			is_approved: decision.isApproved,
			decision_reason: decision.reason,
			expires_at: decision.expiresAt,
		})
		.where('engagement_id', '=', decision.engagementId)
		.where('id', '=', decision.exportId)
		.where('decided_at', 'is', null)
		.executeTakeFirst();
	return result.numUpdatedRows === 1n;
}

/** Notes that the file was made, and its hash. @returns false when it was fetched already. */
export async function noteRowExportFetched(
	db: Database,
	fetched: ExportKey & { fileHash: string; at: Date },
): Promise<boolean> {
	const result = await db
		.updateTable('row_export')
		.set({ fetched_at: fetched.at, file_hash: fetched.fileHash })
		.where('engagement_id', '=', fetched.engagementId)
		.where('id', '=', fetched.exportId)
		.where('is_approved', '=', true)
		.where('fetched_at', 'is', null)
		.executeTakeFirst();
	return result.numUpdatedRows === 1n;
}
