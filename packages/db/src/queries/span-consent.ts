import type { ConsentEntry } from '@throughline/analysis/dialog';
import { sql } from 'kysely';
import type { Database } from '../types.ts';

/** A seat whose words are in a span, with its lines of the consent ledger. */
export interface SpanSeat {
	seatId: string;
	entries: ConsentEntry[];
}

/** A row `ss` of seats as JSON objects of SpanSeat. */
const withLedger = sql`jsonb_build_object(
	'seatId', ss.seat_id,
	'entries', coalesce((
		select jsonb_agg(jsonb_build_object(
			'seatId', c.seat_id, 'scope', c.scope, 'source', c.source, 'isGiven', c.is_given,
			'saidAt', extract(epoch from c.said_at)
		) order by c.said_at, c.created_at, c.id)
		from consent_entry c
		where c.engagement_id = ss.engagement_id and c.seat_id = ss.seat_id
	), '[]')
)`;

/**
 * The seats whose yes the words of excerpt `e` need, as a JSON array of SpanSeat: those that spoke
 * them; every seat of the session where it is not known who did. Empty for answers, and for notes
 * in other words than were said: nobody can agree to those.
 */
export const seatsOfExcerpt = sql`coalesce((
	select jsonb_agg(${withLedger} order by ss.seat_id)
	from (
		select engagement_id, seat_id from turn_span_seat
		where engagement_id = e.engagement_id and span_id = e.source_id
		union
		select d.engagement_id, d.id from turn_span sp
		join dialog_seat d
			on d.engagement_id = sp.engagement_id and d.session_id = sp.session_id
		where sp.engagement_id = e.engagement_id and sp.id = e.source_id and sp.is_rooms
	) ss
	where e.note is distinct from 'paraphrase'
), '[]')`;

/** A syllable: turns of a transcript meet no more exactly than that. */
const OVERHEARD_MS = 250;

/**
 * The seats that are heard where excerpt `e` was spoken though its words are not theirs, as a JSON array
 * of SpanSeat: people talk at the same time. Whoever it is not known of stands there without a yes.
 */
export const seatsOverheard = sql`coalesce((
	select jsonb_agg(${withLedger} order by ss.seat_id)
	from (
		select distinct o.engagement_id, o.seat_id
		from turn_span sp
		join turn o on o.engagement_id = sp.engagement_id and o.transcript_id = sp.transcript_id
		where sp.engagement_id = e.engagement_id and sp.id = e.source_id
			and o.kind = 'speech' and not o.is_facilitator and not o.is_nobodys
			and least(o.end_ms, sp.end_ms) - greatest(o.start_ms, sp.start_ms) > ${sql.lit(OVERHEARD_MS)}
	) ss
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
