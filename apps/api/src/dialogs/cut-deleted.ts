import { listDeletedSpans } from '@throughline/db/queries/dialog-note';
import { insertCut, listRecordingTimes } from '@throughline/db/queries/recording-cut';
import { v5 } from 'uuid';
import type { Deps } from '../deps.ts';

/**
 * Cuts what the group asked to have deleted out of every recording of that time. To be called
 * whenever a recording or a deletion has arrived: either may come first, and a cut is made once.
 */
export async function cutDeleted(
	db: Deps['db'],
	key: { engagementId: string; sessionId: string },
): Promise<void> {
	const spans = await listDeletedSpans(db, key);
	const recordings = await listRecordingTimes(db, key);
	for (const recording of recordings) {
		const ends = recording.durationMs === null ? Infinity : recording.durationMs;
		for (const span of spans) {
			const startMs = Math.max(0, span.startMs - recording.offsetMs);
			const endMs = Math.min(ends, span.endMs - recording.offsetMs);
			const isOfTable =
				span.tableNo === null || recording.tableNo === null || span.tableNo === recording.tableNo;
			if (isOfTable && endMs > startMs) {
				await insertCut(db, {
					engagementId: key.engagementId,
					id: v5(`cut:${span.id}`, recording.id),
					recordingId: recording.id,
					startMs,
					endMs,
					reason: 'asked',
				});
			}
		}
	}
}
