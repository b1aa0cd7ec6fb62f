import type { ConsentEntry } from '@throughline/analysis/dialog';
import { sql } from 'kysely';
import type { Database } from '../types.ts';

/** A seat whose words are in a span, with its lines of the consent ledger. */
export interface SpanSeat {
	seatId: string;
	entries: ConsentEntry[];
}

/** The seats of excerpt `e` as a JSON array of SpanSeat; empty for answers. */
export const seatsOfExcerpt = sql`coalesce((
	select jsonb_agg(jsonb_build_object(
		'seatId', ss.seat_id,
		'entries', coalesce((
			select jsonb_agg(jsonb_build_object(
				'seatId', c.seat_id, 'scope', c.scope, 'source', c.source, 'isGiven', c.is_given,
				'saidAt', extract(epoch from c.said_at)
			) order by c.said_at, c.created_at, c.id)
			from consent_entry c
			where c.engagement_id = ss.engagement_id and c.seat_id = ss.seat_id
		), '[]')
	) order by ss.seat_id)
	from turn_span_seat ss
	where ss.engagement_id = e.engagement_id and ss.span_id = e.source_id
), '[]')`;

/** The seats that spoke an excerpt, with what they agreed to; empty when none is known. */
export async function listSeatsOfExcerpt(
	db: Database,
	key: { engagementId: string; excerptId: string },
): Promise<SpanSeat[]> {
	const result = await sql<{ seats: SpanSeat[] }>`
		select ${seatsOfExcerpt} as seats from excerpt e
		where e.engagement_id = ${key.engagementId} and e.id = ${key.excerptId}
	`.execute(db);
	return result.rows[0]?.seats ?? [];
}
