import { sql } from 'kysely';
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
		.where('v.engagement_id', '=', version.engagementId)
		.where('v.id', '=', version.id)
		.executeTakeFirst();
}

/** The notices of an engagement that are shown before the first question, newest version first. */
export async function listStartNotices(db: Database, engagementId: string) {
	return await db
		.selectFrom('notice_version')
		.select(['id', 'key', 'kind', 'number', 'body', 'body_hash as hash'])
		.where('engagement_id', '=', engagementId)
		.where('kind', 'in', ['tennessen', 'info'])
		.orderBy('key')
		.orderBy('number', 'desc')
		.orderBy('id')
		.limit(MOST_VERSIONS)
		.execute();
}
