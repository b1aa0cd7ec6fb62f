import { spanConsent } from '@throughline/analysis/dialog';
import { findQuoteSound, type QuoteSound } from '@throughline/db/queries/quote-sound';
import type { Recording } from '@throughline/db/queries/recording';
import type { Deps } from '../deps.ts';
import { AppError, notFound } from '../errors.ts';
import { clip } from './ffmpeg.ts';
import { readHeard, shareHeard } from './heard.ts';
import { mergeOf, type SessionSound } from './merge.ts';
import { playableAudio } from './playable-audio.ts';
import type { Recordings } from './recordings.ts';
import { readSessionSound } from './session-sound.ts';

/** A quote is short; turns that run on for longer are not played whole. */
const LONGEST_MS = 3 * 60_000;
/** So much of a quote has to be heard in a recording for it to be played from there. */
const ENOUGH = 0.5;

/**
 * The sound of the turns a quote stands in, and of nothing else: a WebM file of its own, so that no
 * more of the recording can be asked for. Whatever was cut or redacted in it is silent.
 * @throws AppError 404 for an answer, and where there is no recording of that time; 409
 * `not_playable` where somebody who is heard did not agree to their voice being played; 409
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
			'Not everyone who is heard there agreed to their voice being played. The words can be read.',
		);
	}
	const { engagementId } = key;
	const { sessionId } = found;
	const sound = await readSessionSound(db, { engagementId, sessionId });
	const recording = await recordingOf(recordings, sound, found);
	if (!recording) {
		throw notFound();
	}
	const audio = await playableAudio(recordings, recording, { merge: mergeOf(recording, sound) });
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

/** Whether everyone who spoke a quote, and who is heard beside them, agreed to their voice being played. */
export function mayBeHeard({ seats, overheard }: Pick<QuoteSound, 'seats' | 'overheard'>): boolean {
	const allows = (heard: typeof seats) =>
		spanConsent(heard.map(({ entries }) => entries)).voice_played;
	return allows(seats) && (overheard.length === 0 || allows(overheard));
}

/**
 * The recording the transcript was made of, or another of its table where that one heard too little
 * of the quote; the first that heard it, where its own is gone.
 */
async function recordingOf(
	{ files }: Recordings,
	sound: SessionSound,
	{ recordingId, startMs, endMs }: QuoteSound,
): Promise<Recording | undefined> {
	const own = sound.recordings.find(({ id }) => id === recordingId);
	const heard = sound.recordings.filter(
		({ status, table_no: tableNo, offset_ms: offset, duration_ms: duration }) =>
			status !== 'deleted' &&
			status !== 'announced' &&
			(!own || tableNo === own.table_no) &&
			offset < endMs &&
			(duration === null || offset + duration > startMs),
	);
	const inOrder = heard.toSorted((a, b) => Number(b === own) - Number(a === own));
	for (const recording of inOrder) {
		const key = { engagementId: recording.engagement_id, recordingId: recording.id };
		const made = await readHeard(files, key, mergeOf(recording, sound));
		const span = {
			startMs: startMs - recording.offset_ms,
			endMs: endMs - recording.offset_ms,
		};
		if (made === null || shareHeard(made, span) >= ENOUGH) {
			return recording;
		}
	}
	return inOrder[0];
}
