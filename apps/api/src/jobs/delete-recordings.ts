import { listOverdueRecordings } from '@throughline/db/queries/recording';
import { deleteRecording } from '../actions/delete-recording.ts';
import type { Deps } from '../deps.ts';

const AT_A_TIME = 50;

/**
 * Deletes what students were promised would be gone: sound whose transcript was checked, and all
 * sound on the thirtieth day. What cannot be deleted is tried again a minute later.
 */
export async function deleteRecordings(
	deps: Pick<Deps, 'db' | 'clock' | 'random' | 'recordings'>,
): Promise<void> {
	const today = deps.clock().toISOString().slice(0, 10);
	const overdue = await listOverdueRecordings(deps.db, { today, limit: AT_A_TIME });
	for (const { engagement_id, id, isChecked } of overdue) {
		await deleteRecording(deps, {
			engagementId: engagement_id,
			recordingId: id,
			personId: null,
			why: isChecked ? 'transcript_checked' : 'time_over',
		});
	}
}
