import { sql } from 'kysely';
import { json } from '../open-values.ts';
import type { Database } from '../types.ts';

const MOST_VERSIONS = 200;

/** Every version of every survey of an engagement, without the definitions; at most 200. */
export async function listSurveyVersions(db: Database, engagementId: string) {
	return await db
		.selectFrom('survey_version as v')
		.innerJoin('survey as s', (join) =>
			join.onRef('s.engagement_id', '=', 'v.engagement_id').onRef('s.id', '=', 'v.survey_id'),
		)
		.select(['v.id', 's.key', 'v.number', 'v.definition_hash as hash'])
		.select(['v.published_at as publishedAt'])
		.select(sql<Record<string, string>>`v.definition -> 'title'`.as('title'))
		.select(sql<string>`coalesce(v.definition ->> 'audience', 'students')`.as('audience'))
		.where('v.engagement_id', '=', engagementId)
		.orderBy('s.key')
		.orderBy('v.number', 'desc')
		.orderBy('v.id')
		.limit(MOST_VERSIONS)
		.execute();
}

/** One survey version with its definition, or undefined. */
export async function findSurveyVersion(
	db: Database,
	version: { engagementId: string; id: string },
) {
	return await db
		.selectFrom('survey_version as v')
		.innerJoin('survey as s', (join) =>
			join.onRef('s.engagement_id', '=', 'v.engagement_id').onRef('s.id', '=', 'v.survey_id'),
		)
		.select(['v.id', 's.key', 'v.number', 'v.definition', 'v.definition_hash as hash'])
		.select(['v.published_at as publishedAt'])
		.select(sql<string>`coalesce(v.definition ->> 'audience', 'students')`.as('audience'))
		.where('v.engagement_id', '=', version.engagementId)
		.where('v.id', '=', version.id)
		.executeTakeFirst();
}

/** The notices students may be shown before the first question, newest version first. */
export async function listStartNotices(db: Database, engagementId: string) {
	return await db
		.selectFrom('notice_version')
		.select(['id', 'key', 'kind', 'number', 'body', 'body_hash as hash'])
		.where('engagement_id', '=', engagementId)
		.where('kind', 'in', ['tennessen', 'info'])
		.where(
			sql<boolean>`coalesce(body ->> 'when', 'before_first_question') = 'before_first_question'`,
		)
		.where(sql<boolean>`coalesce(body ->> 'audience', 'students') = 'students'`)
		.orderBy('key')
		.orderBy('number', 'desc')
		.orderBy('id')
		.limit(MOST_VERSIONS)
		.execute();
}

/** A survey of an engagement by its key, with its newest version, or undefined. */
export async function findSurveyByKey(db: Database, survey: { engagementId: string; key: string }) {
	const row = await db
		.selectFrom('survey')
		.select('id')
		.where('engagement_id', '=', survey.engagementId)
		.where('key', '=', survey.key)
		.executeTakeFirst();
	if (!row) {
		return undefined;
	}
	const newest = await db
		.selectFrom('survey_version')
		.select(['id', 'number', 'definition_hash as hash'])
		.where('engagement_id', '=', survey.engagementId)
		.where('survey_id', '=', row.id)
		.orderBy('number', 'desc')
		.limit(1)
		.executeTakeFirst();
	return { id: row.id, newest };
}

/** Stores a survey without versions. */
export async function insertSurvey(
	db: Database,
	survey: { engagementId: string; id: string; key: string },
): Promise<void> {
	const { engagementId, id, key } = survey;
	await db.insertInto('survey').values({ engagement_id: engagementId, id, key }).execute();
}

/** Stores a published version. */
export async function insertSurveyVersion(
	db: Database,
	version: {
		engagementId: string;
		id: string;
		surveyId: string;
		number: number;
		definition: unknown;
		hash: string;
		publishedAt: Date;
		publishedBy: string | null;
	},
): Promise<void> {
	await db
		.insertInto('survey_version')
		.values({
			engagement_id: version.engagementId,
			id: version.id,
			survey_id: version.surveyId,
			number: version.number,
			definition: json(version.definition),
			definition_hash: version.hash,
			published_at: version.publishedAt,
			published_by: version.publishedBy,
		})
		.execute();
}
