import {
	listOverdueRecordings,
	type OverdueRecording,
} from '@throughline/db/queries/overdue-recordings';
import type { Recording } from '@throughline/db/queries/recording';
import { deleteRecording } from '../actions/delete-recording.ts';
import type { Deps } from '../deps.ts';
import { endOf, mergeOf } from '../recordings/merge.ts';
import { readSessionSound } from '../recordings/session-sound.ts';

const AT_A_TIME = 50;
/** Sound ends where its slices say, give or take. */
const ROUGHLY_MS = 2000;

type Own = Pick<Deps, 'db' | 'clock' | 'random' | 'recordings'>;

/**
 * Deletes what students were promised would be gone: sound whose transcript was checked, and all
 * sound on the thirtieth day. What cannot be deleted is tried again a minute later.
 */
export async function deleteRecordings(deps: Own): Promise<void> {
	const today = deps.clock().toISOString().slice(0, 10);
	const overdue = await listOverdueRecordings(deps.db, { today, limit: AT_A_TIME });
	const done = new Set<string>();
	for (const each of overdue) {
		// Those it was merged with first: without it nobody would know that they were.
		const spares = each.isChecked ? await listMerged(deps, each) : [];
		for (const id of [...spares, each.id].filter((one) => !done.has(one))) {
			await deleteRecording(deps, {
				engagementId: each.engagement_id,
				recordingId: id,
				personId: null,
				why: each.isChecked ? 'transcript_checked' : 'time_over',
			});
			done.add(id);
		}
	}
}

/**
 * The recordings whose sound was in the copy that a checked transcript was made of: it is one of theirs
 * too. One that goes on after the copy, or came when none could be made, is not among them.
 */
async function listMerged(
	{ db, recordings }: Own,
	{ engagement_id: engagementId, session_id: sessionId, id }: OverdueRecording,
): Promise<string[]> {
	if ((await recordings.ffmpeg()) === null) {
		return [];
	}
	const sound = await readSessionSound(db, { engagementId, sessionId });
	const recording = sound.recordings.find((each) => each.id === id);
	if (!recording) {
		return [];
	}
	const endMs = recording.offset_ms + (recording.duration_ms ?? 0) + ROUGHLY_MS;
	const over = sound.endedMs ?? Infinity;
	return mergeOf(recording, sound)
		.fills.filter((fill) => Math.min(over, endInSession(fill.recording)) <= endMs)
		.map((fill) => fill.recording.id);
}

function endInSession(recording: Recording): number {
	const { manifest, offset_ms: offsetMs, duration_ms: durationMs } = recording;
	return offsetMs + (manifest.slices.length > 0 ? endOf(recording) : (durationMs ?? Infinity));
}
