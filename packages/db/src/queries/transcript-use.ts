import { sql } from 'kysely';
import type { Database } from '../types.ts';

/** What was made of the words of a transcript. */
export interface TranscriptUse {
	excerpts: number;
	/** Excerpts that somebody coded. */
	coded: number;
	/** Quotes that are not withdrawn. */
	quotes: number;
}

/** Counts what rests on a transcript and would stand in the air without it. */
export async function countTranscriptUse(
	db: Database,
	key: { engagementId: string; transcriptId: string },
): Promise<TranscriptUse> {
	const { rows } = await sql<TranscriptUse>`
		select count(*)::int as excerpts,
			count(*) filter (where exists (
				select from excerpt_decision d
				where d.engagement_id = e.engagement_id and d.excerpt_id = e.id
			))::int as coded,
			coalesce(sum((
				select count(*) from quote q
				where q.engagement_id = e.engagement_id and q.excerpt_id = e.id
					and q.withdrawn_at is null
			)), 0)::int as quotes
		from turn_span s
		join excerpt e on e.engagement_id = s.engagement_id and e.source_id = s.id
			and e.source_kind = 'turn'
		where s.engagement_id = ${key.engagementId} and s.transcript_id = ${key.transcriptId}
	`.execute(db);
	return rows[0] ?? { excerpts: 0, coded: 0, quotes: 0 };
}
