import { writeAuditEntry } from '@throughline/db/queries/audit-entry';
import { findRecording, markDeleted } from '@throughline/db/queries/recording';
import { rm } from 'node:fs/promises';
import type { Deps } from '../deps.ts';
import { mergeOf } from '../recordings/merge.ts';
import { removeStale } from '../recordings/prepare-recording.ts';
import { readSessionSound } from '../recordings/session-sound.ts';
import { removeUpload } from '../recordings/uploads.ts';

/**
 * Deletes the sound of a recording for good, also where the copy of another one of its table took of
 * it, and writes down that it was done. Its row stays with the list of its slices, so that one can see
 * what there was. Done twice, it is done once.
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
	await removeCopies(deps, given);
}

/** Removes what others of the session took of a recording that is deleted now. */
async function removeCopies(
	{ db, recordings }: Pick<Deps, 'db' | 'recordings'>,
	key: { engagementId: string; recordingId: string },
): Promise<void> {
	const deleted = await findRecording(db, key);
	if (!deleted) {
		return;
	}
	const { engagementId } = key;
	const sound = await readSessionSound(db, { engagementId, sessionId: deleted.session_id });
	for (const other of sound.recordings) {
		if (other.table_no === deleted.table_no && other.status !== 'deleted') {
			await removeStale(
				recordings.files,
				{ engagementId, recordingId: other.id },
				{ merge: mergeOf(other, sound), isMaking: true },
			);
		}
	}
}
