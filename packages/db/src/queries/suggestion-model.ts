import { sql } from 'kysely';
import type { Database } from '../types.ts';

/** An excerpt somebody has decided on, with the themes that count. */
export interface DecidedExcerpt {
	id: string;
	text: string;
	language: string;
	themeIds: string[];
}

/**
 * Decided excerpts of an engagement by id, with the themes that count: those a settlement named,
 * or else those that more than half of the coders put there.
 */
export async function listDecidedExcerpts(
	db: Database,
	engagementId: string,
	page: { after: string | null; limit: number },
): Promise<DecidedExcerpt[]> {
	const result = await sql<DecidedExcerpt>`
		with decided as (
			select d.excerpt_id, count(*) as coders
			from excerpt_decision d
			join excerpt x on x.engagement_id = d.engagement_id and x.id = d.excerpt_id
			where d.engagement_id = ${engagementId} and x.withdrawn_at is null
				and (${page.after}::uuid is null or d.excerpt_id > ${page.after}::uuid)
			group by d.excerpt_id
			order by d.excerpt_id
			limit ${page.limit}
		)
		select e.id, e.text, e.language, coalesce(a.theme_ids, array(
			select c.theme_id from coding c
			where c.engagement_id = ${engagementId} and c.excerpt_id = n.excerpt_id
			group by c.theme_id
			having count(*) * 2 > n.coders
			order by c.theme_id
		)) as "themeIds"
		from decided n
		join excerpt e on e.engagement_id = ${engagementId} and e.id = n.excerpt_id
		left join adjudication a on a.engagement_id = e.engagement_id and a.excerpt_id = e.id
		order by e.id
	`.execute(db);
	return result.rows;
}

/** The trained model of an engagement, or undefined. */
export async function findSuggestionModel(
	db: Database,
	engagementId: string,
): Promise<{ body: Buffer; trainedOn: number; trainedAt: Date } | undefined> {
	return await db
		.selectFrom('suggestion_model')
		.select(['body', 'trained_on as trainedOn', 'trained_at as trainedAt'])
		.where('engagement_id', '=', engagementId)
		.executeTakeFirst();
}

/** What a model of an engagement rests on, against what there is now. Times are the database's. */
export async function readModelState(
	db: Database,
	engagementId: string,
): Promise<{
	now: Date;
	trainedAt: Date | null;
	trainedOn: number;
	/** Excerpts somebody has decided on by now. */
	decided: number;
	/** Words of the codebook were edited after the training, or words it learned from taken back. */
	isOutdated: boolean;
}> {
	const result = await sql<{
		now: Date;
		trainedAt: Date | null;
		trainedOn: number;
		decided: number;
		isOutdated: boolean;
	}>`
		select now() as now, m.trained_at as "trainedAt", coalesce(m.trained_on, 0) as "trainedOn",
			(
				select count(distinct d.excerpt_id)::int from excerpt_decision d
				join excerpt x on x.engagement_id = d.engagement_id and x.id = d.excerpt_id
				where d.engagement_id = ${engagementId} and x.withdrawn_at is null
			) as decided,
			exists (
				select from audit_entry a
				where a.engagement_id = ${engagementId} and a.action = 'theme.edited'
					and a.created_at >= m.trained_at
			) or exists (
				select from excerpt x
				where x.engagement_id = ${engagementId} and x.withdrawn_at >= m.trained_at
			) as "isOutdated"
		from (select 1) one
		left join suggestion_model m on m.engagement_id = ${engagementId}
	`.execute(db);
	const [state] = result.rows;
	if (!state) {
		throw new Error('The database gave no row.');
	}
	return state;
}

/** Puts a model in the place of the one before it. */
export async function writeSuggestionModel(
	db: Database,
	model: { engagementId: string; body: Uint8Array; trainedOn: number; trainedAt: Date },
): Promise<void> {
	const trained = {
		body: Buffer.from(model.body.buffer, model.body.byteOffset, model.body.byteLength),
		trained_on: model.trainedOn,
		trained_at: model.trainedAt,
	};
	await db
		.insertInto('suggestion_model')
		.values({ engagement_id: model.engagementId, ...trained })
		.onConflict((conflict) => conflict.column('engagement_id').doUpdateSet(trained))
		.execute();
}

/** Engagements with a codebook and something to code: what models are kept ready for. */
export async function listCodedEngagements(db: Database): Promise<string[]> {
	const result = await sql<{ id: string }>`
		select e.id from engagement e
		where e.status = 'active'
			and exists (select from codebook c where c.engagement_id = e.id)
			and exists (
				select from excerpt x where x.engagement_id = e.id and x.withdrawn_at is null
			)
		order by e.id
		limit 100
	`.execute(db);
	return result.rows.map(({ id }) => id);
}
