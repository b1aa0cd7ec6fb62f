import { sql } from 'kysely';
import type { Database } from '../types.ts';

/** Spoken words somebody has coded: whose, and the themes that count on them. */
export interface CodedTurnRow {
	sessionId: string;
	seatIds: string[];
	themes: string[];
}

/** Every decided excerpt of dialog sessions that nobody took back, with the keys of its themes. */
export async function listCodedTurns(db: Database, engagementId: string): Promise<CodedTurnRow[]> {
	const result = await sql<CodedTurnRow>`
		with decided as (
			select d.excerpt_id, count(*) as coders
			from excerpt_decision d
			join excerpt e on e.engagement_id = d.engagement_id and e.id = d.excerpt_id
			where d.engagement_id = ${engagementId} and e.source_kind = 'turn'
				and not e.is_non_answer and e.withdrawn_at is null
			group by d.excerpt_id
		), agreed as (
			select c.excerpt_id, c.theme_id
			from coding c join decided d on d.excerpt_id = c.excerpt_id
			where c.engagement_id = ${engagementId}
			group by c.excerpt_id, c.theme_id, d.coders
			having count(*) * 2 > d.coders
		)
		select e.session_id as "sessionId",
			array(
				select s.seat_id from turn_span_seat s
				where s.engagement_id = e.engagement_id and s.span_id = e.source_id
				order by s.seat_id
			) as "seatIds",
			array(
				select t.key from theme t
				where t.engagement_id = e.engagement_id and t.id = any(coalesce(
					a.theme_ids,
					array(select g.theme_id from agreed g where g.excerpt_id = e.id)
				))
				order by t.key
			) as themes
		from decided d
		join excerpt e on e.engagement_id = ${engagementId} and e.id = d.excerpt_id
		left join adjudication a on a.engagement_id = e.engagement_id and a.excerpt_id = e.id
		order by e.id
	`.execute(db);
	return result.rows;
}

/** How many sat in each session that was held. */
export async function listHeldSizes(
	db: Database,
	engagementId: string,
): Promise<{ id: string; participants: number | null }[]> {
	return await db
		.selectFrom('dialog_session')
		.select(['id', 'participants'])
		.where('engagement_id', '=', engagementId)
		.where('status', '=', 'held')
		.orderBy('id')
		.execute();
}
