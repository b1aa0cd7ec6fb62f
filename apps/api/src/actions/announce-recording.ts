import type { DialogSession } from '@throughline/db/queries/dialog-session';
import {
	announceAgain,
	findRecording,
	insertRecording,
	type Recording,
} from '@throughline/db/queries/recording';
import { insertCut } from '@throughline/db/queries/recording-cut';
import type { RecordingManifest } from '@throughline/db/schema';
import type { Deps } from '../deps.ts';
import { AppError, notFound } from '../errors.ts';

/** What students are promised: sound is gone on the thirtieth day at the latest. */
const KEPT_DAYS = 30;
const DAY_MS = 86_400_000;

/** The last day on which sound of a session may be kept, as `2026-02-14`. */
export function lastDayOfSound(session: Date): string {
	return isoDay(new Date(session.getTime() + KEPT_DAYS * DAY_MS));
}

interface Announced {
	id: string;
	deviceId: string | null;
	personId: string;
	label: string;
	tableNo: number | null;
	mime: string;
	startedAt: string;
	offsetMs: number;
	manifest: RecordingManifest;
	/** On the session's clock, as the device knows them. */
	cuts: readonly { id: string; startMs: number; endMs: number }[];
}

/**
 * Takes note of a recording that is about to be sent. Announcing it again changes nothing but the
 * list of its slices, and that only until the sound is here.
 * @throws AppError 409 when the session is one of notes only, has not been started, or is so long ago
 * that its sound had to be deleted.
 */
export async function announceRecording(
	deps: Pick<Deps, 'db' | 'clock'>,
	session: DialogSession,
	given: Announced,
): Promise<Recording> {
	refuseWithoutPermission(session);
	const key = { engagementId: session.engagement_id, recordingId: given.id };
	const began = session.ended_at ?? session.started_at ?? session.starts_at;
	const deleteAfter = lastDayOfSound(began);
	refuseWhatIsOver(deleteAfter, isoDay(deps.clock()));
	return await deps.db.transaction().execute(async (trx) => {
		await insertRecording(trx, {
			...given,
			engagementId: session.engagement_id,
			sessionId: session.id,
			startedAt: new Date(given.startedAt),
			deleteAfter,
			createdBy: given.personId,
		});
		await announceAgain(trx, { ...key, manifest: given.manifest });
		const recording = await findRecording(trx, key);
		// An id of another session's: whoever made it knows nothing of that one.
		if (recording?.session_id !== session.id || recording.device_id !== given.deviceId) {
			throw notFound();
		}
		for (const cut of given.cuts) {
			await insertCut(trx, {
				engagementId: session.engagement_id,
				id: cut.id,
				recordingId: given.id,
				startMs: Math.max(0, cut.startMs - recording.offset_ms),
				endMs: Math.max(1, cut.endMs - recording.offset_ms),
				reason: 'asked',
			});
		}
		return recording;
	});
}

function refuseWithoutPermission({ recording_mode: mode }: DialogSession): void {
	if (mode === 'notes_only') {
		throw new AppError(
			'session_notes_only',
			409,
			'This session is one of notes only. No sound of it is taken.',
		);
	}
	if (mode === null) {
		throw new AppError(
			'session_not_started',
			409,
			'What was noted in the room has to arrive first. Send it, then send the sound.',
		);
	}
}

/** Sound that would be deleted in the next minute is not taken at all. */
function refuseWhatIsOver(deleteAfter: string, today: string): void {
	if (deleteAfter < today) {
		throw new AppError(
			'sound_too_late',
			409,
			`Sound of this session had to be deleted by ${deleteAfter}, so it is not taken any more. Delete it where it is; notes and transcripts can still be added.`,
		);
	}
}

function isoDay(time: Date): string {
	return time.toISOString().slice(0, 10);
}
