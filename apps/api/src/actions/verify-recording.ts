import { writeAuditEntry } from '@throughline/db/queries/audit-entry';
import {
	findRecording,
	markReceived,
	type Recording,
	updateRecording,
} from '@throughline/db/queries/recording';
import { join } from 'node:path';
import type { Deps } from '../deps.ts';
import { cutDeleted } from '../dialogs/cut-deleted.ts';
import { AppError, notFound } from '../errors.ts';
import { audioMimeOf } from '../recordings/audio-format.ts';
import { hasSound } from '../recordings/has-sound.ts';
import { makeFolder, settle, sizeOf } from '../recordings/recording-files.ts';
import { type ReadUpload, readUpload } from '../recordings/read-upload.ts';
import { removeUpload } from '../recordings/uploads.ts';
import { silenceTakenBack } from '../withdrawal/withdraw-seat.ts';

interface Claim {
	bytes: number;
	/** Of all bytes; null where the device could not hold them all at once. */
	sha256: string | null;
}

type Own = Pick<Deps, 'db' | 'random' | 'recordings'>;

/**
 * Compares what lies on the disk with what the device has, slice by slice and as a whole, and
 * moves it to its place. Only after this may the device let go of its copy. Done twice, it is
 * done once.
 * @throws AppError 409 `upload_incomplete` or `upload_mismatch`, 410 for a deleted recording, 415
 * for a file from another recorder that is no sound.
 */
export async function verifyRecording(
	deps: Own,
	recording: Recording,
	claim: Claim & { personId: string },
): Promise<Recording> {
	if (recording.status === 'deleted') {
		throw new AppError('recording_deleted', 410, 'This recording was deleted here.');
	}
	if (recording.status !== 'announced') {
		refuseOther(recording.bytes === claim.bytes && isSame(claim.sha256, recording.sha256));
		return recording;
	}
	const { files } = deps.recordings;
	const key = { engagementId: recording.engagement_id, recordingId: recording.id };
	const arrived = join(files.incoming, recording.id);
	const place = files.original(key);
	// Moved already, if the process ended between moving it and writing that down.
	const path = (await sizeOf(place)) === null ? arrived : place;
	if ((await sizeOf(path)) !== claim.bytes) {
		throw new AppError('upload_incomplete', 409, 'Not all of it has arrived. Go on sending.');
	}
	const read = await readUpload(path, recording.manifest.slices);
	if (read.wrongSlice !== null || !isSame(claim.sha256, read.sha256)) {
		await removeUpload(files.incoming, recording.id);
		refuseOther(false);
	}
	const mime = await mimeOf(deps, { path, read, recording });
	if (path === arrived) {
		await makeFolder(files.folderOf(key));
		await settle(arrived, place);
		await removeUpload(files.incoming, recording.id);
	}
	const session = { engagementId: key.engagementId, sessionId: recording.session_id };
	await cutDeleted(deps.db, session);
	await silenceTakenBack(deps, session);
	await writeDown(deps, recording, { ...read, mime, personId: claim.personId });
	const stored = await findRecording(deps.db, key);
	if (!stored) {
		throw notFound();
	}
	return stored;
}

/** What it is; null where a tablet of ours sent something that cannot be read. */
async function mimeOf(
	deps: Own,
	{ path, read, recording }: { path: string; read: ReadUpload; recording: Recording },
): Promise<string | null> {
	const mimes = read.heads.map(audioMimeOf);
	const mime = mimes.find((each) => each !== null) ?? null;
	const ffmpeg = mime === null ? null : await deps.recordings.ffmpeg();
	const isSound =
		mime !== null && (ffmpeg === null || (await hasSound(ffmpeg, path, recording, read.bytes)));
	if (!isSound && recording.device_id === null) {
		await removeUpload(deps.recordings.files.incoming, recording.id);
		throw new AppError(
			'audio_unreadable',
			415,
			'No sound could be read from this file. Send it as WebM, MP4 (M4A), MP3, WAV, FLAC or Ogg.',
		);
	}
	return isSound ? mime : null;
}

async function writeDown(
	{ db, random }: Own,
	recording: Recording,
	{ bytes, sha256, mime, personId }: ReadUpload & { mime: string | null; personId: string },
): Promise<void> {
	const key = { engagementId: recording.engagement_id, recordingId: recording.id };
	await db.transaction().execute(async (trx) => {
		await markReceived(trx, { ...key, bytes, sha256, mime: mime ?? recording.mime });
		if (mime === null) {
			const problem =
				'No sound could be read from this recording. It is kept as it came, and the notes of the session stand.';
			await updateRecording(trx, key, { status: 'failed', problem });
		}
		await writeAuditEntry(trx, {
			engagementId: key.engagementId,
			id: random.uuid7(),
			personId,
			action: 'recording.received',
			target: recording.id,
			detail: { bytes },
		});
	});
}

function isSame(claimed: string | null, found: string | null): boolean {
	return claimed === null || claimed === found;
}

function refuseOther(isSameSound: boolean): void {
	if (!isSameSound) {
		throw new AppError(
			'upload_mismatch',
			409,
			'What arrived is not what was recorded. It was thrown away here; send it again.',
		);
	}
}
