import type { Recording } from '@throughline/db/queries/recording';
import type { Merge } from './merge.ts';
import { sizeOf } from './recording-files.ts';
import type { Recordings } from './recordings.ts';
import { segmentsOf } from './timeline.ts';

/** What of a recording may be listened to now. */
export type PlayableAudio =
	| { type: 'copy'; path: string; mime: string; from: number; to: number }
	| { type: 'original'; path: string; mime: string; from: number; to: number }
	| { type: 'preparing' | 'needs_ffmpeg' | 'none' };

/**
 * The file that may be played, given cuts and other recordings of the table as they are at this
 * moment. A copy made of other facts is never it, and neither is the original once there is a cut, or
 * sound from before the session. Whoever adds or takes away a cut or a recording need tell nobody.
 */
export async function playableAudio(
	{ files, ffmpeg }: Recordings,
	recording: Recording,
	{ merge, segment }: { merge: Merge; segment?: number | undefined },
): Promise<PlayableAudio> {
	if (recording.status === 'announced' || recording.status === 'deleted') {
		return { type: 'none' };
	}
	const key = { engagementId: recording.engagement_id, recordingId: recording.id };
	const path = files.playable(key, merge);
	const size = await sizeOf(path);
	if (size !== null && segment === undefined) {
		return { type: 'copy', path, mime: 'audio/webm', from: 0, to: size };
	}
	if (merge.cuts.length > 0 || recording.offset_ms < 0) {
		return { type: (await ffmpeg()) === null ? 'needs_ffmpeg' : 'preparing' };
	}
	const original = files.original(key);
	const bytes = (await sizeOf(original)) ?? 0;
	const segments = segmentsOf(recording.manifest, { offsetMs: recording.offset_ms, bytes });
	const part = segments[segment ?? 0];
	return part && bytes > 0
		? { type: 'original', path: original, mime: recording.mime, from: part.from, to: part.to }
		: { type: 'none' };
}
