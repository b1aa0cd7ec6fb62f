import { sql, type Transaction } from 'kysely';
import type { Schema, WindowStatus } from '../schema.ts';
import type { Database } from '../types.ts';

interface WindowKey {
	engagementId: string;
	id: string;
}

/** The windows of an engagement, the latest first. */
export async function listWindows(
	db: Database,
	engagementId: string,
	page: { limit: number; offset: number },
) {
	return await windows(db)
		.where('w.engagement_id', '=', engagementId)
		.orderBy('w.opens_at', 'desc')
		.orderBy('w.id')
		.limit(page.limit)
		.offset(page.offset)
		.execute();
}

/** One window, or undefined. */
export async function findWindow(db: Database, key: WindowKey) {
	return await windows(db)
		.where('w.engagement_id', '=', key.engagementId)
		.where('w.id', '=', key.id)
		.executeTakeFirst();
}

/**
 * The state of a window, which cannot change before the transaction ends. `share` lets others read
 * it the same way; `update` is for who is about to change the window.
 */
export async function lockWindow(
	db: Database,
	key: WindowKey,
	mode: 'share' | 'update',
): Promise<{ status: WindowStatus; source: 'codes' | 'import' } | undefined> {
	const query = db
		.selectFrom('survey_window')
		.select(['status', 'source'])
		.where('engagement_id', '=', key.engagementId)
		.where('id', '=', key.id);
	return await (mode === 'share' ? query.forShare() : query.forUpdate()).executeTakeFirst();
}

/** Stores a new window, as a draft. */
export async function createWindow(
	db: Database,
	window: WindowKey & {
		surveyVersionId: string;
		noticeVersionId: string;
		linkKey: string;
		label: string;
		opensAt: Date;
		closesAt: Date;
	},
): Promise<void> {
	await db
		.insertInto('survey_window')
		.values({
			engagement_id: window.engagementId,
			id: window.id,
			survey_version_id: window.surveyVersionId,
			notice_version_id: window.noticeVersionId,
			link_key: window.linkKey,
			label: window.label,
			status: 'draft',
			opens_at: window.opensAt,
			closes_at: window.closesAt,
			source: 'codes',
			epoch: 1,
		})
		.execute();
}

/** Changes a draft. Returns false when the window is no draft. */
export async function updateDraftWindow(
	db: Database,
	window: WindowKey & {
		surveyVersionId: string;
		noticeVersionId: string;
		label: string;
		opensAt: Date;
		closesAt: Date;
	},
): Promise<boolean> {
	const result = await db
		.updateTable('survey_window')
		.set({
			survey_version_id: window.surveyVersionId,
			notice_version_id: window.noticeVersionId,
			label: window.label,
			opens_at: window.opensAt,
			closes_at: window.closesAt,
		})
		.where('engagement_id', '=', window.engagementId)
		.where('id', '=', window.id)
		.where('status', '=', 'draft')
		.executeTakeFirst();
	return result.numUpdatedRows === 1n;
}

/**
 * Moves a window on, after the submissions that are under way (`submit_envelope` shares the lock).
 * Returns false when it is not in the state it should come from.
 */
export async function moveWindow(
	db: Transaction<Schema>,
	window: WindowKey & { from: WindowStatus; to: WindowStatus; opensAt?: Date; closesAt?: Date },
): Promise<boolean> {
	await sql`select pg_advisory_xact_lock(hashtextextended(${window.id}::uuid::text, 0))`.execute(
		db,
	);
	const result = await db
		.updateTable('survey_window')
		.set({
			status: window.to,
			...(window.opensAt && { opens_at: window.opensAt }),
			...(window.closesAt && { closes_at: window.closesAt }),
		})
		.where('engagement_id', '=', window.engagementId)
		.where('id', '=', window.id)
		.where('status', '=', window.from)
		.executeTakeFirst();
	return result.numUpdatedRows === 1n;
}

/** Takes a draft away, with its cohorts; its codes are the caller's to take away first. */
export async function deleteDraftWindow(db: Database, key: WindowKey): Promise<boolean> {
	const result = await db
		.deleteFrom('survey_window')
		.where('engagement_id', '=', key.engagementId)
		.where('id', '=', key.id)
		.where('status', '=', 'draft')
		.executeTakeFirst();
	return result.numDeletedRows === 1n;
}

/** Windows whose time has come: drafts to open and open ones to close. */
export async function listDueWindows(db: Database, now: Date) {
	return await db
		.selectFrom('survey_window')
		.select(['engagement_id as engagementId', 'id', 'status', 'closes_at as closesAt'])
		.where((where) =>
			where.or([
				where.and([where('status', '=', 'draft'), where('opens_at', '<=', now)]),
				where.and([where('status', '=', 'open'), where('closes_at', '<=', now)]),
			]),
		)
		.where('source', '=', 'codes')
		.orderBy('engagement_id')
		.orderBy('id')
		.execute();
}

/**
 * The instant a wall clock in a time zone shows this date and time. An hour that a change to
 * summer time skips is read as if it had not; one that comes twice is the later, standard one.
 * @param local `2026-03-02T08:00`
 */
export async function instantOf(db: Database, local: string, timezone: string): Promise<Date> {
	const { rows } = await sql<{
		at: Date;
	}>`select (${local}::timestamp at time zone ${timezone}) as at`.execute(db);
	const at = rows[0]?.at;
	if (!at) {
		throw new Error(`The database gave no instant for ${local}.`);
	}
	return at;
}

function windows(db: Database) {
	return db
		.selectFrom('survey_window as w')
		.innerJoin('survey_version as v', (join) =>
			join
				.onRef('v.engagement_id', '=', 'w.engagement_id')
				.onRef('v.id', '=', 'w.survey_version_id'),
		)
		.innerJoin('survey as s', (join) =>
			join.onRef('s.engagement_id', '=', 'v.engagement_id').onRef('s.id', '=', 'v.survey_id'),
		)
		.select(['w.id', 'w.label', 'w.status', 'w.source', 'w.link_key as linkKey'])
		.select(['w.opens_at as opensAt', 'w.closes_at as closesAt'])
		.select(['w.survey_version_id as surveyVersionId', 'w.notice_version_id as noticeVersionId'])
		.select(['s.key as surveyKey', 'v.number as surveyNumber'])
		.select(sql<Record<string, string>>`v.definition -> 'title'`.as('surveyTitle'));
}
