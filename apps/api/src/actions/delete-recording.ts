import { writeAuditEntry } from '@throughline/db/queries/audit-entry';
import { markDeleted } from '@throughline/db/queries/recording';
import { rm } from 'node:fs/promises';
import type { Deps } from '../deps.ts';
import { removeUpload } from '../recordings/uploads.ts';

/**
 * Deletes the sound of a recording for good, and writes down that it was done. Its row stays with
 * the list of its slices, so that one can see what there was. Done twice, it is done once.
 */
export async function deleteRecording(
	deps: Pick<Deps, 'db' | 'clock' | 'random' | 'recordings'>,
	given: {
		engagementId: string;
		recordingId: string;
		/** Null for the retention job. */
		personId: string | null;
		why: 'by_hand' | 'time_over' | 'transcript_checked';
		/** In the words of whoever deleted it by hand. */
		reason?: string;
	},
): Promise<void> {
	const { files } = deps.recordings;
	// The files first: a row that says so while they lie there would be a lie.
	await rm(files.folderOf(given), { recursive: true, force: true });
	await removeUpload(files.incoming, given.recordingId);
	await deps.db.transaction().execute(async (trx) => {
		await markDeleted(trx, { ...given, now: deps.clock() });
		await writeAuditEntry(trx, {
			engagementId: given.engagementId,
			id: deps.random.uuid7(),
			personId: given.personId,
			action: 'recording.deleted',
			target: given.recordingId,
			detail: { why: given.why, ...(given.reason && { reason: given.reason }) },
		});
	});
}
