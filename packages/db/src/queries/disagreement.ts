import { sql } from 'kysely';
import type { Database } from '../types.ts';
import type { CoderKey, DecisionKey } from './coding.ts';

/** Excerpts this coder and another have decided differently, and nobody has settled. */
const disagreeing = ({ engagementId, coderId }: CoderKey) => sql`
	from excerpt_decision d
	join excerpt e on e.engagement_id = d.engagement_id and e.id = d.excerpt_id
	where d.engagement_id = ${engagementId} and d.coder_id = ${coderId}
		and e.withdrawn_at is null
		and not exists (
			select from adjudication a
			where a.engagement_id = d.engagement_id and a.excerpt_id = d.excerpt_id
		)
		and exists (
			select from excerpt_decision o
			where o.engagement_id = d.engagement_id and o.excerpt_id = d.excerpt_id
				and o.coder_id <> d.coder_id
				and array(
					select c.theme_id from coding c
					where c.engagement_id = o.engagement_id and c.excerpt_id = o.excerpt_id
						and c.coder_id = o.coder_id
					order by c.theme_id
				) <> array(
					select c.theme_id from coding c
					where c.engagement_id = d.engagement_id and c.excerpt_id = d.excerpt_id
						and c.coder_id = d.coder_id
					order by c.theme_id
				)
		)
`;

/** How many disagreements wait for this coder, or anyone who decided on the same. */
export async function countDisagreements(db: Database, coder: CoderKey): Promise<number> {
	const result = await sql<{ n: number }>`
		select count(*)::int as n ${disagreeing(coder)}
	`.execute(db);
	return result.rows[0]?.n ?? 0;
}

/** The excerpts of those disagreements in the queue's order: what they are, not what was decided. */
export async function listDisagreements(
	db: Database,
	coder: CoderKey,
	page: { limit: number; offset: number },
): Promise<{ id: string; text: string; language: string }[]> {
	const result = await sql<{ id: string; text: string; language: string }>`
		select e.id, e.text, e.language ${disagreeing(coder)}
		order by e.queue_position, e.id
		limit ${page.limit} offset ${page.offset}
	`.execute(db);
	return result.rows;
}

/** The disagreement after this excerpt in the queue's order, from the start after the last; or null. */
export async function findNextDisagreement(db: Database, key: DecisionKey): Promise<string | null> {
	const result = await sql<{ id: string }>`
		select e.id ${disagreeing(key)} and e.id <> ${key.excerptId}
		order by e.queue_position < (
			select queue_position from excerpt
			where engagement_id = ${key.engagementId} and id = ${key.excerptId}
		), e.queue_position, e.id
		limit 1
	`.execute(db);
	return result.rows[0]?.id ?? null;
}

/** What every coder of an excerpt decided. For the eyes of a coder who has decided on it too. */
export async function listDecisionsOn(
	db: Database,
	key: { engagementId: string; excerptId: string },
): Promise<{ coderId: string; themeIds: string[] }[]> {
	const result = await sql<{ coderId: string; themeIds: string[] }>`
		select d.coder_id as "coderId", array(
			select c.theme_id from coding c
			where c.engagement_id = d.engagement_id and c.excerpt_id = d.excerpt_id
				and c.coder_id = d.coder_id
			order by c.theme_id
		) as "themeIds"
		from excerpt_decision d
		join excerpt e on e.engagement_id = d.engagement_id and e.id = d.excerpt_id
		where d.engagement_id = ${key.engagementId} and d.excerpt_id = ${key.excerptId}
			and e.withdrawn_at is null
		order by d.coder_id
	`.execute(db);
	return result.rows;
}

export interface Settlement {
	themeIds: string[];
	note: string;
	settledBy: string | null;
}

/** How a disagreement was settled, or undefined. */
export async function findSettlement(
	db: Database,
	key: { engagementId: string; excerptId: string },
): Promise<Settlement | undefined> {
	return await db
		.selectFrom('adjudication')
		.select(['theme_ids as themeIds', 'note', 'decided_by as settledBy'])
		.where('engagement_id', '=', key.engagementId)
		.where('excerpt_id', '=', key.excerptId)
		.executeTakeFirst();
}

/** Settles a disagreement, in place of an earlier settlement. */
export async function writeSettlement(
	db: Database,
	key: DecisionKey,
	{ themeIds, note }: { themeIds: string[]; note: string },
): Promise<void> {
	const settled = { theme_ids: themeIds, decided_by: key.coderId, note };
	await db
		.insertInto('adjudication')
		.values({ engagement_id: key.engagementId, excerpt_id: key.excerptId, ...settled })
		.onConflict((conflict) =>
			conflict.columns(['engagement_id', 'excerpt_id']).doUpdateSet(settled),
		)
		.execute();
}

/** Takes a settlement away. Returns false when there was none. */
export async function deleteSettlement(
	db: Database,
	key: { engagementId: string; excerptId: string },
): Promise<boolean> {
	const result = await db
		.deleteFrom('adjudication')
		.where('engagement_id', '=', key.engagementId)
		.where('excerpt_id', '=', key.excerptId)
		.executeTakeFirst();
	return result.numDeletedRows > 0n;
}

/** One coder's blind decision on an excerpt that two or more coders decided blind. */
export interface BlindDecision {
	excerptId: string;
	themeIds: string[];
}

/**
 * What coders decided before they saw a suggestion or each other's codings, for excerpts with at
 * least two such decisions: what agreement is measured on. A decision changed afterwards counts as
 * it was before.
 */
export async function listBlindDecisions(
	db: Database,
	engagementId: string,
): Promise<BlindDecision[]> {
	const result = await sql<BlindDecision>`
		with blind as (
			select d.excerpt_id, d.coder_id,
				case when d.saw_suggestions then (
					select array(select jsonb_array_elements_text(s.after -> 'themeIds'))
					from coding_step s
					where s.engagement_id = d.engagement_id and s.excerpt_id = d.excerpt_id
						and s.coder_id = d.coder_id and not s.is_undone
						and s.after ->> 'sawSuggestions' = 'false'
					order by s.id desc
					limit 1
				) else array(
					select c.theme_id::text from coding c
					where c.engagement_id = d.engagement_id and c.excerpt_id = d.excerpt_id
						and c.coder_id = d.coder_id
				) end as theme_ids
			from excerpt_decision d
			join excerpt e on e.engagement_id = d.engagement_id and e.id = d.excerpt_id
			where d.engagement_id = ${engagementId} and not e.is_non_answer
				and e.withdrawn_at is null
		)
		select excerpt_id as "excerptId", theme_ids as "themeIds"
		from (
			select *, count(*) over (partition by excerpt_id) as coders
			from blind where theme_ids is not null
		) counted
		where coders >= 2
		order by excerpt_id, coder_id
	`.execute(db);
	return result.rows;
}

/** Changes whenever a decision of the engagement does, or one loses its excerpt: what a remembered reliability rests on. */
export async function readDecisionsMark(db: Database, engagementId: string): Promise<string> {
	const result = await sql<{ mark: string }>`
		select count(*) || ':' || coalesce(max(decided_at)::text, '') || ':' ||
			(select count(*) from coding where engagement_id = ${engagementId}) || ':' ||
			(
				select count(*) from excerpt
				where engagement_id = ${engagementId} and withdrawn_at is not null
			) as mark
		from excerpt_decision where engagement_id = ${engagementId}
	`.execute(db);
	return result.rows[0]?.mark ?? '';
}
