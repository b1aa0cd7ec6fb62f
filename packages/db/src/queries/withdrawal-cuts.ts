import { sql } from 'kysely';
import type { Database } from '../types.ts';

interface Stretch {
	recordingId: string;
	startMs: number;
	endMs: number;
}

/** Whose words: those of a seat, those of an excerpt, or whatever of a session was taken back. */
export type Words = { seatId: string } | { excerptId: string } | { isTakenBack: true };

/**
 * Where recordings of a session hold certain words, and are not silenced for their sake yet. Times are
 * the recording's own; turns run on the session's clock.
 */
export async function listUncut(
	db: Database,
	of: { engagementId: string; sessionId: string } & Words,
): Promise<Stretch[]> {
	const spoken = spokenIn(of);
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

function spokenIn(of: { engagementId: string; sessionId: string } & Words) {
	const { engagementId, sessionId } = of;
	if ('excerptId' in of) {
		return sql`
			select s.start_ms, s.end_ms from excerpt e
			join turn_span s on s.engagement_id = e.engagement_id and s.id = e.source_id
			where e.engagement_id = ${engagementId} and e.id = ${of.excerptId}`;
	}
	const turns = sql`
		select t.start_ms, t.end_ms from turn t
		join transcript x on x.engagement_id = t.engagement_id and x.id = t.transcript_id
		where t.engagement_id = ${engagementId} and x.session_id = ${sessionId}`;
	if ('seatId' in of) {
		return sql`${turns} and t.seat_id = ${of.seatId}`;
	}
	return sql`
		${turns} and exists (
			select from consent_entry c
			where c.engagement_id = t.engagement_id and c.seat_id = t.seat_id
				and c.source = 'withdrawal' and c.scope = 'kept'
		)
		union all
		select s.start_ms, s.end_ms from excerpt e
		join turn_span s on s.engagement_id = e.engagement_id and s.id = e.source_id
		where e.engagement_id = ${engagementId} and e.session_id = ${sessionId}
			and e.withdrawn_at is not null`;
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
