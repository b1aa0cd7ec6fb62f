import { sql } from 'kysely';
import type { Database } from '../types.ts';

export interface OverdueRecording {
	engagement_id: string;
	id: string;
	session_id: string;
	/** It has a transcript, and all those of its table are checked. */
	isChecked: boolean;
}

/**
 * Recordings whose time is over: past their day, or with a checked transcript and none of their
 * table that still is a draft, whichever comes first. Recordings of a table wait for each other, for
 * one is heard where another has a gap.
 */
export async function listOverdueRecordings(
	db: Database,
	{ today, limit }: { today: string; limit: number },
): Promise<OverdueRecording[]> {
	const { rows } = await sql<OverdueRecording>`
		select o.engagement_id, o.id, o.session_id, o."isChecked"
		from (
			select r.engagement_id, r.id, r.session_id, r.delete_after,
				exists (
					select from transcript t
					where t.engagement_id = r.engagement_id and t.recording_id = r.id
						and t.status = 'checked'
				) and not exists (
					select from recording s
					join transcript t on t.engagement_id = s.engagement_id and t.recording_id = s.id
					where s.engagement_id = r.engagement_id and s.session_id = r.session_id
						and s.table_no is not distinct from r.table_no
						and (s.status <> 'deleted' or s.id = r.id) and t.status <> 'checked'
				) as "isChecked"
			from recording r
			where r.status <> 'deleted'
		) o
		where o.delete_after < ${today}::date or o."isChecked"
		order by o.id
		limit ${limit}
	`.execute(db);
	return rows;
}
