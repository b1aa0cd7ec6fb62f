import { sql } from 'kysely';
import type { Database } from '../types.ts';

/**
 * The sessions that quotes are from, and whether their groups have seen what was made of their
 * words: an answer came, or the time to answer is over.
 */
export async function listQuotedSessions(
	db: Database,
	engagementId: string,
	quoteIds: readonly string[],
): Promise<{ id: string; key: string; isShown: boolean }[]> {
	if (quoteIds.length === 0) {
		return [];
	}
	const result = await sql<{ id: string; key: string; isShown: boolean }>`
		select s.id, s.key, exists (
			select from group_review r
			where r.engagement_id = s.engagement_id and r.session_id = s.id
				and ((r.closed_at is null and r.open_until < current_date) or exists (
					select from group_answer a
					where a.engagement_id = r.engagement_id and a.review_id = r.id
				))
		) as "isShown"
		from dialog_session s
		where s.engagement_id = ${engagementId} and s.id in (
			select e.session_id from quote q
			join excerpt e on e.engagement_id = q.engagement_id and e.id = q.excerpt_id
			where q.engagement_id = ${engagementId} and q.id = any(${[...quoteIds]}::uuid[])
		)
		order by s.key, s.id
	`.execute(db);
	return result.rows;
}
