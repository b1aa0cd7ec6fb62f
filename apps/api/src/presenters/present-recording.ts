import type { Recording } from '@throughline/db/queries/recording';
import { gapsIn, type Heard } from '../recordings/heard.ts';
import type { Merge, SessionSound } from '../recordings/merge.ts';
import { mayHaveOriginal } from '../recordings/original-audio.ts';
import type { PlayableAudio } from '../recordings/playable-audio.ts';
import { segmentsOf } from '../recordings/timeline.ts';
import type { MergeView, RecordingView } from '../routes/recordings/schema.ts';

/** Longer lists of gaps say no more. */
const MOST_SPANS = 500;

interface Beside {
	sound: SessionSound;
	merge: Merge;
	audio: PlayableAudio;
	/** What was written down when its copy was made. */
	heard: Heard | null;
	hasFfmpeg: boolean;
	isSteward: boolean;
}

/** A recording for those who look after it; nothing in it is what anybody said. */
export function presentRecording(recording: Recording, given: Beside): RecordingView {
	const { merge, audio, isSteward } = given;
	const { cuts } = merge;
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
		merge: presentMerge(recording, given),
		deleteAfter: recording.delete_after,
		deletedAt: recording.deleted_at?.toISOString() ?? null,
	};
}

function presentMerge(
	recording: Recording,
	{ sound, merge, audio, heard, hasFfmpeg }: Beside,
): MergeView {
	const { fills, first } = merge;
	if (first === null && fills.length === 0) {
		return { type: 'alone' };
	}
	if (audio.type === 'copy' && fills.length > 0 && heard !== null) {
		const labels = new Map(sound.recordings.map((each) => [each.id, each.label]));
		return {
			type: 'made',
			fills: heard
				.filter(({ recordingId }) => recordingId !== recording.id)
				.slice(0, MOST_SPANS)
				.map(({ recordingId, startMs, endMs }) => ({
					startMs,
					endMs,
					label: labels.get(recordingId) ?? '',
				})),
			missing: gapsIn(heard, recording.duration_ms ?? 0).slice(0, MOST_SPANS),
		};
	}
	if (!hasFfmpeg) {
		return { type: 'needs_ffmpeg' };
	}
	return first === null ? { type: 'making' } : { type: 'part', of: first.label };
}
