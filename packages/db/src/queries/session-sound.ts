import { sql } from 'kysely';
import type { Database } from '../types.ts';
import type { CutRow } from './recording.ts';

interface SessionKey {
	engagementId: string;
	sessionId: string;
}

/** What is silenced in the recordings of a session, deleted ones too: each cut with whose it is. */
export async function listCutsOfSession(
	db: Database,
	key: SessionKey,
): Promise<(CutRow & { recordingId: string })[]> {
	return await db
		.selectFrom('recording_cut as c')
		.innerJoin('recording as r', (join) =>
			join.onRef('r.engagement_id', '=', 'c.engagement_id').onRef('r.id', '=', 'c.recording_id'),
		)
		.select(['c.id', 'c.start_ms', 'c.end_ms', 'c.reason', 'c.recording_id as recordingId'])
		.where('r.engagement_id', '=', key.engagementId)
		.where('r.session_id', '=', key.sessionId)
		.orderBy('c.start_ms')
		.orderBy('c.id')
		.execute();
}

/** Pauses of a session and what its group asked to have deleted; null is every table. */
export async function listQuietSpans(
	db: Database,
	key: SessionKey,
): Promise<{ startMs: number; endMs: number; tableNo: number | null }[]> {
	return await db
		.selectFrom('dialog_event')
		.select(['start_ms as startMs', 'table_no as tableNo'])
		.select(sql<number>`coalesce(end_ms, start_ms)`.as('endMs'))
		.where('engagement_id', '=', key.engagementId)
		.where('session_id', '=', key.sessionId)
		.where('kind', 'in', ['pause', 'deleted'])
		.orderBy('start_ms')
		.orderBy('id')
		.execute();
}
