import { sql } from 'kysely';
import type { Database } from '../types.ts';
import { type SpanSeat, seatsOfExcerpt, seatsOverheard } from './span-consent.ts';

/** Where the words of a quote were spoken, on the session's clock. */
export interface QuoteSound {
	sessionId: string;
	startMs: number;
	endMs: number;
	/** The recording its transcript was made of, when it was made of one. */
	recordingId: string | null;
	/** Who spoke, with what they agreed to. */
	seats: SpanSeat[];
	/** Who is heard there as well. */
	overheard: SpanSeat[];
	isTakenBack: boolean;
}

/** When a quote was spoken; undefined for one of an answer, and for one that was withdrawn. */
export async function findQuoteSound(
	db: Database,
	key: { engagementId: string; quoteId: string },
): Promise<QuoteSound | undefined> {
	const result = await sql<QuoteSound>`
		select s.session_id as "sessionId", s.start_ms as "startMs", s.end_ms as "endMs",
			t.recording_id as "recordingId", ${seatsOfExcerpt} as seats, ${seatsOverheard} as overheard,
			e.withdrawn_at is not null as "isTakenBack"
		from quote q
		join excerpt e on e.engagement_id = q.engagement_id and e.id = q.excerpt_id
		join turn_span s on s.engagement_id = e.engagement_id and s.id = e.source_id
		join transcript t on t.engagement_id = s.engagement_id and t.id = s.transcript_id
		where q.engagement_id = ${key.engagementId} and q.id = ${key.quoteId}
			and q.withdrawn_at is null and e.session_id is not null
	`.execute(db);
	return result.rows[0];
}
