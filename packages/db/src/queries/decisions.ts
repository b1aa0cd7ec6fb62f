import { type Kysely, sql } from 'kysely';
import type { Schema } from '../schema.ts';

/** More findings or recommendations than anyone could read are not listed. */
const MOST = 500;

/** A finding with the addresses of what it rests on. */
export interface FindingRow {
	id: string;
	sentence: string;
	minorityView: string;
	status: 'draft' | 'ready';
	version: number;
	updatedAt: Date;
	isArchived: boolean;
	tables: {
		windowId: string;
		kind: 'question' | 'themes';
		ref: string;
		breakdown: string | null;
	}[];
	themeKeys: string[];
	quoteIds: string[];
	recommendationIds: string[];
}

/** The findings of an engagement, oldest first, without those put away; the newest 500. */
export async function listFindings(
	db: Kysely<Schema>,
	engagementId: string,
	options: { isArchived?: boolean } = {},
): Promise<FindingRow[]> {
	const result = await sql<FindingRow>`
		${selectFindings()}
		where f.engagement_id = ${engagementId}
			and (f.archived_at is not null) = ${options.isArchived ?? false}
		order by f.created_at desc, f.id desc
		limit ${MOST}
	`.execute(db);
	return result.rows.toReversed();
}

/** One finding, one put away too, or undefined. */
export async function findFinding(
	db: Kysely<Schema>,
	key: { engagementId: string; findingId: string },
): Promise<FindingRow | undefined> {
	const result = await sql<FindingRow>`
		${selectFindings()}
		where f.engagement_id = ${key.engagementId} and f.id = ${key.findingId}
	`.execute(db);
	return result.rows[0];
}

function selectFindings() {
	return sql`
		select f.id, f.sentence, f.minority_view as "minorityView", f.status, f.version,
			f.updated_at as "updatedAt", f.archived_at is not null as "isArchived",
			coalesce((
				select jsonb_agg(jsonb_build_object(
					'windowId', t.window_id, 'kind', t.kind, 'ref', t.ref, 'breakdown', t.breakdown
				) order by t.position)
				from finding_table t where t.engagement_id = f.engagement_id and t.finding_id = f.id
			), '[]') as tables,
			array(
				select th.key from finding_theme ft
				join theme th on th.engagement_id = ft.engagement_id and th.id = ft.theme_id
				where ft.engagement_id = f.engagement_id and ft.finding_id = f.id order by th.key
			) as "themeKeys",
			array(
				select q.quote_id from finding_quote q
				where q.engagement_id = f.engagement_id and q.finding_id = f.id order by q.quote_id
			) as "quoteIds",
			array(
				select r.recommendation_id from recommendation_finding r
				where r.engagement_id = f.engagement_id and r.finding_id = f.id
				order by r.recommendation_id
			) as "recommendationIds"
		from finding f
	`;
}

/** The recommendations of an engagement by key, with the findings they rest on. */
export async function listRecommendations(db: Kysely<Schema>, engagementId: string) {
	return await db
		.selectFrom('recommendation as r')
		.select((expression) => [
			'r.id',
			'r.key',
			'r.category',
			'r.text',
			'r.owner',
			'r.measure',
			'r.target',
			'r.clause_hint as clauseHint',
			'r.status',
			'r.reason',
			'r.dissent',
			'r.version',
			'r.updated_at as updatedAt',
			sql<string[]>`array(
				select f.finding_id from recommendation_finding f
				where f.engagement_id = r.engagement_id and f.recommendation_id = r.id
				order by f.finding_id
			)`.as('findingIds'),
			expression.ref('r.engagement_id').as('engagementId'),
		])
		.where('r.engagement_id', '=', engagementId)
		.orderBy('r.key')
		.orderBy('r.id')
		.limit(MOST)
		.execute();
}
