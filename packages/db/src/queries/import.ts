import { sql } from 'kysely';
import type { Database } from '../types.ts';

interface WindowKey {
	engagementId: string;
	windowId: string;
}

/** A response of a file on its way in. */
export interface ImportedRow {
	/** UUID v4: the order rows are stored in, so that the file's order is lost. */
	id: string;
	siteId: string | null;
	grade: string | null;
	/** The stored answers as JSON. */
	answers: string;
}

/** Responses of one site and grade, and the cohort they go to. */
export interface ImportTarget {
	siteId: string | null;
	grade: string | null;
	cohortId: string;
}

/** Makes room for a file's rows until the transaction ends: nothing of it is left behind. */
export async function openImport(trx: Database): Promise<void> {
	await sql`
		create temporary table import_row (
			id uuid primary key, site_id uuid, grade text, answers text not null
		) on commit drop
	`.execute(trx);
}

/** Takes rows in. */
export async function stageImport(trx: Database, rows: readonly ImportedRow[]): Promise<void> {
	if (rows.length === 0) {
		return;
	}
	await sql`
		insert into import_row (id, site_id, grade, answers)
		select * from unnest(
			${rows.map(({ id }) => id)}::uuid[],
			${rows.map(({ siteId }) => siteId)}::uuid[],
			${rows.map(({ grade }) => grade)}::text[],
			${rows.map(({ answers }) => answers)}::text[]
		)
	`.execute(trx);
}

/** How many rows came from each site and grade. */
export async function countImport(
	trx: Database,
): Promise<{ siteId: string | null; grade: string | null; n: number }[]> {
	const result = await sql<{ siteId: string | null; grade: string | null; n: number }>`
		select site_id as "siteId", grade, count(*)::int as n
		from import_row group by site_id, grade order by site_id, grade
	`.execute(trx);
	return result.rows;
}

/** Writes the rows as responses of a window, in the order of their random ids. */
export async function storeImport(
	trx: Database,
	key: WindowKey,
	targets: readonly ImportTarget[],
): Promise<void> {
	await sql`
		insert into response (engagement_id, id, window_id, cohort_id, answers)
		select ${key.engagementId}::uuid, r.id, ${key.windowId}::uuid, t.cohort_id, r.answers::jsonb
		from import_row r
		join unnest(
			${targets.map(({ siteId }) => siteId)}::uuid[],
			${targets.map(({ grade }) => grade)}::text[],
			${targets.map(({ cohortId }) => cohortId)}::uuid[]
		) t (site_id, grade, cohort_id)
			on t.site_id is not distinct from r.site_id and t.grade is not distinct from r.grade
		order by r.id
	`.execute(trx);
}

/** The cohorts that imported responses belong to: nobody was counted as eligible. */
export async function createImportCohorts(
	trx: Database,
	key: WindowKey,
	cohorts: readonly { id: string; siteId: string | null; grade: string | null }[],
): Promise<void> {
	await trx
		.insertInto('cohort')
		.values(
			cohorts.map(({ id, siteId, grade }) => ({
				engagement_id: key.engagementId,
				id,
				window_id: key.windowId,
				site_id: siteId,
				grade,
				eligible: 0,
				codes_made: 0,
			})),
		)
		.execute();
}

/** A window whose answers came from a file: opened from the start. */
export async function createImportWindow(
	trx: Database,
	window: WindowKey & {
		surveyVersionId: string;
		noticeVersionId: string;
		linkKey: string;
		label: string;
		opensAt: Date;
		closesAt: Date;
	},
): Promise<void> {
	await trx
		.insertInto('survey_window')
		.values({
			engagement_id: window.engagementId,
			id: window.windowId,
			survey_version_id: window.surveyVersionId,
			notice_version_id: window.noticeVersionId,
			link_key: window.linkKey,
			label: window.label,
			status: 'opened',
			opens_at: window.opensAt,
			closes_at: window.closesAt,
			source: 'import',
			epoch: 1,
		})
		.execute();
}

/** The stand-in for a notice where answers were given elsewhere, made when first needed. */
export async function ensureImportNotice(
	trx: Database,
	notice: { engagementId: string; id: string; body: string; bodyHash: string },
): Promise<{ id: string; hash: string }> {
	await trx
		.insertInto('notice_version')
		.values({
			engagement_id: notice.engagementId,
			id: notice.id,
			key: 'imported',
			kind: 'imported',
			number: 1,
			body: notice.body,
			body_hash: notice.bodyHash,
		})
		.onConflict((conflict) => conflict.columns(['engagement_id', 'key', 'number']).doNothing())
		.execute();
	return await trx
		.selectFrom('notice_version')
		.select(['id', 'body_hash as hash'])
		.where('engagement_id', '=', notice.engagementId)
		.where('key', '=', 'imported')
		.orderBy('number', 'desc')
		.limit(1)
		.executeTakeFirstOrThrow();
}

/** Whether a window of this name exists. */
export async function hasWindowLabelled(
	db: Database,
	window: { engagementId: string; label: string },
): Promise<boolean> {
	const row = await db
		.selectFrom('survey_window')
		.select('id')
		.where('engagement_id', '=', window.engagementId)
		.where('label', '=', window.label)
		.limit(1)
		.executeTakeFirst();
	return row !== undefined;
}

/** The latest published version of a survey by its key, or undefined. */
export async function findPublishedSurvey(
	db: Database,
	survey: { engagementId: string; key: string },
): Promise<{ id: string; definition: unknown; hash: string } | undefined> {
	return await db
		.selectFrom('survey_version as v')
		.innerJoin('survey as s', (join) =>
			join.onRef('s.engagement_id', '=', 'v.engagement_id').onRef('s.id', '=', 'v.survey_id'),
		)
		.select(['v.id', 'v.definition', 'v.definition_hash as hash'])
		.where('s.engagement_id', '=', survey.engagementId)
		.where('s.key', '=', survey.key)
		.where('v.published_at', 'is not', null)
		.orderBy('v.number', 'desc')
		.limit(1)
		.executeTakeFirst();
}
