import type { Database } from '../types.ts';

/** The recordings of a session as far as times go. */
export async function listRecordingTimes(
	db: Database,
	key: { engagementId: string; sessionId: string },
) {
	return await db
		.selectFrom('recording')
		.select(['id', 'table_no as tableNo', 'offset_ms as offsetMs', 'duration_ms as durationMs'])
		.where('engagement_id', '=', key.engagementId)
		.where('session_id', '=', key.sessionId)
		.where('status', '!=', 'deleted')
		.orderBy('id')
		.execute();
}

/** Adds what is silenced in a recording; a cut that is there stays. */
export async function insertCut(
	db: Database,
	cut: {
		engagementId: string;
		id: string;
		recordingId: string;
		startMs: number;
		endMs: number;
		reason: 'asked' | 'withdrawn' | 'redacted';
	},
): Promise<void> {
	await db
		.insertInto('recording_cut')
		.values({
			engagement_id: cut.engagementId,
			id: cut.id,
			recording_id: cut.recordingId,
			start_ms: cut.startMs,
			end_ms: cut.endMs,
			reason: cut.reason,
			redaction_id: null,
		})
		.onConflict((conflict) => conflict.columns(['engagement_id', 'id']).doNothing())
		.execute();
}
