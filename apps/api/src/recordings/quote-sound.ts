import { spanConsent } from '@throughline/analysis/dialog';
import { findQuoteSound, type QuoteSound } from '@throughline/db/queries/quote-sound';
import { listCuts, listRecordings, type Recording } from '@throughline/db/queries/recording';
import type { Deps } from '../deps.ts';
import { AppError, notFound } from '../errors.ts';
import { clip } from './ffmpeg.ts';
import { playableAudio } from './playable-audio.ts';

/** A quote is short; turns that run on for longer are not played whole. */
const LONGEST_MS = 3 * 60_000;
const MAX_RECORDINGS = 50;

/**
 * The sound of the turns a quote stands in, and of nothing else: a WebM file of its own, so that no
 * more of the recording can be asked for. Whatever was cut or redacted in it is silent.
 * @throws AppError 404 for an answer, and where there is no recording of that time; 409
 * `not_playable` where somebody who spoke did not agree to their voice being played; 409
 * `audio_not_ready` or `audio_needs_ffmpeg`.
 */
export async function quoteSound(
	{ db, recordings }: Pick<Deps, 'db' | 'recordings'>,
	key: { engagementId: string; quoteId: string },
	signal: AbortSignal,
): Promise<Buffer> {
	const found = await findQuoteSound(db, key);
	if (!found || found.isTakenBack) {
		throw notFound();
	}
	if (!mayBeHeard(found)) {
		throw new AppError(
			'not_playable',
			409,
			'Not everyone who spoke these words agreed to their voice being played. They can be read.',
		);
	}
	const { engagementId } = key;
	const { sessionId } = found;
	const all = await listRecordings(db, { engagementId, sessionId, limit: MAX_RECORDINGS });
	const recording = recordingOf(all, found);
	if (!recording) {
		throw notFound();
	}
	const cuts = await listCuts(db, { engagementId, recordingId: recording.id });
	const audio = await playableAudio(recordings, recording, { cuts });
	const program = await recordings.ffmpeg();
	if (program === null) {
		throw new AppError(
			'audio_needs_ffmpeg',
			409,
			'A part of a recording can be played only where the server has ffmpeg.',
		);
	}
	if (audio.type !== 'copy') {
		throw new AppError('audio_not_ready', 409, 'The copy to play is being made. Try again soon.');
	}
	const startMs = Math.max(0, found.startMs - recording.offset_ms);
	const endMs = Math.min(found.endMs - recording.offset_ms, startMs + LONGEST_MS);
	return await clip(program, { path: audio.path, startMs, endMs, signal });
}

/** Whether everyone who spoke a quote agreed to their voice being played. */
export function mayBeHeard({ seats }: Pick<QuoteSound, 'seats'>): boolean {
	return spanConsent(seats.map(({ entries }) => entries)).voice_played;
}

/** The recording the transcript was made of, or else the first that heard all of the quote. */
function recordingOf(
	recordings: readonly Recording[],
	{ recordingId, startMs, endMs }: QuoteSound,
): Recording | undefined {
	const heard = recordings.filter(
		({ status, offset_ms: offset, duration_ms: duration }) =>
			status !== 'deleted' &&
			status !== 'announced' &&
			offset < endMs &&
			(duration === null || offset + duration > startMs),
	);
	return heard.find(({ id }) => id === recordingId) ?? heard[0];
}
