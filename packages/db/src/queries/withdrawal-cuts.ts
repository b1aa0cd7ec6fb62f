import { sql } from 'kysely';
import type { Database } from '../types.ts';

interface Stretch {
	recordingId: string;
	startMs: number;
	endMs: number;
}

/**
 * Where recordings of a session hold the turns of a seat, or the span of an excerpt, and are not
 * silenced for its sake yet. Times are the recording's own; turns run on the session's clock.
 */
export async function listUncut(
	db: Database,
	of: { engagementId: string; sessionId: string } & ({ seatId: string } | { excerptId: string }),
): Promise<Stretch[]> {
	const spoken =
		'seatId' in of
			? sql`
				select t.start_ms, t.end_ms from turn t
				join transcript x on x.engagement_id = t.engagement_id and x.id = t.transcript_id
				where t.engagement_id = ${of.engagementId} and x.session_id = ${of.sessionId}
					and t.seat_id = ${of.seatId}`
			: sql`
				select s.start_ms, s.end_ms from excerpt e
				join turn_span s on s.engagement_id = e.engagement_id and s.id = e.source_id
				where e.engagement_id = ${of.engagementId} and e.id = ${of.excerptId}`;
	const result = await sql<Stretch>`
		select distinct r.id as "recordingId",
			greatest(w.start_ms - r.offset_ms, 0) as "startMs",
			least(w.end_ms - r.offset_ms, coalesce(r.duration_ms, w.end_ms - r.offset_ms)) as "endMs"
		from (${spoken}) w
		join recording r on r.engagement_id = ${of.engagementId} and r.session_id = ${of.sessionId}
			and r.status <> 'deleted'
		where w.end_ms > r.offset_ms and w.end_ms > w.start_ms
			and (r.duration_ms is null or w.start_ms - r.offset_ms < r.duration_ms)
			and not exists (
				select from recording_cut c
				where c.engagement_id = r.engagement_id and c.recording_id = r.id
					and c.reason = 'withdrawn'
					and c.start_ms <= greatest(w.start_ms - r.offset_ms, 0)
					and c.end_ms >= least(
						w.end_ms - r.offset_ms, coalesce(r.duration_ms, w.end_ms - r.offset_ms)
					)
			)
		order by 1, 2, 3
	`.execute(db);
	return result.rows;
}

/** Silences stretches of recordings because whoever spoke there took it back. */
export async function addCuts(
	db: Database,
	engagementId: string,
	cuts: readonly (Stretch & { id: string })[],
): Promise<void> {
	if (cuts.length === 0) {
		return;
	}
	await db
		.insertInto('recording_cut')
		.values(
			cuts.map(({ id, recordingId, startMs, endMs }) => ({
				engagement_id: engagementId,
				id,
				recording_id: recordingId,
				start_ms: startMs,
				end_ms: endMs,
				reason: 'withdrawn' as const,
				redaction_id: null,
			})),
		)
		.execute();
}
