import type { CutRow, Recording } from '@throughline/db/queries/recording';
import { mayHaveOriginal } from '../recordings/original-audio.ts';
import type { PlayableAudio } from '../recordings/playable-audio.ts';
import { segmentsOf } from '../recordings/timeline.ts';
import type { RecordingView } from '../routes/recordings/schema.ts';

/** Longer lists of gaps say no more. */
const MOST_SPANS = 500;

/** A recording for those who look after it; nothing in it is what anybody said. */
export function presentRecording(
	recording: Recording,
	given: { cuts: readonly CutRow[]; audio: PlayableAudio; isSteward: boolean },
): RecordingView {
	const { cuts, audio, isSteward } = given;
	const { manifest, offset_ms: offsetMs, bytes } = recording;
	const last = manifest.slices.at(-1);
	return {
		id: recording.id,
		label: recording.label,
		tableNo: recording.table_no,
		status: recording.status,
		problem: recording.problem,
		progress: recording.progress,
		startedAt: recording.started_at.toISOString(),
		offsetMs,
		durationMs: recording.duration_ms ?? (last ? last.endMs - offsetMs : null),
		bytes,
		audio: audio.type,
		mayHaveOriginal: mayHaveOriginal(recording, { cuts, isSteward }),
		segments: segmentsOf(manifest, { offsetMs, bytes: bytes ?? 0 }).length,
		gaps: manifest.gaps.slice(0, MOST_SPANS).map(({ startMs, endMs, reason }) => ({
			startMs: Math.max(0, startMs - offsetMs),
			endMs: Math.max(0, endMs - offsetMs),
			reason,
		})),
		cuts: cuts.slice(0, MOST_SPANS).map(({ start_ms: startMs, end_ms: endMs, reason }) => ({
			startMs,
			endMs,
			reason,
		})),
		deleteAfter: recording.delete_after,
		deletedAt: recording.deleted_at?.toISOString() ?? null,
	};
}
